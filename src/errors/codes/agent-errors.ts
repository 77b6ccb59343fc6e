import type { Catalogue } from '../catalogue-entry.ts';

export const agentErrors = {
  'agent.internal': {
    summary: 'an unexpected error',
    cause: 'A fault in kubic-init itself, or a condition nobody foresaw.',
    remedy: 'Read the cause below it; report it with the output of `kubic-init status -o json`.',
    retry: 'soon',
  },
  'agent.locked': {
    summary: 'another kubic-init is at work on this machine',
    cause: 'A sync holds the lock /run/kubic-init/lock; two syncs never run at once.',
    remedy:
      'Wait for it to end; `kubic-init status` shows what it does. A sync with flags for other settings, and `reset`, need the agent stopped: `systemctl stop kubic-init`, and `start` it afterwards.',
    retry: 'soon',
    temporary: true,
  },
  'agent.lock-lost': {
    summary: "the machine's lock is lost",
    cause:
      'The flock process that held it was killed (by the OOM killer, say): another sync could begin beside this one.',
    remedy:
      'Nothing where the agent is a service: it is started again. Else sync again; look at the memory of the machine.',
    retry: 'soon',
    temporary: true,
  },
  'agent.aborted': {
    summary: 'aborted',
    cause: 'A signal or a newer commit ended the work between two steps or in the middle of one.',
    remedy: 'Nothing: the next sync goes on from the journal.',
    retry: 'soon',
    temporary: true,
  },
  'agent.state-unwritable': {
    summary: 'cannot write state',
    cause: 'The disk is full, read-only or failing.',
    remedy: 'Free space under /var/lib/kubic-init (or mend the disk); nothing was changed meanwhile.',
    retry: 'soon',
  },
  'agent.state-corrupt': {
    summary: 'a state file is unreadable',
    cause: 'It was cut short by a crash or edited by hand.',
    remedy: 'Move the file away; what can be observed is observed again.',
    retry: 'soon',
  },
  'agent.command-failed': {
    summary: 'a command failed',
    cause: 'A program on the host ended with an error; its last lines are in the facts.',
    remedy: 'Read those lines; the next sync tries again.',
    retry: 'soon',
  },
  'agent.command-missing': {
    summary: 'a program is not installed',
    cause: 'The host lacks a program that this action needs.',
    remedy: 'Install it from the distribution, or use the container image, which brings its own tools.',
    retry: 'soon',
  },
  'agent.unreachable': {
    summary: 'the agent of this machine does not answer',
    cause: 'It was stopped or ended while it was asked, or this user may not use its socket.',
    remedy: 'Run it as root; `systemctl status kubic-init` says whether the agent runs.',
    retry: 'soon',
  },
  'agent.no-status': {
    summary: 'there is no status yet',
    cause: 'No sync has ended on this machine, or its state is elsewhere.',
    remedy: 'Start the agent (`systemctl start kubic-init`) or run `kubic-init sync --once`.',
    retry: 'soon',
  },
  'agent.needs-yes': {
    summary: 'this needs a confirmation',
    cause: 'The command destroys something, and there is no terminal to ask at.',
    remedy: 'Read what it would do with --dry-run, then give --yes.',
    retry: 'never',
  },
  'agent.not-leader': {
    summary: 'another control plane acts on the cluster',
    cause: 'One agent at a time changes nodes and add-ons: the one that holds the Lease kube-system/kubic-init.',
    remedy: 'Nothing: that agent does it. If it is gone for good its Lease expires within a minute.',
    retry: 'soon',
    temporary: true,
  },
  'agent.container-isolated': {
    summary: 'this container cannot see its host',
    cause: 'The agent acts on the host through the namespaces of PID 1, which a container has only with --pid=host.',
    remedy: 'Run it as init/kubic-init.service does: --privileged --pid=host --net=host.',
    retry: 'never',
  },
  'agent.not-root': {
    summary: 'this needs root',
    cause: 'The command looks at the whole machine, or changes it.',
    remedy: 'Run it as root.',
    retry: 'never',
  },
} as const satisfies Catalogue;
