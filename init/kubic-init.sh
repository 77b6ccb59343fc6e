#!/bin/sh
# kubic-init on a machine whose agent is a container: the same commands, run in there. Installed as /usr/local/bin/kubic-init.
# What works in a clone of the repository (`new`, `validate DIR`, `nodes accept`) is for the program itself, on a laptop.
set -eu
if [ -t 0 ] && [ -t 1 ] && [ -t 2 ]; then tty=--tty; else tty=; fi

if [ "$(podman container inspect --format '{{.State.Running}}' kubic-init 2>/dev/null)" = true ]; then
  exec podman exec --interactive $tty --env=NO_COLOR kubic-init kubic-init "$@"
fi

# The agent is stopped, as `reset` wants it: a container of the same shape, with the mounts and the image the unit names.
unit=$(systemctl show --property=FragmentPath --value kubic-init.service)
[ -n "$unit" ] || { echo 'kubic-init: there is no kubic-init.service on this machine' >&2; exit 1; }
KUBIC_INIT_IMAGE=$(sed -n 's/^Environment=KUBIC_INIT_IMAGE=//p' "$unit")
if [ -r /etc/kubic/agent.env ]; then . /etc/kubic/agent.env; fi
volumes=$(sed -n 's/^ *\(--volume=[^ ]*\).*/\1/p' "$unit")
for volume in $volumes; do
  source=${volume#--volume=} source=${source%%:*}
  [ -e "$source" ] || mkdir -p -m 0755 "$source"
done
exec podman run --rm --cgroups=no-conmon --interactive $tty --env=NO_COLOR --privileged --pid=host --net=host --uts=host --read-only \
  $volumes "$KUBIC_INIT_IMAGE" "$@"
