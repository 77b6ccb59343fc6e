import type { E2eCluster } from '../support/e2e-cluster.ts';
import { findAgentPid } from './agent-process.ts';

/** Of a host's agent, in units of 1,000,000 bytes. */
export interface MemorySample {
  readonly rss: number;
  readonly pss: number;
  readonly peak: number;
}

export async function readMemory(cluster: E2eCluster, host: string): Promise<MemorySample> {
  const pid = await findAgentPid(cluster, host);
  const { stdout } = await cluster.lab.exec(host, ['cat', `/proc/${pid}/smaps_rollup`, `/proc/${pid}/status`]);
  return { rss: field(stdout, 'VmRSS'), pss: field(stdout, 'Pss'), peak: field(stdout, 'VmHWM') };
}

function field(text: string, name: string): number {
  const [, kib] = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text) ?? [];
  if (kib === undefined) throw new Error(`no ${name} in /proc`);
  return (Number(kib) * 1024) / 1e6;
}
