import { readFile } from 'node:fs/promises';
import { createLab, type Lab } from '../support/lab.ts';
import { SEEDER_IP } from '../support/lab-cluster-yaml.ts';
import type { Figure } from './figure.ts';
import { type Generated, prepareHost, readGenerated, runInit } from './raw-kubeadm.ts';
import type { BenchCluster } from './shared-cluster.ts';
import { measurePairs, summarizePairs, timed } from './statistics.ts';

const AIM = 1.3;
const ADMIN = ['kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf'];

/**
 * The reference has a cluster of its own beside ours, made by kubeadm alone from the same configuration: ours has no
 * bootstrap tokens, and denies who comes with one.
 */
export function join(open: () => Promise<BenchCluster>): Figure {
  return {
    name: 'join',
    summary: 'accept commit to Node Ready by `sync --once`, over raw `kubeadm join` to Ready',
    runs: 5,
    seconds: { setUp: 60, run: 65 },
    measure: async (runs, say) => {
      say('bringing up a cluster of ours, and one of kubeadm alone');
      const bench = await open();
      const generated = await readGenerated(bench.cluster.lab, 'cp-1');
      await using raw = await createLab('bench-raw');
      const command = await bootstrapRaw(raw, generated);
      const ours = async (run: number): Promise<number> => {
        const host = `b-${run}`;
        const accept = await bench.addPending(host, ipOf(run));
        const time = await timed(async () => {
          await accept();
          await bench.cluster.run(host, ['sync', '--once']);
          await bench.waitReady(host);
        });
        await bench.removeWorker(host);
        return time;
      };
      const reference = async (run: number): Promise<number> => {
        const host = `b-${run}`;
        await prepareHost(raw, host, ipOf(run), new Map());
        const time = await timed(async () => {
          await raw.exec(host, command, { timeoutMs: 300_000 });
          await waitReady(raw, host);
        });
        await raw.purge(host);
        await raw.exec('cp-1', [...ADMIN, 'delete', 'node', host]);
        return time;
      };
      await measurePairs(
        1,
        () => ours(99),
        () => reference(99),
        () => say('warmed up'),
      );
      const pairs = await measurePairs(runs, ours, reference, say);
      return [summarizePairs('accept commit to Ready / `kubeadm join`', 'ms', pairs, AIM)];
    },
  };
}

function ipOf(run: number): string {
  return `10.250.0.${100 + run}`;
}

/** @returns the command that joins a worker, by a token made now */
async function bootstrapRaw(lab: Lab, generated: Generated): Promise<readonly string[]> {
  await prepareHost(lab, 'cp-1', SEEDER_IP, generated);
  await runInit(lab, 'cp-1');
  const input = await readFile('test/lab/addons/cni/cni.yaml', 'utf8');
  await lab.exec('cp-1', [...ADMIN, 'apply', '-f', '-'], { input });
  await waitReady(lab, 'cp-1');
  const made = await lab.exec('cp-1', ['kubeadm', 'token', 'create', '--print-join-command']);
  return [...made.stdout.trim().split(/\s+/), '--ignore-preflight-errors=SystemVerification'];
}

async function waitReady(lab: Lab, host: string): Promise<void> {
  // a join may end a moment before the kubelet has registered its Node, and kubectl waits for no condition of nothing
  for (const what of ['create', 'condition=Ready'])
    await lab.exec('cp-1', [...ADMIN, 'wait', `--for=${what}`, `node/${host}`, '--timeout=110s']);
}
