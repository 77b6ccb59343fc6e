import { ownedFiles } from '../../generated/owned-files.generated.ts';
import { findUnfinishedWritesOf, removeFile, writeFileAtomically } from '../../platform/files.ts';
import { loadMembership } from '../../state/membership-record.ts';
import type { Handler } from './handler.ts';

/**
 * Writes our files that differ, then makes only what changed count: units reloaded, sysctls set, modules loaded. On a machine that is to become
 * a member units are left to kubeadm, which has systemd reload them right before it starts the kubelet (cmd/kubeadm/app/util/initsystem).
 */
export const executeHostConfigure: Handler<'host.configure'> = async ({ spec }, { exec, progress, settings }) => {
  const files = ownedFiles.filter((file) => spec.paths.includes(file.path));
  for (const file of files) {
    progress(`writing ${file.path}`);
    for (const unfinished of await findUnfinishedWritesOf(file.path)) await removeFile(unfinished);
    await writeFileAtomically(file.path, file.content);
  }
  const changed = new Set(files.map((file) => file.effect));
  // a kernel without modules has them built in, or not at all: kubeadm's preflight is the judge of what is missing
  if (changed.has('modules'))
    await exec(['modprobe', '-a', 'br_netfilter', 'overlay'], { allowedExitCodes: [0, 1, 127] });
  if (changed.has('sysctl')) {
    // all files that set these keys are read, in the system's order: an administrator's own 99-*.conf still wins
    const prefixes = ['net/ipv4/ip_forward', 'net/bridge', 'fs/inotify'].map((key) => `--prefix=${key}`);
    await exec(['/usr/lib/systemd/systemd-sysctl', ...prefixes]);
  }
  if (changed.has('unit') && (await loadMembership(settings.stateDir))) await exec(['systemctl', 'daemon-reload']);
};
