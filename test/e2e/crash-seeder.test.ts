import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterSummary, summariseCluster } from '../support/cluster-state.ts';
import {
  armFaults,
  createRandom,
  durationOf,
  EARLY_IN_INIT,
  KILLS,
  killInside,
  POINTS,
  remainingFaults,
  settle,
} from '../support/crash.ts';
import { createE2eCluster, type E2eCluster } from '../support/e2e-cluster.ts';

const KINDS = [
  'host.configure',
  'kubeadm.clean',
  'kubeadm.init',
  'control-plane.wait',
  'addon.apply',
  'bootstrap.record',
  'admission.access',
];
const seed = Number(process.env.KUBIC_SEED ?? Date.now() % 1_000_000);
const random = createRandom(seed);
/** About what a cleaning takes, less the moment until it is seen to have begun; many attempts come too late. */
const CLEAN_MS = 100;
const ATTEMPTS = 80;
let baseline: ClusterSummary;
let initMs: number;

/** Waits until the agent of a seeder, left to itself, has converged; answers what it came to. */
async function converged(cluster: E2eCluster): Promise<ClusterSummary> {
  await settle(cluster, 'cp-1');
  await cluster.kubectl(['wait', '--for=condition=Ready', 'node/cp-1', '--timeout=90s'], { timeoutMs: 100_000 });
  return summariseCluster(cluster, ['cp-1']);
}

beforeAll(async () => {
  console.log(`random moments: KUBIC_SEED=${seed}`);
  await using cluster = await createE2eCluster('e2e-crash-base');
  await cluster.addMachine('cp-1');
  await cluster.startAgent('cp-1');
  baseline = await converged(cluster);
  initMs = await durationOf(cluster, 'cp-1', 'kubeadm.init');
});

describe.each(POINTS)('a seeder whose agent is killed %s of every action', (point) => {
  let cluster: E2eCluster;
  beforeAll(async () => {
    cluster = await createE2eCluster('e2e-crash');
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  it('converges to the same state as one that was left alone', async () => {
    await cluster.addMachine('cp-1');
    const points = KINDS.map((kind) => `${point} ${kind}`);
    await armFaults(cluster, 'cp-1', [EARLY_IN_INIT, ...points]); // without an init that was cut short there is nothing to clean
    await cluster.startAgent('cp-1');
    expect(await converged(cluster)).toEqual(baseline);
    // a control plane that is healthy when the agent comes back is not waited for
    expect((await remainingFaults(cluster, 'cp-1')).filter((left) => !left.endsWith('control-plane.wait'))).toEqual([]);
  });
});

describe('a seeder whose agent is killed at random moments', () => {
  it('inside init converges to the same state', async () => {
    let kills = 0;
    for (let host = 0; kills < KILLS && host < 8; host++) {
      await using cluster = await createE2eCluster('e2e-crash');
      await cluster.addMachine('cp-1');
      await armFaults(cluster, 'cp-1', []);
      await cluster.startAgent('cp-1');
      for (let nth = 1; kills < KILLS; nth++) {
        const delayMs = Math.round(random() * initMs);
        const result = await killInside(cluster, 'cp-1', 'kubeadm.init', { nth, delayMs, timeoutSeconds: 30 });
        if (result !== 'killed') break;
        kills++;
      }
      expect(await converged(cluster)).toEqual(baseline);
    }
    expect(kills).toBe(KILLS);
  });

  it('inside the cleaning after an init that was cut short converges to the same state', async () => {
    await using cluster = await createE2eCluster('e2e-crash');
    await cluster.addMachine('cp-1');
    await armFaults(
      cluster,
      'cp-1',
      Array.from({ length: ATTEMPTS }, () => EARLY_IN_INIT),
    );
    await cluster.startAgent('cp-1');
    let kills = 0;
    for (let nth = 1; kills < KILLS && nth < ATTEMPTS; nth++) {
      const delayMs = Math.round(random() * CLEAN_MS);
      const result = await killInside(cluster, 'cp-1', 'kubeadm.clean', { nth, delayMs, timeoutSeconds: 30 });
      if (result === 'killed') kills++;
    }
    expect(kills).toBe(KILLS);
    await armFaults(cluster, 'cp-1', []);
    expect(await converged(cluster)).toEqual(baseline);
  });

  it('inside the apply of an add-on converges to what the commit says', async () => {
    await using cluster = await createE2eCluster('e2e-crash');
    await cluster.addMachine('cp-1');
    await armFaults(cluster, 'cp-1', []);
    await cluster.startAgent('cp-1');
    await converged(cluster);
    const apply = async (round: number): Promise<number> => {
      const objects = 300 + Math.floor(random() * 300);
      const files = { 'addons/many/many.yaml': configMaps(objects, round) };
      await cluster.repository.commit({ files }, `Round ${round}`);
      return objects;
    };
    await apply(0);
    await cluster.run('cp-1', ['sync', '--once']);
    const applyMs = await durationOf(cluster, 'cp-1', 'addon.apply');
    let kills = 0;
    for (let round = 1; kills < KILLS && round <= 30; round++) {
      const objects = await apply(round);
      const begun = await countBeginnings(cluster);
      const delayMs = Math.round(random() * applyMs);
      const result = killInside(cluster, 'cp-1', 'addon.apply', { nth: begun + 1, delayMs, timeoutSeconds: 60 });
      await cluster.run('cp-1', ['sync', '--once'], { check: false });
      if ((await result) === 'killed') kills++;
      await converged(cluster);
      expect(await roundsOf(cluster)).toEqual(Array.from({ length: objects }, () => String(round)));
    }
    expect(kills).toBe(KILLS);
  });
});

async function countBeginnings({ lab }: E2eCluster): Promise<number> {
  const pattern = '"kind":"addon.apply","event":"started"';
  const { stdout } = await lab.exec('cp-1', ['grep', '-c', pattern, '/var/lib/kubic-init/journal.jsonl']);
  return Number(stdout);
}

/** What each ConfigMap of the add-on says. */
async function roundsOf(cluster: E2eCluster): Promise<string[]> {
  const selector = 'applyset.kubernetes.io/part-of';
  const output = 'jsonpath={.items[*].data.round}';
  return (await cluster.kubectl(['get', 'configmaps', '-n', 'many', '-l', selector, '-o', output])).split(' ');
}

function configMaps(count: number, round: number): string {
  const one = (index: number): string =>
    `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c-${index}, namespace: many}\ndata: {round: "${round}"}\n`;
  return `apiVersion: v1\nkind: Namespace\nmetadata: {name: many}\n${Array.from({ length: count }, (_, index) => one(index)).join('')}`;
}
