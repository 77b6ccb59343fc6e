import { expect, test } from 'vitest';
import { KubicError } from '../../../../src/errors/kubic-error.ts';
import type { KubeObject } from '../../../../src/objects/kube-object.ts';
import { type LookOptions, lookInside } from '../../../../src/observe/addons/leaving/look-inside.ts';

const NOTHING: LookOptions = { isRecorded: () => false, stays: () => false, protect: [] };
const SHOP = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' };
const DEFINITION = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'dbs.example.com' };

function object(kind: string, name: string, owners: readonly string[] = []): KubeObject {
  const apiVersion = kind === 'Db' ? 'example.com/v1' : 'v1';
  const ownerReferences = owners.map((uid) => ({ apiVersion: 'v1', kind: 'Any', name: uid, uid }));
  return { apiVersion, kind, metadata: { name, namespace: 'shop', uid: name, ownerReferences } };
}

/** An API server that has these objects; a kind that it names and says nothing of is down. */
function reader(
  objects: Readonly<Record<string, readonly KubeObject[] | undefined>>,
): Parameters<typeof lookInside>[0] {
  const names = {
    group: 'example.com',
    names: { kind: 'Db' },
    versions: [{ name: 'v1', served: true, storage: true }],
  };
  const resources = Object.keys(objects).map((kind) => ({
    ...{ kind, name: `${kind.toLowerCase()}s`, namespaced: true, verbs: ['list', 'delete'] },
  }));
  return {
    get: async () => ({ ...DEFINITION, metadata: { name: DEFINITION.name }, spec: names }),
    readPath: async (path) => (path === '/apis' ? { groups: [] } : { resources }),
    findResource: async (apiVersion, kind) => ({
      ...{ apiVersion, kind, plural: `${kind.toLowerCase()}s`, namespaced: true, verbs: ['list', 'delete'] },
    }),
    list: async (_, kind, { keep } = {}) => {
      const found = objects[kind];
      if (!found) throw new KubicError('kube.overloaded');
      return found.flatMap((each) => keep?.(each) ?? []);
    },
  };
}

test('what goes with an owner that is inside, too, is not counted again; claims always are', async () => {
  const client = reader({
    Pod: [object('Pod', 'web-0', ['web'])],
    ReplicationController: [object('ReplicationController', 'web')],
    PersistentVolumeClaim: [object('PersistentVolumeClaim', 'data', ['web'])],
  });
  expect((await lookInside(client, SHOP, NOTHING)).inside).toEqual({
    ref: SHOP,
    names: ['ReplicationController shop/web', 'PersistentVolumeClaim shop/data'],
    count: 2,
  });
});

test('what owns itself, or each other, or is owned by what Kubernetes makes by the way, is counted: no owner takes it along', async () => {
  const client = reader({
    Secret: [object('Secret', 'a', ['b']), object('Secret', 'b', ['a']), object('Secret', 'self', ['self'])],
    ConfigMap: [object('ConfigMap', 'kube-root-ca.crt'), object('ConfigMap', 'mine', ['kube-root-ca.crt'])],
    Pod: [object('Pod', 'web', ['app']), object('Pod', 'debug', ['web'])],
  });
  const isRecorded = (key: string): boolean => key === '/Pod/shop/web';
  const { inside } = await lookInside(client, SHOP, { ...NOTHING, isRecorded });
  expect([inside.names.toSorted(), inside.count]).toEqual([
    ['ConfigMap shop/mine', 'Secret shop/a', 'Secret shop/b', 'Secret shop/self'],
    4,
  ]);
});

test('what names more owners than anybody needs is counted, and they are not remembered', async () => {
  const many = Array.from({ length: 65 }, (_, at) => `u${at}`);
  const client = reader({ Secret: [object('Secret', 'u0'), object('Secret', 'many', many)] });
  expect((await lookInside(client, SHOP, NOTHING)).inside.count).toBe(2);
});

test('what names an owner that stays is counted: it would not go by itself', async () => {
  const owned = reader({ Secret: [object('Secret', 'keys', ['of-the-cluster'])] });
  expect((await lookInside(owned, SHOP, NOTHING)).inside).toMatchObject({ names: ['Secret shop/keys'], count: 1 });
  const databases = reader({ Db: [object('Db', 'orders', ['app']), object('Db', 'replica', ['orders'])] });
  expect((await lookInside(databases, DEFINITION, NOTHING)).inside).toMatchObject({
    names: ['Db shop/orders'],
    count: 1,
  });
});

test('what is protected is told also where the rest cannot be read', async () => {
  const client = reader({ Secret: [object('Secret', 'keys')], Pod: undefined });
  expect((await lookInside(client, SHOP, { ...NOTHING, protect: ['Secret/keys'] })).inside).toMatchObject({
    protected: 'Secret shop/keys',
    unknown: expect.stringContaining('cannot be read'),
  });
});
