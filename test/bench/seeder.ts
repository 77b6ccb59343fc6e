import { createE2eCluster } from '../support/e2e-cluster.ts';
import { SEEDER_IP } from '../support/lab-cluster-yaml.ts';
import type { Figure } from './figure.ts';
import { type Generated, prepareHost, readGenerated, runInit, waitForScheduler } from './raw-kubeadm.ts';
import { measurePairs, summarizePairs, timed } from './statistics.ts';

const HOST = 'cp-1';
const AIM = 1.15;

/** From an empty host to a healthy control plane; each run on a new host. No add-ons: kubeadm knows none. */
export const seeder: Figure = {
  name: 'seeder',
  summary: '`sync --once` to a healthy seeder, over raw `kubeadm init` with the same configuration',
  runs: 3,
  seconds: { setUp: 40, run: 60 },
  measure: async (runs, say) => {
    await using cluster = await createE2eCluster('bench-seeder');
    const { lab, repository } = cluster;
    await repository.commit({ remove: ['addons/cni'] });
    let generated: Generated = new Map();
    const readyAfter: number[] = [];

    const ours = async (): Promise<number> => {
      await cluster.addMachine(HOST);
      const time = await timed(() => cluster.run(HOST, ['sync', '--once']));
      generated = await readGenerated(lab, HOST);
      await lab.purge(HOST);
      return time;
    };
    const reference = async (): Promise<number> => {
      await prepareHost(lab, HOST, SEEDER_IP, generated);
      const time = await timed(() => runInit(lab, HOST));
      readyAfter.push(time + (await timed(() => waitForScheduler(lab, HOST))));
      await lab.purge(HOST);
      return time;
    };
    say('warming up the disk, and generating the configuration');
    await ours();
    const pairs = await measurePairs(runs, ours, reference, say);
    const untilReady = pairs.map(({ ours: time }, run) => ({ ours: time, reference: readyAfter[run] ?? Number.NaN }));
    return [
      summarizePairs('`sync --once` on a seeder / `kubeadm init`', 'ms', pairs, AIM),
      summarizePairs('  the same, over `kubeadm init` until its scheduler is ready, too', 'ms', untilReady),
    ];
  },
};
