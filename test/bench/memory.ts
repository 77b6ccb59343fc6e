import { setTimeout as delay } from 'node:timers/promises';
import { configMap } from '../cluster/addons-harness.ts';
import type { Figure, Measured } from './figure.ts';
import { type MemorySample, readMemory } from './read-memory.ts';
import type { BenchCluster } from './shared-cluster.ts';
import { summarize } from './statistics.ts';

const IDLE_AIM_MB = 90;
const MANY_AIM_MB = 250;
const IDLE_MS = 300_000;
const PAUSE_MS = 20_000;
const [FILES, IN_A_FILE] = [10, 1_000];

/** What agents keep resident between syncs: an idle worker's five minutes after its start, a seeder's with 10,000 objects. */
export function memory(open: () => Promise<BenchCluster>): Figure {
  return {
    name: 'memory',
    summary: 'resident memory: an idle worker five minutes after its start, a seeder with 10,000 objects',
    runs: 4,
    seconds: { setUp: 460, run: 45 },
    measure: async (runs, say) => {
      const bench = await open();
      const worker = await bench.worker();
      await restart(bench, worker);
      say('the worker is left alone for five minutes');
      await delay(IDLE_MS);
      const idle = await takeSamples(bench, worker, runs, say);
      await restart(bench, 'cp-1');
      say(`${FILES * IN_A_FILE} ConfigMaps are applied`);
      await bench.cluster.repository.commit({ files: manyFiles() });
      await bench.cluster.sync('cp-1');
      const many = await takeSamples(bench, 'cp-1', runs, say);
      await bench.cluster.repository.commit({ remove: ['addons/many'] });
      await bench.cluster.sync('cp-1');
      return [
        ...summarizeMemory("an idle worker's agent after five minutes", idle, IDLE_AIM_MB),
        ...summarizeMemory("a seeder's agent with 10,000 objects", many, MANY_AIM_MB),
      ];
    },
  };
}

async function restart({ cluster }: BenchCluster, host: string): Promise<void> {
  await cluster.lab.exec(host, ['systemctl', 'restart', 'kubic-init']);
  await cluster.sync(host);
  await cluster.sync(host);
}

/** Each after one more sync. */
async function takeSamples(
  { cluster }: BenchCluster,
  host: string,
  runs: number,
  say: (text: string) => void,
): Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  for (let run = 0; run < runs; run += 1) {
    await cluster.sync(host);
    await delay(PAUSE_MS);
    const sample = await readMemory(cluster, host);
    samples.push(sample);
    say(`${host}, sample ${run + 1} of ${runs}: ${sample.rss.toFixed(0)} MB resident`);
  }
  return samples;
}

function manyFiles(): Readonly<Record<string, string>> {
  const text = 'x'.repeat(200);
  const file = (nth: number): string =>
    Array.from({ length: IN_A_FILE }, (_, at) => configMap('default', `many-${nth * IN_A_FILE + at}`, { text })).join(
      '',
    );
  return Object.fromEntries(Array.from({ length: FILES }, (_, nth) => [`addons/many/${nth}.yaml`, file(nth)]));
}

function summarizeMemory(what: string, samples: readonly MemorySample[], aim: number): readonly Measured[] {
  const values = (key: keyof MemorySample): readonly number[] => samples.map((sample) => sample[key]);
  return [
    summarize(`resident memory of ${what}`, 'MB', values('rss'), aim),
    summarize('  its proportional share (PSS)', 'MB', values('pss')),
    summarize('  the most it ever had', 'MB', values('peak')),
  ];
}
