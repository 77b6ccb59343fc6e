import { configMap } from '../cluster/addons-harness.ts';
import { eventually } from '../support/e2e-cluster.ts';
import type { Figure, Measured } from './figure.ts';
import { readMemory } from './read-memory.ts';
import type { BenchCluster } from './shared-cluster.ts';
import { type Pair, summarize, summarizePairs } from './statistics.ts';

const SYNCS_PER_COMMIT = 10;
const OBJECTS = 200;
const SOCKET = '/run/kubic-init/agent.sock';
const AIMS_MB = { worker: 100, seeder: 160 } as const;
/** What the end may be of the middle: memory that goes on growing is not given back. */
const GROWTH_AIM = 1.05;

/** What agents keep over many syncs: `runs` commits of 200 ConfigMaps, each with ten syncs on the seeder and on a worker. */
export function soak(open: () => Promise<BenchCluster>): Figure {
  return {
    name: 'soak',
    summary: 'resident memory over 1,000 syncs with 100 commits of 200 ConfigMaps: a worker, the seeder',
    runs: 100,
    seconds: { setUp: 45, run: 8 },
    measure: async (runs, say) => {
      const bench = await open();
      const hosts = { worker: await bench.worker(), seeder: 'cp-1' };
      for (const host of Object.values(hosts)) {
        await bench.cluster.lab.exec(host, ['systemctl', 'restart', 'kubic-init']);
        await eventually('the agent is there', () => bench.cluster.lab.exec(host, ['test', '-S', SOCKET]));
      }
      const samples = { worker: [] as number[], seeder: [] as number[] };
      for (let run = 0; run < runs; run += 1) {
        await bench.cluster.repository.commit({ files: { 'addons/soak/soak.yaml': manifests(run) } });
        await Promise.all(Object.values(hosts).map((host) => syncOften(bench, host)));
        for (const role of ['worker', 'seeder'] as const) {
          samples[role].push((await readMemory(bench.cluster, hosts[role])).rss);
        }
        const now = (role: 'worker' | 'seeder'): string => (samples[role].at(-1) ?? 0).toFixed(0);
        if (run % 10 === 9) say(`${run + 1} commits: ${now('worker')} MB worker, ${now('seeder')} MB seeder`);
      }
      await bench.cluster.repository.commit({ remove: ['addons/soak'] });
      return (['worker', 'seeder'] as const).flatMap((role) => summarizeSoak(role, samples[role]));
    },
  };
}

async function syncOften({ cluster }: BenchCluster, host: string): Promise<void> {
  const ask = `curl -sSf --unix-socket ${SOCKET} -X POST -o /dev/null http://agent/v1/sync`;
  const script = `for i in $(seq ${SYNCS_PER_COMMIT}); do ${ask} || exit 1; done`;
  await cluster.lab.exec(host, ['bash', '-c', script], { timeoutMs: 300_000 });
}

function manifests(run: number): string {
  return Array.from({ length: OBJECTS }, (_, index) =>
    configMap('default', `soak-${index}`, { text: 'x'.repeat(200), run: `${run}` }),
  ).join('');
}

function summarizeSoak(role: 'worker' | 'seeder', samples: readonly number[]): readonly Measured[] {
  const part = Math.max(1, Math.floor(samples.length / 10));
  const middle = samples.slice(Math.floor((samples.length - part) / 2)).slice(0, part);
  const end = samples.slice(-part);
  const pairs = end.map((ours, at): Pair => ({ ours, reference: middle[at] ?? ours }));
  return [
    summarize(`soak: resident memory of the ${role}'s agent at the end`, 'MB', end, AIMS_MB[role]),
    summarizePairs(`soak: the ${role}'s agent at the end / in the middle`, 'MB', pairs, GROWTH_AIM),
  ];
}
