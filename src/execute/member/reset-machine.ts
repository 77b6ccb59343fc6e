import type { Exec } from '../../platform/exec.ts';
import { statePath } from '../../state/paths.ts';
import type { Remains } from './find-remains.ts';

/**
 * Takes this machine out of its cluster: `kubeadm reset`, then what else there is of the membership. The record of it goes last: cut
 * short, the machine is still a member whose reset can be run again.
 *
 * @param exec on the host, where nothing is mounted read-only
 * @throws KubicError agent.command-failed, agent.command-missing
 */
export async function resetMachine(
  { paths }: Pick<Remains, 'paths'>,
  stateDir: string,
  exec: Exec,
  onLine: (line: string) => void,
): Promise<void> {
  const membership = statePath(stateDir, 'membership');
  await exec(['systemctl', 'disable', '--now', 'kubelet'], { allowedExitCodes: [0, 1, 5] });
  await exec(['kubeadm', 'reset', '--force'], { timeoutMs: 300_000, onLine });
  await exec(['rm', '-rf', '--', ...paths.filter((path) => path !== membership)]);
  await exec(['rm', '-f', '--', membership]);
  await exec(['systemctl', 'daemon-reload']);
}
