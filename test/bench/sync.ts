import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { executeAddonApply } from '../../src/execute/handlers/addons/addon-apply.ts';
import type { HandlerDeps } from '../../src/execute/handlers/handler.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { observeAddons } from '../../src/observe/addons/observe-addons.ts';
import type { Plan } from '../../src/plan/actions.ts';
import { addonsRule } from '../../src/plan/rules/addons/addons.ts';
import type { RepositoryHead } from '../../src/sync/reading/reading-job.ts';
import type { RepositorySource } from '../../src/sync/reading/repository-source.ts';
import { configMap } from '../cluster/addons-harness.ts';
import { createSourceFixture, type SourceFixture } from '../source/source-fixture.ts';
import { startApiServer } from '../support/api-server.ts';
import { labClusterYaml } from '../support/lab-cluster-yaml.ts';
import type { Figure, Measured } from './figure.ts';
import { measurePairs, summarize, summarizePairs, timed } from './statistics.ts';

const SIZES = [1_000, 10_000];
const IN_A_FILE = 1_000;
const PROGRAM = [process.execPath, join(import.meta.dirname, '../../dist/kubic-init'), 'internal-fetch'] as const;
const NODES = 'apiVersion: kubic.suse.com/v1beta1\nkind: NodeList\naccepted:\n- {name: cp-1, role: control-plane}\n';
const LIST_AIM = 1.5;
const BLOCK_AIM_MS = 100;

/** What a seeder's agent does at a sync, from the head on: read, observe, plan, apply. Real Git, etcd and kube-apiserver. */
export const sync: Figure = {
  name: 'sync',
  summary:
    '1,000 and 10,000 ConfigMaps: none changed over the LISTs it takes, one changed, the longest block of the loop',
  runs: 5,
  seconds: { setUp: 90, run: 8 },
  measure: async (runs, say) => {
    await using server = await startApiServer({ controllers: false });
    const results: Measured[] = [];
    for (const size of SIZES) {
      await using fixture = await createSourceFixture();
      const bench = await openBench(server.kubeconfig, fixture, size);
      say(`${size} objects: created`);
      const loop = monitorEventLoopDelay({ resolution: 1 });
      loop.enable();
      const created = await timed(bench.sync);
      await bench.sync();
      const pairs = await measurePairs(runs, bench.unchanged, () => timed(bench.list), say);
      const changed: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        await bench.change(run);
        changed.push(await timed(bench.sync));
      }
      loop.disable();
      bench.close();
      results.push(
        summarize(`${size} ConfigMaps, all created`, 'ms', [created]),
        summarizePairs(`${size} ConfigMaps, none changed / the LISTs`, 'ms', pairs, LIST_AIM),
        summarize(
          `${size} ConfigMaps, one changed, from the head on`,
          'ms',
          changed,
          size === 10_000 ? 600 : undefined,
        ),
        summarize(`${size} ConfigMaps, longest block of the loop`, 'ms', [loop.max / 1e6], BLOCK_AIM_MS),
      );
    }
    return results;
  },
};

interface Bench {
  readonly sync: () => Promise<void>;
  /** Milliseconds of one that has nothing to do, without asking the Git server for its head. */
  readonly unchanged: () => Promise<number>;
  /** The LISTs of a sync, of which nothing is kept. */
  readonly list: () => Promise<void>;
  readonly change: (run: number) => Promise<void>;
  readonly close: () => void;
}

async function openBench(kubeconfig: string, fixture: SourceFixture, size: number): Promise<Bench> {
  const name = `bench-${randomBytes(4).toString('hex')}`;
  const client = await createKubeClient({ path: kubeconfig });
  await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const files = Array.from({ length: size / IN_A_FILE }, (_, file) => [pathOf(name, file), manifests(name, file, 'x')]);
  await fixture.repository.commit({
    files: { 'cluster.yaml': labClusterYaml(), 'nodes.yaml': NODES, ...Object.fromEntries(files) },
    remove: ['addons/web'],
  });
  const source = fixture.repositorySource(PROGRAM);
  return {
    sync: async () => follow((await source.fetchSnapshot()).snapshot, source, client, name),
    unchanged: async () => {
      const { snapshot } = await source.fetchSnapshot();
      return timed(() => follow(snapshot, source, client, name));
    },
    list: async () => {
      await client.list('v1', 'Secret', { labelSelector: 'applyset.kubernetes.io/id', keep: () => undefined });
      await client.list('v1', 'ConfigMap', { labelSelector: 'applyset.kubernetes.io/part-of', keep: () => undefined });
    },
    change: async (run) => {
      await fixture.repository.commit({ files: { [pathOf(name, 0)]: manifests(name, 0, `${run}`) } });
    },
    close: client.close,
  };
}

function pathOf(name: string, file: number): string {
  return `addons/${name}/${file}.yaml`;
}

/** The first of the first file has this value. */
function manifests(namespace: string, file: number, value: string): string {
  return Array.from({ length: IN_A_FILE }, (_, index) =>
    configMap(namespace, `config-${file}-${index}`, { text: 'x'.repeat(200), value: index === 0 ? value : 'x' }),
  ).join('');
}

async function follow(
  { commit, definition, rendered = [], diagnostics }: RepositoryHead,
  source: RepositorySource,
  client: KubeClient,
  name: string,
): Promise<void> {
  if (!definition) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  const { guards } = definition.cluster;
  const loadObjects = source.objectsAt(commit);
  const observed = await observeAddons(client, undefined, { rendered, loadObjects, protect: guards.protect });
  const addons = observed.filter((state) => state.name === name);
  const cluster = { nodes: [], addons, access: { apply: [], remove: [] } };
  const plan: Plan = addonsRule({ definition, rendered, actual: { cluster } } as never);
  const deps = {
    ...{ definition, rendered, settings: {}, progress: () => {} },
    loadObjects,
    adminClient: async () => client,
    signal: new AbortController().signal,
  } as unknown as HandlerDeps;
  for (const action of plan.actions) if (action.kind === 'addon.apply') await executeAddonApply(action, deps);
  await source.markActedOn(commit);
}
