import { randomBytes } from 'node:crypto';
import { applysetId, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import { readObjects, renderAddons } from '../../src/addons/render-addons.ts';
import { executeAddonApply } from '../../src/execute/handlers/addons/addon-apply.ts';
import type { HandlerDeps } from '../../src/execute/handlers/handler.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { addonOf, configMap, createHarness, loadObjectsOf } from '../cluster/addons-harness.ts';
import { startApiServer } from '../support/api-server.ts';
import type { Figure } from './figure.ts';
import { applyRaw } from './raw-apply.ts';
import { measurePairs, summarizePairs, timed } from './statistics.ts';

const OBJECTS = 1000;
const AIM = 1.3;

/** The handler of `addon.apply`, inventory and all, beside the least that could be sent. Real etcd and kube-apiserver. */
export const apply: Figure = {
  name: 'apply',
  summary: `${OBJECTS} ConfigMaps applied, over raw server-side apply requests on 16 connections`,
  runs: 7,
  seconds: { setUp: 20, run: 8 },
  measure: async (runs, say) => {
    await using server = await startApiServer({ controllers: false });
    const { kubeconfig } = server;
    const ours = (): Promise<number> => applyOurs(kubeconfig);
    const raw = (): Promise<number> => applyTheSame(kubeconfig);
    say('warming up the API server and the code');
    await measurePairs(1, ours, raw, () => {});
    const pairs = await measurePairs(runs, ours, raw, say);
    return [summarizePairs(`${OBJECTS} ConfigMaps / raw requests`, 'ms', pairs, AIM)];
  },
};

/** In a new namespace, over new connections, as in the first sync of an agent. */
async function applyOurs(kubeconfig: string): Promise<number> {
  const name = await createNamespace(kubeconfig);
  const addons = [addonOf(name, manifests(name))];
  const harness = await createHarness(kubeconfig, (addon) => addon === name);
  const [action] = (await harness.plan(addons)).actions;
  harness.client.close();
  if (action?.kind !== 'addon.apply') throw new Error('nothing was planned');
  const client = await createKubeClient({ path: kubeconfig });
  const deps = {
    rendered: renderAddons({ addons }).rendered,
    loadObjects: loadObjectsOf(addons),
    adminClient: async () => client,
    signal: new AbortController().signal,
    progress: () => {},
    settings: {},
    definition: { cluster: { guards: { protect: [], confirm: [] } } },
  } as unknown as HandlerDeps;
  try {
    return await timed(() => executeAddonApply(action, deps));
  } finally {
    client.close();
  }
}

async function applyTheSame(kubeconfig: string): Promise<number> {
  const name = await createNamespace(kubeconfig);
  const objects = [...readObjects(addonOf(name, manifests(name)))].map((object) => labelled(object, name));
  return timed(() => applyRaw(kubeconfig, objects));
}

/** The very bytes the engine sends. */
function labelled(object: KubeObject, addon: string): KubeObject {
  const labels = { ...object.metadata.labels, [PART_OF_LABEL]: applysetId(addon) };
  return { ...object, metadata: { ...object.metadata, labels } };
}

async function createNamespace(kubeconfig: string): Promise<string> {
  const name = `bench-${randomBytes(4).toString('hex')}`;
  const client = await createKubeClient({ path: kubeconfig });
  await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  client.close();
  return name;
}

function manifests(namespace: string): string {
  return Array.from({ length: OBJECTS }, (_, index) =>
    configMap(namespace, `config-${index}`, { index: `${index}`, text: 'x'.repeat(200) }),
  ).join('');
}
