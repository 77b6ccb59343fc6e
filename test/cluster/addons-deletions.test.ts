import { describe, expect, test } from 'vitest';
import { applysetId, inventoryRef, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import { decodeInventory, encodeInventory } from '../../src/addons/inventory.ts';
import { addonOf, configMap, type Harness, type TestNamespace } from './addons-harness.ts';
import { customResource, definitionOf } from './custom-kinds.ts';
import { onServerOfItsOwn } from './own-server.ts';

let t: TestNamespace;
let ns: string;
let harness: Harness;

// what is in a namespace cannot be told while a kind of another test is going.
onServerOfItsOwn((begun) => {
  t = begun;
  ({ ns, harness } = t);
});

const space = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n---\n`;
const definition = () =>
  harness.client.get({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name: `dbs.${ns}.example.com`,
  });
const kindOf = () => ({ group: `${ns}.example.com`, kind: 'Db', plural: 'dbs' });

describe('a definition that leaves', () => {
  test('is held while another add-on declares objects of its kind, and they live on', async () => {
    const crds = addonOf(`${ns}-crds`, definitionOf(kindOf()) + configMap(ns, 'operator'));
    const app = addonOf(`${ns}-app`, customResource(kindOf(), ns, 'orders'), { dependsOn: [crds.name] });
    await harness.sync([crds, app]);
    const uid = (await t.get('Db', 'orders', `${ns}.example.com/v1`))?.metadata.uid;
    const less = addonOf(crds.name, configMap(ns, 'operator'));
    const { plan, errors } = await harness.sync([less, app]);
    expect(errors).toEqual([]);
    expect(plan.held).toMatchObject([
      { code: 'addons.protected', subject: `CustomResourceDefinition dbs.${ns}.example.com` },
    ]);
    expect(plan.held[0]?.reason).toContain(`Db ${ns}/orders is declared by add-on ${app.name}`);
    expect(await harness.sync([less, app])).toMatchObject({ plan: { actions: [] }, errors: [] });
    expect((await t.get('Db', 'orders', `${ns}.example.com/v1`))?.metadata.uid).toBe(uid);
  });

  test('is held while somebody has objects of its kind that nobody declared, until a commit confirms it', async () => {
    const crds = addonOf(`${ns}-crds`, definitionOf(kindOf()));
    await harness.sync([crds]);
    await harness.client.create({
      apiVersion: `${ns}.example.com/v1`,
      kind: 'Db',
      metadata: { name: 'theirs', namespace: ns },
    });
    const { plan, errors } = await harness.sync([]);
    expect(errors).toEqual([]);
    expect(plan.actions).toEqual([]);
    expect(plan.held[0]?.reason).toContain(`Db ${ns}/theirs is on no add-on's record`);
    const confirm = plan.held[0]?.confirm ?? '';
    expect(confirm).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect((await harness.plan([])).held[0]?.confirm).toBe(confirm); // whenever it is asked

    const confirmed = await harness.sync([], { confirm: [confirm] });
    expect(confirmed.plan.actions[0]).toMatchObject({ kind: 'addon.remove', impact: 'destructive' });
    expect(confirmed.plan.actions[0]?.reason).toContain('with every object of its kind');
    expect(confirmed.errors).toEqual([]);
    expect(await definition()).toBeUndefined();
  });

  test('is held for what guards.protect names, which no confirmation overrides', async () => {
    const crds = addonOf(`${ns}-crds`, definitionOf(kindOf()));
    await harness.sync([crds]);
    const theirs = { apiVersion: `${ns}.example.com/v1`, kind: 'Db', metadata: { name: 'theirs', namespace: ns } };
    await harness.client.create(theirs);
    const confirm = [(await harness.plan([])).held[0]?.confirm ?? ''];
    for (const protect of [[`Db/${ns}/theirs`], ['Db/theirs']]) {
      const { plan } = await harness.sync([], { protect, confirm });
      expect(plan.actions).toEqual([]);
      expect(plan.held).toMatchObject([{ code: 'addons.protected', reason: expect.stringContaining('is protected') }]);
      expect(plan.held[0]?.confirm).toBeUndefined();
    }
    expect(await t.get('Db', 'theirs', `${ns}.example.com/v1`)).toBeDefined();
  });

  test('goes together with the Namespace of its controller: that the API server forgets its group a moment later is no unknown', async () => {
    const kinds = ['Db', 'Table', 'Row'].map((kind) =>
      definitionOf({ group: `${ns}.example.com`, kind, plural: `${kind.toLowerCase()}s` }),
    );
    const all = kinds.join('') + space(`${ns}-controller`) + configMap(`${ns}-controller`, 'settings');
    await harness.sync([addonOf(`${ns}-operator`, all)]);
    const { plan, errors } = await harness.sync([]);
    expect([plan.held, errors]).toEqual([[], []]);
    expect(await harness.client.get({ apiVersion: 'v1', kind: 'Namespace', name: `${ns}-controller` })).toBeUndefined();
  });

  test('that is not served any more goes once a commit confirms it, and its objects with it', async () => {
    const operator = addonOf(`${ns}-operator`, definitionOf(kindOf()) + customResource(kindOf(), ns, 'orders'));
    await harness.sync([operator]);
    const ref = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: `dbs.${ns}.example.com`,
    };
    const versions = (await definition())?.spec as { versions: object[] };
    await harness.client.patch(ref, {
      spec: { versions: versions.versions.map((each) => ({ ...each, served: false })) },
    });
    await expect
      .poll(async () => (await harness.plan([])).held[0]?.reason, { timeout: 20_000 })
      .toContain('cannot be read');
    const confirm = (await harness.plan([])).held[0]?.confirm ?? '';
    expect(confirm).not.toBe('');
    await harness.sync([], { confirm: [confirm] });
    const gone = await harness.client.get(ref);
    expect(gone).toBeUndefined();
    const again = await harness.sync([], { confirm: [confirm] });
    expect(again).toMatchObject({ plan: { held: [{ code: 'addons.confirm-unused' }] }, errors: [] });
    expect((await harness.plan([])).actions).toEqual([]);
  });

  test('goes without a question, together with its objects, when both left', async () => {
    const crds = addonOf(`${ns}-crds`, definitionOf(kindOf()));
    const app = addonOf(`${ns}-app`, customResource(kindOf(), ns, 'orders'));
    await harness.sync([crds, app]);
    await harness.sync([crds, app]);
    expect((await harness.sync([])).errors).toEqual([]);
    expect((await harness.plan([])).actions).toEqual([]);
    expect(await definition()).toBeUndefined();
  });
});

describe('a Namespace that leaves', () => {
  test('is held while it has what nobody declared, and goes when that is gone', async () => {
    const web = addonOf(`${ns}-web`, space(`${ns}-space`) + configMap(`${ns}-space`, 'ours'));
    await harness.sync([web]);
    await t.kubectl('create', 'secret', 'generic', 'theirs', '-n', `${ns}-space`);
    const { plan, errors } = await harness.sync([]);
    expect(errors).toEqual([]);
    expect(plan.held[0]?.reason).toBe(
      `it left the repository, but Secret ${ns}-space/theirs is on no add-on's record, and would go with it`,
    );
    expect(await t.kubectl('get', 'secret', 'theirs', '-n', `${ns}-space`, '-o', 'name')).toBe('secret/theirs\n');
    await t.kubectl('delete', 'secret', 'theirs', '-n', `${ns}-space`);
    expect((await harness.sync([])).plan.held).toEqual([]);
    expect((await harness.plan([])).actions).toEqual([]);
  });

  test('is asked once more right before the request: what came after the plan holds it, too', async () => {
    const web = addonOf(`${ns}-web`, space(`${ns}-space`));
    await harness.sync([web]);
    const [action] = (await harness.plan([])).actions;
    if (!action) throw new Error('nothing planned');
    await t.kubectl('create', 'configmap', 'late', '-n', `${ns}-space`);
    await expect(harness.execute(action, [])).rejects.toMatchObject({ code: 'addons.remove-failed' });
    await expect(harness.execute(action, [])).rejects.toThrow(`ConfigMap ${ns}-space/late is on no add-on's record`);
    const [held] = (await harness.plan([])).held;
    await harness.execute(action, [], { confirm: [held?.confirm ?? ''] });
    expect((await harness.plan([])).held).toEqual([]);
  });

  test('is held for an object whose protection names no namespace', async () => {
    const web = addonOf(`${ns}-web`, space(`${ns}-space`));
    await harness.sync([web]);
    await t.kubectl('create', 'configmap', `${ns}-data`, '-n', `${ns}-space`);
    const { plan } = await harness.sync([], [`ConfigMap/${ns}-data`]);
    expect(plan.actions).toEqual([]);
    expect(plan.held[0]?.reason).toContain(`ConfigMap ${ns}-space/${ns}-data is protected`);
    await t.kubectl('delete', 'configmap', `${ns}-data`, '-n', `${ns}-space`);
  });

  test('is held while the record of any add-on cannot be read', async () => {
    const other = addonOf(`${ns}-other`, configMap(ns, 'a'));
    const web = addonOf(`${ns}-web`, space(`${ns}-space`) + configMap(ns, 'b'));
    await harness.sync([other, web]);
    const secret = await harness.client.get(inventoryRef(other.name));
    if (!secret) throw new Error('no inventory');
    const { name } = secret.metadata;
    await t.kubectl('patch', 'secret', name, '-n', 'kube-system', '--type=json', '-p', BROKEN);
    const { plan } = await harness.sync([other]);
    expect(plan.held.map(({ subject }) => subject)).toContain(`Namespace ${ns}-space`);
    expect(await t.kubectl('get', 'namespace', `${ns}-space`, '-o', 'name')).toContain('namespace/');
    expect(await t.get('ConfigMap', 'b')).toBeUndefined(); // what takes nothing along is not held
    const again = await encodeInventory(decodeInventory(secret), undefined);
    await harness.client.replace(again);
  });
});

const BROKEN = JSON.stringify([{ op: 'replace', path: '/data', value: { 'inventory.json.gz': 'AAAA' } }]);

describe('what is to stay', () => {
  const keep = ', annotations: {kubic.suse.com/prune: disabled}';
  const ignore = ', annotations: {kubic.suse.com/apply: ignore}';
  const both = ', annotations: {kubic.suse.com/apply: ignore, kubic.suse.com/prune: disabled}';

  test.for([
    ['prune: disabled with apply: ignore', both],
    ['apply: ignore', ignore],
  ])('by %s, in a commit that applies nothing of it, stays when it leaves', async ([, annotations]) => {
    const name = `${ns}-web`;
    await harness.sync([addonOf(name, configMap(ns, 'a') + configMap(ns, 'b'))]);
    expect(
      (await harness.sync([addonOf(name, configMap(ns, 'a') + configMap(ns, 'b', {}, annotations))])).errors,
    ).toEqual([]);
    await harness.sync([addonOf(name, configMap(ns, 'a'))]);
    expect((await t.get('ConfigMap', 'b'))?.metadata.labels?.[PART_OF_LABEL]).toBeUndefined();
    expect(await t.get('ConfigMap', 'b')).toBeDefined();
    expect((await harness.plan([addonOf(name, configMap(ns, 'a'))])).actions).toEqual([]);
  });

  test('by a commit whose apply fails stays', async () => {
    const name = `${ns}-web`;
    const immutable = (value: string, more = '') =>
      configMap(ns, 'b', { a: value }, more).replace('\n---', '\nimmutable: true\n---');
    await harness.sync([addonOf(name, immutable('1'))]);
    expect((await harness.sync([addonOf(name, immutable('2', keep))])).errors).toHaveLength(1);
    expect((await harness.sync([addonOf(name, configMap(ns, 'a'))])).errors).toEqual([]);
    expect(await t.get('ConfigMap', 'b')).toBeDefined();
  });

  test('by a commit whose add-on waits for another stays', async () => {
    const base = addonOf(`${ns}-base`, configMap('no-such-namespace', 'x'));
    const web = addonOf(`${ns}-web`, configMap(ns, 'b'));
    await harness.sync([web]);
    const waits = { dependsOn: [base.name] };
    await harness.sync([base, addonOf(web.name, configMap(ns, 'b', { a: '2' }, keep), waits)]);
    await harness.sync([base, addonOf(web.name, configMap(ns, 'c'))]);
    expect((await t.get('ConfigMap', 'b'))?.data).toEqual({ a: '1' });
  });

  test('by an annotation in the cluster alone stays, also where it is set after the plan', async () => {
    const web = addonOf(`${ns}-web`, configMap(ns, 'a') + configMap(ns, 'b') + configMap(ns, 'c'));
    await harness.sync([web]);
    const annotate = (name: string) =>
      t.kubectl('annotate', 'configmap', name, '-n', ns, 'kubic.suse.com/prune=disabled');
    await annotate('b');
    const [action] = (await harness.plan([])).actions;
    expect(action?.spec).toMatchObject({ prune: [{ name: 'a' }, { name: 'c' }] });
    await annotate('c');
    if (action) await harness.execute(action, []);
    expect(await t.get('ConfigMap', 'a')).toBeUndefined();
    expect(await t.get('ConfigMap', 'b')).toBeDefined();
    expect(await t.get('ConfigMap', 'c')).toBeDefined();
    expect((await harness.plan([])).actions).toEqual([]);
  });

  test.for(['protect', 'annotation', 'nothing'])(
    'is not deleted to be made anew either (%s), and the change is held',
    async (by) => {
      const name = `${ns}-db`;
      const prune = by === 'annotation' ? ', kubic.suse.com/prune: disabled' : '';
      const claim = (storageClass: string): string => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: ${ns}, annotations: {kubic.suse.com/apply: replace${prune}}}
spec: {accessModes: [ReadWriteOnce], storageClassName: ${storageClass}, resources: {requests: {storage: 1Gi}}}
`;
      const guards = by === 'protect' ? [`PersistentVolumeClaim/${ns}/data`] : [];
      await harness.sync([addonOf(name, claim('slow'))], guards);
      await t.kubectl('patch', 'pvc', 'data', '-n', ns, '--type=merge', '-p', '{"metadata":{"finalizers":null}}');
      const uid = (await t.get('PersistentVolumeClaim', 'data'))?.metadata.uid;
      const { plan, errors } = await harness.sync([addonOf(name, claim('fast'))], guards);
      expect(plan.actions[0]?.impact).toBe('destructive');
      const live = await t.get('PersistentVolumeClaim', 'data');
      if (by === 'nothing') {
        expect(errors).toEqual([]);
        expect(live?.metadata.uid).not.toBe(uid);
        return;
      }
      expect(errors[0]?.message).toContain('is to stay');
      expect(live?.metadata.uid).toBe(uid);
      const next = await harness.sync([addonOf(name, claim('fast'))], guards);
      expect(next).toMatchObject({ plan: { actions: [], held: [{ code: 'addons.protected' }] }, errors: [] });
    },
  );
});

test('a definition is not deleted to be made anew while it has objects', async () => {
  const name = `${ns}-crds`;
  const scoped = (scope: string): string =>
    definitionOf({ ...kindOf(), scope, annotations: '{kubic.suse.com/apply: replace}' });
  await harness.sync([addonOf(name, scoped('Namespaced'))]);
  const theirs = { apiVersion: `${ns}.example.com/v1`, kind: 'Db', metadata: { name: 'theirs', namespace: ns } };
  await harness.client.create(theirs);
  const { errors } = await harness.sync([addonOf(name, scoped('Cluster'))]);
  expect(errors[0]?.message).toContain(`Db ${ns}/theirs`);
  expect(await t.get('Db', 'theirs', theirs.apiVersion)).toBeDefined();
  await harness.client.delete({ ...theirs, name: 'theirs', namespace: ns });
});

test('an inventory of the version before is read, and goes on', async () => {
  const name = `${ns}-web`;
  const kinds = { group: `${ns}.example.com`, kind: 'Issuer', plural: 'issuers', scope: 'Cluster' };
  const issuer = customResource(kinds, 'no-such-namespace', 'ca');
  const web = addonOf(name, definitionOf(kinds) + issuer + configMap(ns, 'a') + configMap(ns, 'b'));
  await harness.sync([web]);
  const secret = await harness.client.get(inventoryRef(name));
  if (!secret) throw new Error('no inventory');
  const { entries, ...inventory } = decodeInventory(secret);
  // as it was recorded: by the namespace in the manifest, without what is new
  const old = entries.map((entry) => (entry.kind === 'Issuer' ? { ...entry, namespace: 'no-such-namespace' } : entry));
  await harness.client.replace(await encodeInventory({ ...inventory, entries: old }, secret));
  expect((await harness.sync([web])).errors).toEqual([]);
  expect((await harness.plan([web])).actions).toEqual([]);
  expect((await harness.sync([])).errors).toEqual([]);
  expect((await harness.plan([])).actions).toEqual([]);
  expect(await t.get('ConfigMap', 'a')).toBeUndefined();
  const labelSelector = `${PART_OF_LABEL}=${applysetId(name)}`;
  expect(await harness.client.list('v1', 'ConfigMap', { labelSelector })).toEqual([]);
});
