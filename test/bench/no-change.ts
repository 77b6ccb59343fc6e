import { type E2eCluster, eventually } from '../support/e2e-cluster.ts';
import { findAgentPid } from './agent-process.ts';
import type { Figure, Measured } from './figure.ts';
import type { BenchCluster } from './shared-cluster.ts';
import { summarize, summarizePairs } from './statistics.ts';

const GIT_SERVER = 'http://10.250.0.1:8080/-/requests';
const NODE = ['node', '-e', '0'];
const TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux machine Node runs on

interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** A sync with nothing to do: as a process of its own, and within a running agent, where it costs the most often. */
export function noChange(open: () => Promise<BenchCluster>): Figure {
  return {
    name: 'no-change',
    summary: 'a sync with nothing to do: wall clock, processor time, Git requests',
    runs: 10,
    seconds: { setUp: 40, run: 8 },
    measure: async (runs, say) => {
      say('bringing up a cluster with a worker');
      const bench = await open();
      const hosts = [await bench.worker(), 'cp-1'];
      const results: Measured[] = [];
      for (const host of hosts) {
        say(`${host}: sync --once`);
        results.push(...(await measureAlone(bench.cluster, host, runs)));
        say(`${host}: within its agent`);
        results.push(...(await measureInAgent(bench.cluster, host, runs)));
      }
      return results;
    },
  };
}

async function measureAlone(cluster: E2eCluster, host: string, runs: number): Promise<readonly Measured[]> {
  const { lab } = cluster;
  await lab.exec(host, ['systemctl', 'stop', 'kubic-init']);
  await settle(cluster, host);
  const costs: Cost[] = [];
  const empty: Cost[] = [];
  const requests: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await lab.lan(['curl', '-sSf', '-X', 'DELETE', GIT_SERVER]);
    costs.push(await measureCommand(cluster, host, ['/opt/lab-files/kubic-init', 'sync', '--once', '-o', 'json']));
    requests.push((JSON.parse((await lab.lan(['curl', '-sSf', GIT_SERVER])).stdout) as unknown[]).length);
    empty.push(await measureCommand(cluster, host, NODE));
  }
  const pairsOf = (key: keyof Cost) => costs.map((cost, at) => ({ ours: cost[key], reference: empty[at]?.[key] ?? 0 }));
  const role = host === 'cp-1' ? 'seeder' : 'worker';
  return [
    summarizePairs(`no-change \`sync --once\`, ${role}, wall / empty node`, 'ms', pairsOf('wall')),
    summarizePairs(`no-change \`sync --once\`, ${role}, processor / empty node`, 'ms', pairsOf('cpu')),
    summarize(`no-change \`sync --once\`, ${role}, Git requests`, 'requests', requests, 3),
  ];
}

async function measureInAgent(cluster: E2eCluster, host: string, runs: number): Promise<readonly Measured[]> {
  await cluster.startAgent(host);
  await settle(cluster, host);
  await settle(cluster, host);
  const costs: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const before = await agentCpu(cluster, host);
    await settle(cluster, host);
    costs.push((await agentCpu(cluster, host)) - before);
  }
  const role = host === 'cp-1' ? 'seeder' : 'worker';
  return [summarize(`no-change sync in the agent, ${role}, processor`, 'ms', costs)];
}

/** One sync, which has to find nothing to do. */
async function settle(cluster: E2eCluster, host: string): Promise<void> {
  // right after its start the agent may have the lock, and not its socket yet
  const status = await eventually(`a sync of ${host}`, () => cluster.sync(host));
  if (status.phase !== 'in-sync') throw new Error(`${host} is ${status.phase}: ${JSON.stringify(status.error)}`);
}

/** By bash's own clock: the process and all it waited for, without the way into the host. */
async function measureCommand(cluster: E2eCluster, host: string, argv: readonly string[]): Promise<Cost> {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1';
  const { stderr } = await cluster.lab.exec(host, ['bash', '-c', script, 'bash', ...argv]);
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}

/** Milliseconds of processor time of the agent and of the processes it has waited for, so far. */
async function agentCpu(cluster: E2eCluster, host: string): Promise<number> {
  const { stdout } = await cluster.lab.exec(host, ['cat', `/proc/${await findAgentPid(cluster, host)}/stat`]);
  const fields = stdout.slice(stdout.lastIndexOf(')') + 2).split(' '); // from the third on: proc(5)
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return (ticks * 1000) / TICKS_PER_SECOND;
}
