import { existsSync, readlinkSync } from 'node:fs';
import { KubicError } from '../errors/kubic-error.ts';

/** Where the program runs, and what puts a command into the host's namespaces from there. */
export interface HostAccess {
  readonly inContainer: boolean;
  readonly prefix: readonly string[];
}

/**
 * The agent is the same program on a host and in a container. In a container (`--privileged --pid=host --net=host`) PID 1
 * is the host's init, whose mount namespace is not ours: commands enter it by nsenter(1). No PID namespace is entered, so
 * that the command stays our own child and dies with us. Directories the agent writes are mounted at their own paths, so
 * files need no translation.
 *
 * @throws KubicError agent.container-isolated in a container that cannot see the host; agent.not-root
 */
export function detectHostAccess(): HostAccess {
  const sameMounts = readMountNamespace('1') === readMountNamespace('self');
  if (!sameMounts) {
    return { inContainer: true, prefix: ['nsenter', '--target', '1', '--mount', '--uts', '--ipc', '--net', '--'] };
  }
  if (existsSync('/run/.containerenv') || existsSync('/.dockerenv')) throw new KubicError('agent.container-isolated');
  return { inContainer: false, prefix: [] };
}

function readMountNamespace(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch (cause) {
    // only root may look at PID 1's, and not from within every sandbox
    throw new KubicError(process.getuid?.() === 0 ? 'agent.container-isolated' : 'agent.not-root', { cause });
  }
}
