import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { confirmationOf } from '../../src/addons/deletion/confirmation.ts';
import type { Action } from '../../src/plan/actions.ts';
import { addonOf, configMap, type GuardsGiven, type Harness, type TestNamespace } from './addons-harness.ts';
import { onServerOfItsOwn } from './own-server.ts';

vi.mock('../../src/execute/addons/ask-again.ts', async (original) => {
  const { shortenPatience } = await import('../support/short-patience.ts');
  return shortenPatience(await original());
});

let t: TestNamespace;
let ns: string;
let harness: Harness;

// an API that is down is down for everybody.
onServerOfItsOwn((begun) => {
  t = begun;
  ({ ns, harness } = t);
});

const ownedBy = async (kind: string, name: string, apiVersion = 'v1') => {
  const owner = await t.get(kind, name, apiVersion);
  return { ownerReferences: [{ apiVersion, kind, name, uid: owner?.metadata.uid ?? '' }] };
};
const create = (kind: string, name: string, metadata: object, more: object = {}) =>
  harness.client.create({ apiVersion: 'v1', kind, metadata: { name, namespace: ns, ...metadata }, ...more });
const CLAIM = { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
const keep = { annotations: { 'kubic.suse.com/prune': 'disabled' } };
const planned = async (): Promise<Action> => {
  const [action] = (await harness.plan([])).actions;
  return action ?? expect.unreachable();
};

test('a claim that a StatefulSet takes along by its own retention policy holds it, until a commit confirms', async () => {
  const set = `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: ${ns}}
spec:
  serviceName: db
  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Retain}
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: none}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
`;
  await harness.sync([addonOf(`${ns}-db`, set)]);
  const claim = () => t.get('PersistentVolumeClaim', 'data-db-0');
  await expect.poll(async () => (await claim())?.metadata.ownerReferences, { timeout: 30_000 }).toHaveLength(1);
  const { plan, errors } = await harness.sync([]);
  expect([plan.actions, errors]).toEqual([[], []]);
  expect(plan.held[0]?.reason).toBe(
    `it left the repository, but PersistentVolumeClaim ${ns}/data-db-0 is on no add-on's record, and would go with it`,
  );
  expect(await claim()).toBeDefined();
  expect((await harness.sync([], { confirm: [plan.held[0]?.confirm ?? ''] })).errors).toEqual([]);
  expect(await t.get('StatefulSet', 'db', 'apps/v1')).toBeUndefined();
});

describe('right before the request, what came after the plan holds its owner:', () => {
  const expectRefusal = async (action: Action, guards: GuardsGiven, ...texts: string[]): Promise<void> => {
    for (const text of texts) await expect(harness.execute(action, [], guards)).rejects.toThrow(text);
    expect(await t.get('ConfigMap', 'owner')).toBeDefined();
  };
  const ownerRef = () => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: ns, name: 'owner' });

  beforeEach(async () => {
    await harness.sync([addonOf(`${ns}-web`, configMap(ns, 'owner'))]);
  });

  test('a claim, also through what others made for it', async () => {
    const action = await planned();
    await create('ConfigMap', 'between', await ownedBy('ConfigMap', 'owner'));
    await create('PersistentVolumeClaim', 'data', await ownedBy('ConfigMap', 'between'), CLAIM);
    await expectRefusal(action, [], `PersistentVolumeClaim ${ns}/data is on no add-on's record`, 'guards.confirm');
    await harness.execute(action, [], { confirm: [confirmationOf(ownerRef())] });
    expect(await t.get('ConfigMap', 'owner')).toBeUndefined();
  });

  test('what carries prune: disabled', async () => {
    const action = await planned();
    await create('Secret', 'keys', { ...(await ownedBy('ConfigMap', 'owner')), ...keep });
    await expectRefusal(action, [], `Secret ${ns}/keys`, 'guards.confirm');
    expect((await harness.plan([])).held[0]?.reason).toContain(`Secret ${ns}/keys`);
    await t.kubectl('annotate', 'secret', 'keys', '-n', ns, 'kubic.suse.com/prune-');
  });

  test('what guards.protect names, whatever is confirmed', async () => {
    const action = await planned();
    await create('Secret', 'keys', await ownedBy('ConfigMap', 'owner'));
    const confirm = [confirmationOf(ownerRef())];
    for (const entry of [`Secret/${ns}/keys`, 'Secret/keys']) {
      await expectRefusal(action, { protect: [entry], confirm }, `Secret ${ns}/keys is protected`);
      const [held] = (await harness.plan([], { protect: [entry], confirm })).held;
      expect(held).toMatchObject({ code: 'addons.protected' });
      expect(held?.confirm).toBeUndefined();
    }
  });

  test('and what was made for it alone goes along', async () => {
    const action = await planned();
    await create('Secret', 'keys', await ownedBy('ConfigMap', 'owner'));
    await harness.execute(action, []);
    expect(await t.get('ConfigMap', 'owner')).toBeUndefined();
    await expect.poll(() => t.get('Secret', 'keys'), { timeout: 30_000 }).toBeUndefined();
  });

  test('an object in any namespace, of an owner that has none', async () => {
    const role = `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: ${ns}}\nrules: []\n`;
    await harness.sync([addonOf(`${ns}-web`, configMap(ns, 'owner')), addonOf(`${ns}-role`, role)]);
    const plan = await harness.plan([addonOf(`${ns}-web`, configMap(ns, 'owner'))]);
    const [action] = plan.actions;
    await create('Secret', 'keys', { ...(await ownedBy('ClusterRole', ns, 'rbac.authorization.k8s.io/v1')), ...keep });
    if (action) await expect(harness.execute(action, [])).rejects.toThrow(`Secret ${ns}/keys`);
    expect(action?.spec).toMatchObject({ addon: `${ns}-role` });
    await t.kubectl('annotate', 'secret', 'keys', '-n', ns, 'kubic.suse.com/prune-');
  });
});

test('a volume that is protected holds its claim, unless it is retained', async () => {
  const claim = `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: ${ns}}\nspec: {accessModes: [ReadWriteOnce], storageClassName: '', volumeName: ${ns}, resources: {requests: {storage: 1Gi}}}\n`;
  const volume = { apiVersion: 'v1', kind: 'PersistentVolume', name: ns };
  await harness.sync([addonOf(`${ns}-data`, claim)]);
  await harness.client.create({
    ...{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: ns } },
    spec: {
      ...{ capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], storageClassName: '' },
      ...{ persistentVolumeReclaimPolicy: 'Delete', hostPath: { path: '/tmp/none' } },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: ns, name: 'data' },
    },
  });
  const bound = async () => ((await harness.client.get(volume))?.status as { phase?: string } | undefined)?.phase;
  await expect.poll(bound, { timeout: 30_000 }).toBe('Bound');
  const protect = [`PersistentVolume/${ns}`];
  const { plan } = await harness.sync([], { protect });
  expect(plan.actions).toEqual([]);
  expect(plan.held[0]?.reason).toContain(`PersistentVolume ${ns} is protected`);
  await harness.client.patch(volume, { spec: { persistentVolumeReclaimPolicy: 'Retain' } });
  expect((await harness.plan([], { protect })).held).toEqual([]);
});

test('a claim that nobody declared holds its volume', async () => {
  const volume = `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${ns}}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: ''
  persistentVolumeReclaimPolicy: Retain
  hostPath: {path: /tmp/none}
  claimRef: {apiVersion: v1, kind: PersistentVolumeClaim, namespace: ${ns}, name: data}
`;
  await create('PersistentVolumeClaim', 'data', {}, { spec: { ...CLAIM.spec, storageClassName: '', volumeName: ns } });
  await harness.sync([addonOf(`${ns}-data`, volume)]);
  const phase = async () =>
    ((await t.get('PersistentVolumeClaim', 'data'))?.status as { phase?: string } | undefined)?.phase;
  await expect.poll(phase, { timeout: 30_000 }).toBe('Bound');
  const { plan } = await harness.sync([]);
  expect(plan.actions).toEqual([]);
  expect(plan.held[0]?.reason).toContain(`PersistentVolumeClaim ${ns}/data is on no add-on's record`);
  await t.kubectl('delete', 'pvc', 'data', '-n', ns, '--wait=false');
  await t
    .kubectl('patch', 'pvc', 'data', '-n', ns, '--type=merge', '-p', '{"metadata":{"finalizers":null}}')
    .catch(() => '');
});

describe('while somebody’s API is down', () => {
  beforeEach(() =>
    harness.client.create({
      ...{ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: `v1.${ns}.example.com` } },
      spec: {
        ...{ group: `${ns}.example.com`, version: 'v1', groupPriorityMinimum: 100, versionPriority: 100 },
        service: { namespace: ns, name: 'nobody' },
      },
    }),
  );
  afterEach(() =>
    harness.client.delete({
      ...{ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', name: `v1.${ns}.example.com` },
    }),
  );

  test('what it may hide is held where guards.protect names such a kind, and nothing else is', async () => {
    await harness.sync([addonOf(`${ns}-web`, configMap(ns, 'a'))]);
    const { plan } = await harness.sync([], { protect: ['Ledger/main', 'Namespace/other', 'Secret/none'] });
    expect(plan.actions).toEqual([]);
    expect(plan.held[0]?.reason).toContain('Ledger main is protected, and may go with it');
    expect((await harness.sync([], { protect: ['Secret/none'] })).plan.held).toEqual([]);
    expect(await t.get('ConfigMap', 'a')).toBeUndefined();
  });

  test('a Namespace that is confirmed stays all the same where guards.protect names what may be inside', async () => {
    const space = { apiVersion: 'v1', kind: 'Namespace', name: `${ns}-space` };
    await harness.sync([addonOf(`${ns}-web`, `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${ns}-space}\n`)]);
    const remove: Action = {
      ...{ kind: 'addon.remove', scope: 'cluster', impact: 'destructive', reason: '' },
      spec: { addon: `${ns}-web`, prune: [space] },
    };
    const confirm = [confirmationOf(space)];
    for (const protect of [['Ledger/main'], [`Ledger/${ns}-space/main`]]) {
      await expect(harness.execute(remove, [], { protect, confirm })).rejects.toThrow(
        'is protected, and may go with it',
      );
      expect((await harness.plan([], { protect, confirm })).actions).toEqual([]);
    }
    await harness.execute(remove, [], { protect: [`Secret/${ns}/main`], confirm });
    expect((await harness.client.get(space))?.metadata.deletionTimestamp ?? 'gone').toBeDefined();
  });
});
