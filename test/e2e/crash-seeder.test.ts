import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterSummary, summariseCluster } from '../support/cluster-state.ts';
import { armFaults, createRandom, killInside, POINTS, remainingFaults, settle } from '../support/crash.ts';
import { createE2eCluster, type E2eCluster } from '../support/e2e-cluster.ts';

const KINDS = ['host.configure', 'kubeadm.init', 'control-plane.wait', 'addon.apply', 'admission.access'];
const seed = Number(process.env.KUBIC_SEED ?? Date.now() % 1_000_000);
const random = createRandom(seed);
let baseline: ClusterSummary;

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
    await armFaults(cluster, 'cp-1', points);
    await cluster.startAgent('cp-1');
    expect(await converged(cluster)).toEqual(baseline);
    // a control plane that is healthy when the agent comes back is not waited for
    expect((await remainingFaults(cluster, 'cp-1')).filter((left) => !left.endsWith('control-plane.wait'))).toEqual([]);
  });
});

describe('a seeder whose agent is killed at random moments', () => {
  it('inside init converges to the same state', async () => {
    let kills = 0;
    for (let host = 0; kills < 10 && host < 4; host++) {
      await using cluster = await createE2eCluster('e2e-crash');
      await cluster.addMachine('cp-1');
      await armFaults(cluster, 'cp-1', []);
      await cluster.startAgent('cp-1');
      for (let nth = 1; kills < 10; nth++) {
        const delayMs = Math.round(random() * 7_000);
        if (!(await killInside(cluster, 'cp-1', 'kubeadm.init', { nth, delayMs, timeoutSeconds: 30 }))) break;
        kills++;
      }
      expect(await converged(cluster)).toEqual(baseline);
    }
    expect(kills).toBe(10);
  });

  it('inside the apply of an add-on converges to what the commit says', async () => {
    await using cluster = await createE2eCluster('e2e-crash');
    await cluster.addMachine('cp-1');
    await armFaults(cluster, 'cp-1', []);
    await cluster.startAgent('cp-1');
    await converged(cluster);
    for (let kill = 1; kill <= 10; kill++) {
      const objects = 100 + Math.floor(random() * 200);
      await cluster.repository.commit(
        { files: { 'addons/many/many.yaml': configMaps(objects, kill) } },
        `Round ${kill}`,
      );
      const { stdout } = await cluster.lab.exec('cp-1', [
        'grep',
        '-c',
        '"kind":"addon.apply","event":"started"',
        '/var/lib/kubic-init/journal.jsonl',
      ]);
      const killed = killInside(cluster, 'cp-1', 'addon.apply', {
        nth: Number(stdout) + 1,
        delayMs: Math.round(random() * 1_500),
        timeoutSeconds: 60,
      });
      await cluster.run('cp-1', ['sync', '--once'], { check: false });
      expect(await killed).toBe(true);
      await converged(cluster);
      const found = await cluster.kubectl([
        'get',
        'configmaps',
        '-n',
        'many',
        '-l',
        'applyset.kubernetes.io/part-of',
        '-o',
        'jsonpath={.items[*].data.round}',
      ]);
      expect(found.split(' ')).toEqual(Array.from({ length: objects }, () => String(kill)));
    }
  });
});

function configMaps(count: number, round: number): string {
  const one = (index: number): string =>
    `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c-${index}, namespace: many}\ndata: {round: "${round}"}\n`;
  return `apiVersion: v1\nkind: Namespace\nmetadata: {name: many}\n${Array.from({ length: count }, (_, index) => one(index)).join('')}`;
}
