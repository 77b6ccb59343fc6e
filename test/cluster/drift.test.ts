import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { inventoryRef } from '../../src/addons/applyset.ts';
import { decodeInventory, encodeInventory } from '../../src/addons/inventory.ts';
import { ownedValues, ownFields } from '../../src/addons/owned-fields.ts';
import type { AddonDefinition } from '../../src/definition/definition.ts';
import { digestOf } from '../../src/json/canonical.ts';
import { addonOf, beginTest, configMap, type Harness, type TestNamespace } from './addons-harness.ts';

let t: TestNamespace;
let ns: string;
let harness: Harness;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
  ({ ns, harness } = t);
});

afterEach(() => t.end());

const web = (manifests: string, options: Partial<AddonDefinition> = {}): AddonDefinition =>
  addonOf(`${ns}-web`, manifests, options);

function deployment(more = ''): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${ns}}
spec:
  ${more}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      securityContext: {}
      containers:
      - name: web
        image: example.com/web:1
        args: [a, b]
        ports: [{containerPort: 80}]
        resources: {requests: {cpu: 1000m, memory: 64Mi}}
        volumeMounts: [{name: scratch, mountPath: /scratch}]
      volumes: [{name: scratch, emptyDir: {}}]
---
`;
}

async function planOf(addon: AddonDefinition): Promise<{ reasons: string[]; held: unknown[] }> {
  const plan = await harness.plan([addon]);
  return { reasons: plan.actions.map(({ reason }) => reason), held: [...plan.held] };
}

const NOTHING = { reasons: [], held: [] };

describe('is none', () => {
  test('what a controller puts into a mapping that is empty in Git, however often', async () => {
    const addon = web(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: state, namespace: ${ns}}\ndata: {}\n`);
    await harness.sync([addon]);
    for (const beat of ['1', '2', '3']) {
      await t.patch('configmap state', { data: { beat } });
      expect(await planOf(addon)).toEqual(NOTHING);
    }
    await t.patch('configmap state', { data: { beat: null } });
    expect(await planOf(addon)).toEqual(NOTHING);
    expect(harness.takeWrites().filter((write) => write === 'apply ConfigMap')).toHaveLength(1);
  });

  test('what others add beside our fields: labels, list items, and into empty mappings deep below', async () => {
    const addon = web(deployment('replicas: 2'));
    await harness.sync([addon]);
    await t.patch('deployment web', {
      metadata: { labels: { theirs: 'x' } },
      spec: { template: { spec: { securityContext: { runAsUser: 7 } } } },
    });
    await t.kubectl('set', 'env', '-n', ns, 'deployment/web', 'A=1');
    await t.kubectl('set', 'resources', '-n', ns, 'deployment/web', '--limits=cpu=2');
    expect(await planOf(addon)).toEqual(NOTHING);
  });

  test('the rules of an aggregated role, which the control plane writes', async () => {
    const label = `${ns}.example.com/aggregate`;
    const role = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ${ns}`;
    const rule = 'rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]';
    const aggregation = `aggregationRule: {clusterRoleSelectors: [{matchLabels: {${label}: "true"}}]}`;
    const addon = web(
      `${role}-all\n${aggregation}\nrules: []\n---\n${role}-part\n  labels: {${label}: "true"}\n${rule}\n`,
    );
    await harness.sync([addon]);
    const rules = async () => JSON.parse(await t.kubectl('get', 'clusterrole', `${ns}-all`, '-o', 'json')).rules;
    await expect.poll(rules, { timeout: 20_000 }).toHaveLength(1);
    for (let round = 1; round <= 3; round++)
      expect((await harness.sync([addon])).plan).toEqual({ actions: [], held: [] });
    expect(await rules()).toHaveLength(1);
  });

  test('a value that was changed and set back by whoever did it', async () => {
    const addon = web(deployment('replicas: 2'));
    await harness.sync([addon]);
    await t.kubectl('scale', '-n', ns, 'deployment/web', '--replicas=4');
    await t.kubectl('scale', '-n', ns, 'deployment/web', '--replicas=2');
    expect(await planOf(addon)).toEqual(NOTHING);
  });
});

describe('is named, and put right', () => {
  test.for<[string, string, () => Promise<unknown>]>([
    [
      'a number, by kubectl scale',
      'spec.replicas',
      () => t.kubectl('scale', '-n', ns, 'deployment/web', '--replicas=4'),
    ],
    [
      'a field of a list item',
      'spec.template.spec.containers[name=web].image',
      () => t.kubectl('set', 'image', '-n', ns, 'deployment/web', 'web=example.com/web:2'),
    ],
    [
      'a quantity',
      'spec.template.spec.containers[name=web].resources.requests.cpu',
      () => t.kubectl('set', 'resources', '-n', ns, 'deployment/web', '--requests=cpu=2'),
    ],
    [
      'a list that is one value to the API server',
      'spec.template.spec.containers[name=web].args',
      () => jsonPatch('/spec/template/spec/containers/0/args', ['a', 'b', 'c']),
    ],
    [
      'an item that was taken out of a list',
      'spec.template.spec.containers[name=web].ports',
      () =>
        t.kubectl(
          'patch',
          'deployment',
          'web',
          '-n',
          ns,
          '--type=json',
          '-p',
          JSON.stringify([{ op: 'remove', path: '/spec/template/spec/containers/0/ports' }]),
        ),
    ],
  ])('%s', async ([, path, change]) => {
    const addon = web(deployment('replicas: 2'));
    await harness.sync([addon]);
    await change();
    const name = `Deployment ${ns}/web`;
    expect(await planOf(addon)).toEqual({ reasons: [`${addon.name}: 1 drifted (${name}: ${path})`], held: [] });
    await harness.sync([addon]);
    expect(await planOf(addon)).toEqual(NOTHING);
  });

  test('a label that was taken off, and one of ours that says whose the object is', async () => {
    const addon = web(configMap(ns, 'a', { a: '1' }, ', labels: {app: web}'));
    await harness.sync([addon]);
    await t.kubectl('label', 'configmap', 'a', '-n', ns, 'app-');
    expect((await planOf(addon)).reasons).toEqual([
      `${addon.name}: 1 drifted (ConfigMap ${ns}/a: metadata.labels.app)`,
    ]);
    await t.kubectl('label', 'configmap', 'a', '-n', ns, 'applyset.kubernetes.io/part-of-');
    await harness.sync([addon]);
    expect((await t.get('ConfigMap', 'a'))?.metadata.labels).toMatchObject({ app: 'web' });
    expect(await planOf(addon)).toEqual(NOTHING);
  });

  test('an empty mapping that somebody replaced by what cannot stand beside it: the API server says so', async () => {
    const addon = web(deployment());
    await harness.sync([addon]);
    await jsonPatch('/spec/template/spec/volumes/0', { name: 'scratch', hostPath: { path: '/tmp' } });
    const path = 'spec.template.spec.volumes[name=scratch].emptyDir';
    const { plan, errors } = await harness.sync([addon]);
    expect(plan.actions[0]?.reason).toBe(`${addon.name}: 1 drifted (Deployment ${ns}/web: ${path})`);
    expect(errors[0]?.message).toContain('may not specify more than 1 volume type');
  });

  test('an object of which nothing is ours any more, without a value that changed', async () => {
    const addon = web(configMap(ns, 'a'));
    await harness.sync([addon]);
    await t.patch('configmap a', { metadata: { managedFields: [{}] } });
    expect((await planOf(addon)).reasons).toEqual([`${addon.name}: 1 drifted (ConfigMap ${ns}/a)`]);
    await harness.sync([addon]);
    expect(await planOf(addon)).toEqual(NOTHING);
  });
});

describe('a record of the version before', () => {
  test('is no drift of anything: nothing is written, also where others filled what we left empty', async () => {
    const addon = web(
      `${deployment('replicas: 2')}apiVersion: v1\nkind: ConfigMap\nmetadata: {name: state, namespace: ${ns}}\ndata: {}\n`,
    );
    await harness.sync([addon]);
    await recordInOldForm(addon.name);
    harness.takeWrites();
    expect((await harness.sync([addon])).plan).toEqual({ actions: [], held: [] });
    await t.patch('configmap state', { data: { beat: '1' } });
    expect((await harness.sync([addon])).plan).toEqual({ actions: [], held: [] });
    expect(harness.takeWrites()).toEqual([]);
    await t.kubectl('scale', '-n', ns, 'deployment/web', '--replicas=4');
    expect((await planOf(addon)).reasons).toEqual([`${addon.name}: 1 drifted (Deployment ${ns}/web: spec.replicas)`]);
  });
});

/** Digests as they were when what others put into an empty mapping of ours counted. */
async function recordInOldForm(addon: string): Promise<void> {
  const secret = await harness.client.get(inventoryRef(addon));
  if (!secret) throw new Error('no inventory');
  const inventory = decodeInventory(secret);
  const entries = await Promise.all(
    inventory.entries.map(async ({ dropped: _, ...entry }) => {
      const live = await harness.client.get(entry);
      return { ...entry, live: live ? digestOf(ownedValues(ownFields(live), live)) : '' };
    }),
  );
  await harness.client.replace(await encodeInventory({ ...inventory, entries }, secret));
}

function jsonPatch(path: string, value: unknown): Promise<string> {
  const patches = JSON.stringify([{ op: 'replace', path, value }]);
  return t.kubectl('patch', 'deployment', 'web', '-n', ns, '--type=json', '-p', patches);
}
