import { setTimeout as delay } from 'node:timers/promises';
import type { Figure, Measured } from './figure.ts';
import { type MemorySample, readMemory } from './read-memory.ts';
import type { BenchCluster } from './shared-cluster.ts';
import { summarize } from './statistics.ts';

const AIM_MB = 100;
const PAUSE_MS = 20_000;

/** What an idle worker's agent keeps resident: between syncs, after at least two. */
export function memory(open: () => Promise<BenchCluster>): Figure {
  return {
    name: 'memory',
    summary: "resident memory of an idle worker's agent",
    runs: 4,
    seconds: { setUp: 45, run: 22 },
    measure: async (runs, say) => {
      const bench = await open();
      const host = await bench.worker();
      await bench.cluster.lab.exec(host, ['systemctl', 'restart', 'kubic-init']);
      await bench.cluster.sync(host);
      await bench.cluster.sync(host);
      const samples: MemorySample[] = [];
      for (let run = 0; run < runs; run += 1) {
        await delay(PAUSE_MS);
        const sample = await readMemory(bench.cluster, host);
        samples.push(sample);
        say(`sample ${run + 1} of ${runs}: ${sample.rss.toFixed(0)} MB resident`);
      }
      return [
        summarize("resident memory of an idle worker's agent", 'MB', values(samples, 'rss'), AIM_MB),
        summarize('  its proportional share (PSS)', 'MB', values(samples, 'pss')),
        summarize('  the most it ever had', 'MB', values(samples, 'peak')),
      ] satisfies readonly Measured[];
    },
  };
}

function values(samples: readonly MemorySample[], key: keyof MemorySample): readonly number[] {
  return samples.map((sample) => sample[key]);
}
