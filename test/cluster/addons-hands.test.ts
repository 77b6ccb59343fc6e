import { expect, test } from 'vitest';
import { confirmationOf } from '../../src/addons/deletion/confirmation.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { addonOf, configMap, type Harness, type TestNamespace } from './addons-harness.ts';
import { definitionOf } from './custom-kinds.ts';
import { onServerOfItsOwn } from './own-server.ts';

let t: TestNamespace;
let ns: string;
let harness: Harness;

// a kind that cannot be listed is in the way of everybody.
onServerOfItsOwn((begun) => {
  t = begun;
  ({ ns, harness } = t);
});

const kindOf = () => ({ group: `${ns}.example.com`, kind: 'Db', plural: 'dbs', versions: ['v1', 'v2'] });
const definitionRef = () => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name: `dbs.${ns}.example.com`,
});
const create = (what: Pick<KubeObject, 'apiVersion' | 'kind'>, name: string, owner?: KubeObject) =>
  harness.client.create({
    ...what,
    metadata: { name, namespace: ns, ...(owner && { ownerReferences: [referenceTo(owner)] }) },
  });

function referenceTo({ apiVersion, kind, metadata }: KubeObject) {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '' };
}

test('a definition is held for what is protected and goes with an object of its kind, whatever is confirmed', async () => {
  await harness.sync([addonOf(`${ns}-crds`, definitionOf(kindOf()))]);
  const theirs = await create({ apiVersion: `${ns}.example.com/v1`, kind: 'Db' }, 'theirs');
  await create({ apiVersion: 'v1', kind: 'Secret' }, 'keys', theirs);
  const confirm = [confirmationOf(definitionRef())];
  const [action] = (await harness.plan([], { confirm })).actions;
  const protect = [`Secret/${ns}/keys`];
  const { held, actions } = await harness.plan([], { protect, confirm });
  expect([actions, held[0]?.confirm]).toEqual([[], undefined]);
  expect(held[0]?.reason).toContain(`Secret ${ns}/keys is protected, and would go with it`);
  if (!action) return expect.unreachable();
  await expect(harness.execute(action, [], { protect, confirm })).rejects.toThrow(`Secret ${ns}/keys is protected`);
  expect(await harness.client.get(definitionRef())).toBeDefined();
  await harness.execute(action, [], { confirm });
  expect(await harness.client.get(definitionRef())).toBeUndefined();
});

test('an owner is held for what is declared and goes through what is on nobody’s record', async () => {
  const name = `${ns}-web`;
  const less = addonOf(name, configMap(ns, 'data'));
  await harness.sync([addonOf(name, configMap(ns, 'owner') + configMap(ns, 'data'))]);
  const [action] = (await harness.plan([less])).actions;
  const owner = await t.get('ConfigMap', 'owner');
  const between = await create({ apiVersion: 'v1', kind: 'ConfigMap' }, 'between', owner);
  await t.patch('configmap data', { metadata: { ownerReferences: [referenceTo(between)] } });
  const text = `ConfigMap ${ns}/data is to stay`;
  if (!action) return expect.unreachable();
  await expect(harness.execute(action, [less])).rejects.toThrow(text);
  const [held] = (await harness.plan([less])).held;
  expect(held?.reason).toBe(`it left the repository, but ${text}, and would go with it`);
  expect(await t.get('ConfigMap', 'owner')).toBeDefined();
  const data = await t.get('ConfigMap', 'data');
  expect((await harness.sync([less], { confirm: [held?.confirm ?? ''] })).errors).toEqual([]);
  const isAnother = async (): Promise<boolean> =>
    (await t.get('ConfigMap', 'data'))?.metadata.uid !== data?.metadata.uid;
  await expect.poll(isAnother, { timeout: 30_000 }).toBe(true);
});

test('while a kind that is served cannot be listed, what leaves waits for a commit that confirms it', async () => {
  await t.make(definitionRef().apiVersion, definitionRef().kind, { name: definitionRef().name }, specOf());
  const v1 = `${ns}.example.com/v1`;
  const served = () => create({ apiVersion: v1, kind: 'Db' }, 'theirs').then(Boolean, () => false);
  await expect.poll(served, { timeout: 30_000 }).toBe(true);
  await harness.sync([addonOf(`${ns}-web`, configMap(ns, 'a'))]);
  const convert = { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: nobody() } };
  await harness.client.patch(definitionRef(), { spec: { conversion: convert } });
  const reason = async () => (await harness.plan([])).held[0]?.reason;
  await expect.poll(reason, { timeout: 30_000 }).toContain('it cannot be read what goes with it (');
  const { held } = await harness.plan([]);
  expect((await harness.sync([], { confirm: [held[0]?.confirm ?? ''] })).errors).toEqual([]);
  expect(await t.get('ConfigMap', 'a')).toBeUndefined();
  await harness.client.patch(definitionRef(), { spec: { conversion: { strategy: 'None', webhook: null } } });
});

/** Two versions; the one that clients prefer is not the one that is stored. */
function specOf() {
  const { group, kind, plural } = kindOf();
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const version = (name: string, storage: boolean) => ({ name, served: true, storage, schema });
  return {
    spec: {
      ...{ group, scope: 'Namespaced', names: { plural, singular: 'db', kind, listKind: 'DbList' } },
      versions: [version('v1', true), version('v2', false)],
    },
  };
}

function nobody() {
  return { url: 'https://127.0.0.1:1/convert' };
}
