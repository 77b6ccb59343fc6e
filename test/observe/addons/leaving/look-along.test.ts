import { expect, test } from 'vitest';
import { definedBy } from '../../../../src/addons/deletion/cascade.ts';
import { KubicError } from '../../../../src/errors/kubic-error.ts';
import { type KubeObject, refOf } from '../../../../src/objects/kube-object.ts';
import { keyOf } from '../../../../src/objects/object-key.ts';
import { lookAlong } from '../../../../src/observe/addons/leaving/look-along.ts';
import { openDependents } from '../../../../src/observe/addons/leaving/read-dependents.ts';
import { CLAIM, owned, readerOf } from '../cluster-fixture.ts';

const DATABASE = { apiVersion: 'db.example.com/v1', kind: 'Database' };
const SET = { apiVersion: 'apps/v1', kind: 'StatefulSet' };
const definition = owned(
  { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
  'databases.db.example.com',
  [],
  {
    spec: {
      ...{ group: 'db.example.com', names: { kind: 'Database' } },
      versions: [{ name: 'v1', served: true, storage: true }],
    },
  },
);
const database = owned(DATABASE, 'db');
const keys = owned({ apiVersion: 'v1', kind: 'Secret' }, 'keys', [database]);
const shop = owned({ apiVersion: 'v1', kind: 'Namespace' }, 'shop');
const set = owned(SET, 'db', [database]);
const claim = owned(CLAIM, 'data-db-0', [set]);
const volume = (persistentVolumeReclaimPolicy = 'Delete'): KubeObject =>
  owned({ apiVersion: 'v1', kind: 'PersistentVolume' }, 'pv1', [], {
    spec: { claimRef: { uid: claim.metadata.uid }, persistentVolumeReclaimPolicy },
  });

interface Given {
  readonly protect?: readonly string[];
  readonly recorded?: readonly KubeObject[];
  readonly staying?: readonly KubeObject[];
  readonly failing?: Readonly<Record<string, KubicError>>;
  readonly away?: readonly string[];
}

function look(live: KubeObject, objects: readonly KubeObject[], given: Given = {}) {
  const { protect = [], recorded = [], staying = [], ...faults } = given;
  const client = readerOf([live, ...objects], faults);
  const isIn = (some: readonly KubeObject[]) => (key: string) => some.some((object) => keyOf(refOf(object)) === key);
  const options = { isRecorded: isIn([...recorded, ...staying]), stays: isIn(staying), protect };
  const looked = { ref: refOf(live), uid: live.metadata.uid, defines: definedBy(live) };
  return lookAlong(client, looked, { dependents: openDependents(client, { protect }), options });
}

test('what is protected and goes with an object of a kind holds its definition', async () => {
  const found = await look(definition, [database, keys], { protect: ['Secret/shop/keys'] });
  expect(found).toMatchObject({ names: ['Database shop/db'], count: 1, protected: 'Secret shop/keys' });
  expect((await look(definition, [database, keys])).protected).toBeUndefined();
});

test('also where the objects of that kind cannot be read', async () => {
  const failing = { Database: new KubicError('kube.unexpected', { detail: 'no webhook' }) };
  const found = await look(definition, [database, keys], { protect: ['Secret/shop/keys'], failing });
  expect(found).toMatchObject({ protected: 'Secret shop/keys', unknown: expect.stringContaining('no webhook') });
  const other = owned({ apiVersion: 'v1', kind: 'Secret' }, 'other');
  const free = await look(definition, [database, keys, other], { protect: ['Secret/shop/other'], failing });
  expect([free.protected, free.unknown]).toEqual([undefined, expect.stringContaining('no webhook')]);
});

test.for<[string, Given]>([
  ['', {}],
  [', also where an API in it cannot be read', { away: ['gauges.example.com/v1'] }],
])('a volume that is protected and goes with a claim inside holds its Namespace%s', async ([_, given]) => {
  const protect = ['PersistentVolume/pv1'];
  expect(await look(shop, [claim, volume()], { protect, ...given })).toMatchObject({
    protected: 'PersistentVolume pv1',
  });
  expect((await look(shop, [claim, volume('Retain')], { protect, ...given })).protected).toBeUndefined();
});

test('what is inside is counted once, whoever owns it', async () => {
  expect(await look(shop, [database, set, claim])).toMatchObject({
    names: ['PersistentVolumeClaim shop/data-db-0', 'Database shop/db'],
    count: 2,
  });
});

test('what is declared, or stays by its record, holds what owns it through what is on nobody’s record', async () => {
  expect(await look(database, [set, claim], { staying: [claim] })).toMatchObject({
    count: 0,
    stays: { names: ['PersistentVolumeClaim shop/data-db-0'], count: 1 },
  });
  expect(await look(database, [set, claim], { recorded: [claim] })).toEqual({
    ref: refOf(database),
    names: [],
    count: 0,
  });
});

test.for(['kube.overloaded', 'kube.timeout', 'kube.forbidden', 'kube.unexpected'] as const)(
  'where a kind that is served cannot be listed (%s), it is not known what goes along',
  async (code) => {
    const failing = { StatefulSet: new KubicError(code), PodSet: new KubicError(code) };
    for (const what of [SET, { apiVersion: 'core.example.com/v1', kind: 'PodSet' }]) {
      const between = owned(what, 'db', [database]);
      const data = owned(CLAIM, 'data-db-0', [between]);
      expect((await look(database, [between, data], { failing })).unknown).toContain('cannot be read');
    }
  },
);

test('what is protected and goes with what cannot be listed may go along; nothing else is taken for it', async () => {
  const between = owned({ apiVersion: 'core.example.com/v1', kind: 'PodSet' }, 'db', [database]);
  const secret = owned({ apiVersion: 'v1', kind: 'Secret' }, 'keys', [between]);
  const failing = { PodSet: new KubicError('kube.overloaded') };
  const found = (protect: string) => look(database, [between, secret], { failing, protect: [protect] });
  expect(await found('Secret/shop/keys')).toMatchObject({ protected: 'Secret shop/keys' });
  expect((await found('Secret/shop/other')).protected).toBeUndefined();
  expect(await found('PodSet/shop/db')).toMatchObject({ protected: 'PodSet shop/db' });
});

test('an API that does not say what it has makes nothing unknown', async () => {
  expect(await look(database, [set], { away: ['gauges.example.com/v1'] })).toEqual({
    ...{ ref: refOf(database), names: [], count: 0 },
  });
});

test('a kind that is gone by the time it is listed took its objects along, unless its definition is there', async () => {
  const failing = { Database: new KubicError('kube.not-found') };
  const others = [owned(DATABASE, 'other'), claim];
  expect((await look(set, others, { failing, recorded: [claim] })).unknown).toBeUndefined();
  const found = await look(set, [...others, definition], { failing, recorded: [claim] });
  expect(found.unknown).toContain('of databases.db.example.com');
});
