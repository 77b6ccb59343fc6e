import type { E2eCluster } from '../support/e2e-cluster.ts';

/** The agent's pid inside its host. */
export async function findAgentPid({ lab }: E2eCluster, host: string): Promise<string> {
  const { stdout } = await lab.exec(host, ['systemctl', 'show', '-p', 'MainPID', '--value', 'kubic-init']);
  return stdout.trim();
}
