import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { applysetId, inventoryRef, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import { decodeInventory } from '../../src/addons/inventory.ts';
import { listRecorded } from '../../src/observe/addons/list-recorded.ts';
import { createUntouchedMemory } from '../../src/observe/addons/untouched-memory.ts';
import { addonOf, beginTest, configMap, type Harness, type TestNamespace } from './addons-harness.ts';
import { customResource, definitionOf } from './custom-kinds.ts';

vi.mock('../../src/execute/addons/ask-again.ts', async (original) => {
  const { shortenPatience } = await import('../support/short-patience.ts');
  return shortenPatience(await original());
});

let t: TestNamespace;
let ns: string;
let harness: Harness;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
  ({ ns, harness } = t);
});

afterEach(() => t.end());

const labelOf = async (name: string): Promise<string | undefined> =>
  (await t.get('ConfigMap', name))?.metadata.labels?.[PART_OF_LABEL];

describe('a cluster-scoped custom resource with a namespace in its manifest', () => {
  const kinds = () => ({ group: `${ns}.example.com`, kind: 'Issuer', plural: 'issuers', scope: 'Cluster' });
  const get = () => harness.client.get({ apiVersion: `${ns}.example.com/v1`, kind: 'Issuer', name: 'ca' });

  test.for([true, false])(
    'is applied once, healthy, and goes when it leaves (definition in Git: %s)',
    async (declared) => {
      const crds = addonOf(`${ns}-crds`, declared ? definitionOf(kinds()) : configMap(ns, 'operator'));
      if (!declared) await harness.client.create(JSON.parse(JSON.stringify(DEFINITION(ns))));
      const issuer = addonOf(`${ns}-issuer`, customResource(kinds(), 'pki-system', 'ca'), { dependsOn: [crds.name] });
      const top = addonOf(`${ns}-top`, configMap(ns, 'top'), { dependsOn: [issuer.name] });
      expect((await harness.sync([crds, issuer])).errors).toEqual([]);
      for (let round = 0; round < 3; round++) expect((await harness.plan([crds, issuer])).actions).toEqual([]);
      expect((await harness.sync([crds, issuer, top])).plan.held).toEqual([]);
      const secret = await harness.client.get(inventoryRef(issuer.name));
      expect(secret && decodeInventory(secret).entries).toMatchObject([{ kind: 'Issuer', name: 'ca' }]);
      expect(secret && decodeInventory(secret).entries[0]?.namespace).toBeUndefined();
      expect((await harness.sync([crds])).errors).toEqual([]);
      expect(await get()).toBeUndefined();
      expect((await harness.plan([crds])).actions).toEqual([]);
      if (!declared) await harness.client.delete({ ...DEFINITION(ns), name: `issuers.${ns}.example.com` });
    },
  );
});

describe('an API version that is no longer served', () => {
  const kinds = (...versions: string[]) => ({ group: `${ns}.example.com`, kind: 'Store', plural: 'stores', versions });
  const stores = (version: string, ...names: string[]) =>
    names.map((name) => customResource(kinds(), ns, name, version)).join('');
  const definition = () => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: `stores.${ns}.example.com`,
  });
  /** As the storage version migrator leaves it. */
  const migrate = () =>
    t.kubectl(
      'patch',
      'crd',
      `stores.${ns}.example.com`,
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"storedVersions":["v1"]}}',
    );
  const names = async () =>
    (await t.kubectl('get', `stores.${ns}.example.com`, '-n', ns, '-o', 'name')).split('\n').filter(Boolean);

  test('takes no object along: the add-on that leaves with it deletes what it had', async () => {
    const crds = (...versions: string[]) => addonOf(`${ns}-crds`, definitionOf(kinds(...versions)));
    const app = addonOf(`${ns}-app`, stores('v1beta1', 'a', 'b'), { dependsOn: [`${ns}-crds`] });
    await harness.sync([crds('v1beta1', 'v1'), app]);
    await migrate();
    expect((await harness.sync([crds('v1')])).errors).toEqual([]);
    expect(await names()).toEqual([]);
    expect(await harness.client.get(inventoryRef(app.name))).toBeUndefined();
  });

  test('is of no more concern where the objects move to another one: what is declared is applied, what left is gone', async () => {
    const crds = (...versions: string[]) => addonOf(`${ns}-crds`, definitionOf(kinds(...versions)));
    const app = (text: string) => addonOf(`${ns}-app`, text, { dependsOn: [`${ns}-crds`] });
    await harness.sync([crds('v1beta1', 'v1'), app(stores('v1beta1', 'kept', 'dropped'))]);
    await migrate();
    const after = [crds('v1'), app(stores('v1', 'kept').replace('size: 1', 'size: 2'))];
    expect((await harness.sync(after)).errors).toEqual([]);
    expect(await names()).toEqual([`store.${ns}.example.com/kept`]);
    expect(harness.said.join('\n')).toContain('which is no longer served');
    expect((await harness.plan(after)).actions).toEqual([]);
    const live = await t.get('Store', 'kept', `${ns}.example.com/v1`);
    expect(live?.metadata.managedFields?.map(({ apiVersion }) => apiVersion)).toEqual([`${ns}.example.com/v1`]);
    // what we owned at the old version is ours still: it leaves with the manifest
    const less = [crds('v1'), app(stores('v1', 'kept').replace('spec: {size: 1}', 'spec: {other: 1}'))];
    expect((await harness.sync(less)).errors).toEqual([]);
    expect((await t.get('Store', 'kept', `${ns}.example.com/v1`))?.spec).toEqual({ other: 1 });
  });

  test('by any version keeps the objects on record until it is served again', async () => {
    const crds = addonOf(`${ns}-crds`, definitionOf(kinds('v1')));
    const app = addonOf(`${ns}-app`, stores('v1', 'a') + configMap(ns, 'beside'));
    await harness.sync([crds, app]);
    await harness.sync([crds, app]);
    const away = addonOf(crds.name, definitionOf({ ...kinds('v1'), served: false }));
    await harness.client.patch(definition(), { spec: { versions: [{ ...VERSION, served: false }] } });
    const answers = () =>
      harness.client.request({ method: 'GET', path: `/apis/${ns}.example.com/v1` }).then(
        () => 'served',
        () => 'away',
      );
    await expect.poll(answers, { timeout: 20_000 }).toBe('away');
    await harness.sync([away, app]);
    const { errors } = await harness.sync([away]);
    expect(errors[0]?.message).toContain(`Store ${ns}/a`);
    expect(await t.get('ConfigMap', 'beside')).toBeUndefined(); // one kind fails by itself
    const secret = await harness.client.get(inventoryRef(app.name));
    expect(secret && decodeInventory(secret).entries).toMatchObject([{ kind: 'Store', name: 'a' }]);
    await harness.client.patch(definition(), { spec: { versions: [VERSION] } });
    await expect.poll(answers, { timeout: 20_000 }).toBe('served');
    expect((await harness.sync([crds])).errors).toEqual([]);
    expect(await names()).toEqual([]);
    expect(await harness.client.get(inventoryRef(app.name))).toBeUndefined();
  });
});

describe('an object that moves to another add-on', () => {
  test('keeps its identity in a swap, and both are in step after it', async () => {
    const swap = (a: string, b: string) => [addonOf(`${ns}-a`, configMap(ns, a)), addonOf(`${ns}-b`, configMap(ns, b))];
    await harness.sync(swap('one', 'two'));
    const uids = async () =>
      Promise.all(['one', 'two'].map(async (name) => (await t.get('ConfigMap', name))?.metadata.uid));
    const before = await uids();
    expect((await harness.sync(swap('two', 'one'))).errors).toEqual([]);
    expect(await uids()).toEqual(before);
    expect(await harness.plan(swap('two', 'one'))).toEqual({ actions: [], held: [] });
    expect([await labelOf('one'), await labelOf('two')]).toEqual([applysetId(`${ns}-b`), applysetId(`${ns}-a`)]);
  });

  test('stays on record while the other one waits, and goes when that leaves before it took it', async () => {
    const base = addonOf(`${ns}-base`, configMap('no-such-namespace', 'x'));
    const waits = addonOf(`${ns}-c`, configMap(ns, 'moved'), { dependsOn: [base.name] });
    await harness.sync([addonOf(`${ns}-a`, configMap(ns, 'moved'))]);
    await harness.sync([base, waits]);
    await harness.sync([base, waits]);
    expect(await labelOf('moved')).toBe(applysetId(`${ns}-a`));
    const recorded = await harness.client.get(inventoryRef(`${ns}-a`));
    expect(recorded && decodeInventory(recorded).entries).toMatchObject([{ name: 'moved' }]);
    expect((await harness.sync([])).errors).toEqual([]);
    expect(await t.get('ConfigMap', 'moved')).toBeUndefined();
    expect(await harness.client.get(inventoryRef(`${ns}-a`))).toBeUndefined();
  });

  test('is let go of in the sync in which the other one takes it', async () => {
    await harness.sync([addonOf(`${ns}-a`, configMap(ns, 'moved'))]);
    const taker = addonOf(`${ns}-c`, configMap(ns, 'moved'));
    expect((await harness.sync([taker])).errors).toEqual([]);
    expect(await harness.client.get(inventoryRef(`${ns}-a`))).toBeUndefined();
    expect((await harness.plan([taker])).actions).toEqual([]);
    await harness.sync([]);
    expect(await t.get('ConfigMap', 'moved')).toBeUndefined(); // it is nobody's that was there before
  });
});

describe('what does not go', () => {
  test('by a finalizer holds up no add-on that depends on what is applied, and is not waited for again', async () => {
    const stuck = ', finalizers: [example.com/never]';
    const base = addonOf(`${ns}-base`, configMap(ns, 'a') + configMap(ns, 'stuck', {}, stuck));
    const top = (value: string) => addonOf(`${ns}-top`, configMap(ns, 'top', { a: value }), { dependsOn: [base.name] });
    await harness.sync([base, top('1')]);
    const less = addonOf(base.name, configMap(ns, 'a'));
    const { errors } = await harness.sync([less, top('2')]);
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('waits for example.com/never')]);
    expect((await t.get('ConfigMap', 'top'))?.data).toEqual({ a: '2' });
    const { plan } = await harness.sync([less, top('2')]);
    expect(plan.actions).toEqual([]);
    expect(plan.held).toMatchObject([{ code: 'addons.deletion-stuck', subject: `ConfigMap ${ns}/stuck` }]);
    await t.kubectl('patch', 'configmap', 'stuck', '-n', ns, '--type=merge', '-p', '{"metadata":{"finalizers":null}}');
    await harness.sync([less, top('2')]);
    expect(await harness.plan([less, top('2')])).toEqual({ actions: [], held: [] });
  }, 180_000);

  test('for minutes, as a definition whose objects have finalizers, is going and not failed', async () => {
    const kinds = { group: `${ns}.example.com`, kind: 'Slow', plural: 'slows' };
    const held = customResource(kinds, ns, 'one').replace('name: one', 'name: one, finalizers: [example.com/never]');
    const crds = addonOf(`${ns}-crds`, definitionOf(kinds));
    await harness.sync([crds]);
    const object = { apiVersion: `${ns}.example.com/v1`, kind: 'Slow', name: 'one', namespace: ns };
    await harness.client.create({
      ...object,
      metadata: { name: 'one', namespace: ns, finalizers: ['example.com/never'] },
    });
    expect(held).toContain('finalizers');
    const confirm = [(await harness.plan([])).held[0]?.confirm ?? ''];
    expect((await harness.sync([], { confirm })).errors).toEqual([]);
    const { plan, errors } = await harness.sync([], { confirm });
    expect(errors).toEqual([]);
    expect(plan.actions).toEqual([]);
    expect(plan.held).toMatchObject([
      { code: 'addons.deletion-going', subject: `CustomResourceDefinition slows.${ns}.example.com` },
    ]);
    await harness.client.patch(object, { metadata: { finalizers: null } });
    await expect
      .poll(
        () =>
          harness.client.get({
            apiVersion: 'apiextensions.k8s.io/v1',
            kind: 'CustomResourceDefinition',
            name: `slows.${ns}.example.com`,
          }),
        { timeout: 60_000 },
      )
      .toBeUndefined();
    await harness.sync([]);
    expect(await harness.plan([])).toEqual({ actions: [], held: [] });
  }, 180_000);
});

test('what others label as ours is not kept in memory', async () => {
  const web = addonOf(`${ns}-web`, configMap(ns, 'a'));
  await harness.sync([web]);
  const labels = { [PART_OF_LABEL]: applysetId(web.name) };
  for (let index = 0; index < 20; index++) {
    const metadata = { name: `theirs-${index}`, namespace: ns, labels };
    await harness.client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { big: 'x'.repeat(100_000) } });
  }
  const LISTING = { context: {}, memory: createUntouchedMemory() };
  const secret = await harness.client.get(inventoryRef(web.name));
  const listed = await listRecorded(harness.client, secret ? [decodeInventory(secret)] : [], LISTING, undefined);
  const kept = [...(listed.get('/ConfigMap')?.bySet.values() ?? [])].flatMap((objects) => [...objects.keys()]);
  expect(kept).toEqual([`/ConfigMap/${ns}/a`]);
  expect((await harness.plan([web])).actions).toEqual([]);
});

const ANYTHING = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
const VERSION = { name: 'v1', served: true, storage: true, schema: ANYTHING };

function DEFINITION(name: string) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `issuers.${name}.example.com` },
    spec: {
      group: `${name}.example.com`,
      scope: 'Cluster',
      names: { plural: 'issuers', singular: 'issuer', kind: 'Issuer', listKind: 'IssuerList' },
      versions: [VERSION],
    },
  };
}
