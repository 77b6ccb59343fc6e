import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readObjects } from '../../src/addons/render-addons.ts';
import { boundHeap } from '../../src/agent/bound-heap.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { addonOf, configMap, KUBECTL } from '../cluster/addons-harness.ts';
import { createSourceFixture } from '../source/source-fixture.ts';
import { startApiServer } from '../support/api-server.ts';
import { runCommand } from '../support/command.ts';
import type { Figure, Measured } from './figure.ts';
import { followRepository } from './followed-repository.ts';
import { applyRaw } from './raw-apply.ts';
import { measurePairs, type Pair, summarize, summarizePairs, timed } from './statistics.ts';

const SIZES = [1_000, 10_000];
const IN_A_FILE = 1_000;
const LIST_AIM = 1.5;
const BLOCK_AIM_MS = 100;
const CHANGED_AIM_MS = 600;
const FEW = 1_000;

/** Beside `kubectl apply --server-side` of the same files and raw requests. Real Git, etcd and kube-apiserver. */
export const sync: Figure = {
  name: 'sync',
  summary:
    '1,000 and 10,000 ConfigMaps: created, all changed, one changed, none changed; the longest block of the loop',
  runs: 5,
  seconds: { setUp: 420, run: 8 },
  measure: async (runs, say) => {
    boundHeap(); // as an agent does
    await using server = await startApiServer({ controllers: false });
    const results: Measured[] = [];
    for (const size of SIZES) results.push(...(await measureSize(server.kubeconfig, size, runs, say)));
    return results;
  },
};

async function measureSize(
  kubeconfig: string,
  size: number,
  runs: number,
  say: (text: string) => void,
): Promise<readonly Measured[]> {
  await using fixture = await createSourceFixture();
  const client = await createKubeClient({ path: kubeconfig });
  const directory = await mkdtemp(join(tmpdir(), 'kubic-kubectl-'));
  let longestBlock = 0;
  /** Milliseconds that our own work takes; only it counts among the blocks of the loop. */
  const watched = async (work: () => Promise<void>): Promise<number> => {
    const loop = monitorEventLoopDelay({ resolution: 1 });
    loop.enable();
    const took = await timed(work);
    loop.disable();
    longestBlock = Math.max(longestBlock, loop.max / 1e6);
    return took;
  };
  try {
    const [own, theirs, least] = await Promise.all([1, 2, 3].map(() => createNamespace(client)));
    if (own === undefined || theirs === undefined || least === undefined) throw new Error('no namespaces');
    const repository = followRepository(fixture, client, own);
    const ours = async (version: Version): Promise<number> => {
      await repository.commit(manifests(own, size, version));
      return watched(repository.sync);
    };
    const kubectl = async (version: Version): Promise<number> => {
      for (const [name, text] of Object.entries(manifests(theirs, size, version)))
        await writeFile(join(directory, name), text);
      const argv = [KUBECTL, '--kubeconfig', kubeconfig, 'apply', '--server-side', '-f', directory];
      return timed(() => runCommand(argv, { timeoutMs: 600_000 }));
    };
    const raw = (version: Version): Promise<number> => {
      const text = Object.values(manifests(least, size, version)).join('---\n');
      const objects = [...readObjects(addonOf(least, text))];
      return timed(() => applyRaw(kubeconfig, objects));
    };
    const results: Measured[] = [];
    const compare = (what: string, reference: string, pair: Pair): void => {
      say(`${size} ${what}: ${pair.ours.toFixed(0)} ms, ${reference} ${pair.reference.toFixed(0)} ms`);
      results.push(summarizePairs(`${size} ConfigMaps, ${what} / ${reference}`, 'ms', [pair]));
    };
    for (const [what, version] of [
      ['created', { all: 'a', one: 'a' }],
      ['all changed', { all: 'b', one: 'a' }],
    ] as const) {
      const pair = { ours: await ours(version), reference: await kubectl(version) };
      compare(what, 'kubectl', pair);
      compare(what, 'raw requests', { ...pair, reference: await raw(version) });
    }
    const changed: number[] = [];
    for (let run = 0; run < runs; run += 1) changed.push(await ours({ all: 'b', one: `${run}` }));
    results.push(
      summarize(
        `${size} ConfigMaps, one changed, from the head on`,
        'ms',
        changed,
        size > FEW ? CHANGED_AIM_MS : undefined,
      ),
    );
    const version = { all: 'b', one: 'z' };
    compare('one changed', 'kubectl', { ours: await ours(version), reference: await kubectl(version) });
    const unchanged = async (): Promise<number> => watched(await repository.prepare());
    const pairs = await measurePairs(runs, unchanged, () => timed(() => list(client)), say);
    results.push(summarizePairs(`${size} ConfigMaps, none changed / the LISTs`, 'ms', pairs, LIST_AIM));
    compare('none changed', 'kubectl', { ours: await unchanged(), reference: await kubectl(version) });
    results.push(summarize(`${size} ConfigMaps, longest block of the loop`, 'ms', [longestBlock], BLOCK_AIM_MS));
    return results;
  } finally {
    client.close();
    await rm(directory, { recursive: true });
  }
}

/** The LISTs of a sync, of which nothing is kept. */
async function list(client: KubeClient): Promise<void> {
  await client.list('v1', 'Secret', { labelSelector: 'applyset.kubernetes.io/id', keep: () => undefined });
  await client.list('v1', 'ConfigMap', { labelSelector: 'applyset.kubernetes.io/part-of', keep: () => undefined });
}

async function createNamespace(client: KubeClient): Promise<string> {
  const name = `bench-${randomBytes(4).toString('hex')}`;
  await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return name;
}

/** What stands in every object, and in the first. */
interface Version {
  readonly all: string;
  readonly one: string;
}

function manifests(namespace: string, size: number, { all, one }: Version): Readonly<Record<string, string>> {
  const object = (at: number): string =>
    configMap(namespace, `config-${at}`, { text: 'x'.repeat(200), all, one: at === 0 ? one : '-' });
  const file = (nth: number): string =>
    Array.from({ length: IN_A_FILE }, (_, at) => object(nth * IN_A_FILE + at)).join('');
  return Object.fromEntries(Array.from({ length: size / IN_A_FILE }, (_, nth) => [`${nth}.yaml`, file(nth)]));
}
