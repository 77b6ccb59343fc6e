import { expect, test } from 'vitest';
import { applysetId } from '../../../../src/addons/applyset.ts';
import type { Inventory, InventoryEntry } from '../../../../src/addons/inventory.ts';
import type { KubeReader } from '../../../../src/kube/kube-client.ts';
import { type KubeObject, refOf } from '../../../../src/objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../../../src/objects/object-key.ts';
import { NOTHING_DECLARED } from '../../../../src/observe/addons/declared-objects.ts';
import { lookAtLeaving } from '../../../../src/observe/addons/leaving/look-at-leaving.ts';
import { CLAIM, owned, readerOf } from '../cluster-fixture.ts';

const database = owned({ apiVersion: 'db.example.com/v1', kind: 'Database' }, 'db');
const set = owned({ apiVersion: 'apps/v1', kind: 'StatefulSet' }, 'db', [database]);
const claim = owned(CLAIM, 'data-db-0', [set]);
const ledger = owned({ apiVersion: 'v1', kind: 'ConfigMap' }, 'ledger', [set]);
const shop = owned({ apiVersion: 'v1', kind: 'Namespace' }, 'shop');

interface Given {
  readonly leaving?: KubeObject;
  readonly others?: readonly InventoryEntry[];
  readonly declared?: readonly KubeObject[];
  readonly kept?: readonly string[];
  readonly protect?: readonly string[];
}

/** One add-on has what leaves on record, and others. */
function look({ leaving = database, others = [], declared = [], kept, protect = [] }: Given) {
  const client = readerOf([database, set, claim, ledger, shop]) as KubeReader;
  const entries = [refOf(leaving), ...others];
  const inventories: readonly Inventory[] = [{ addon: 'web', dependsOn: [], prune: true, entries }];
  const { uid } = leaving.metadata;
  const seen = new Map([[keyOf(refOf(leaving)), { ...(uid && { uid }), health: { status: 'healthy' } as const }]]);
  const listed = new Map([[groupKindOf(leaving), { namespaced: true, bySet: new Map([[applysetId('web'), seen]]) }]]);
  const byKey = new Map(
    declared.map((object) => {
      const key = keyOf(refOf(object));
      return [key, { addon: 'web', key, digest: 'd', mode: 'correct' as const }];
    }),
  );
  const wanted = { rendered: [], protect, kept, declared: { ...NOTHING_DECLARED, byKey } };
  return lookAtLeaving(client, { inventories, listed }, wanted, undefined);
}

test.for<[string, Given]>([
  ['declares it', { others: [refOf(claim)], declared: [claim] }],
  ['declares it, and has not applied it', { declared: [claim] }],
  ['adopted it', { others: [{ ...refOf(claim), adopted: true }] }],
  ['keeps it on its record', { others: [{ ...refOf(claim), kept: true }] }],
  ['had it kept by the head before', { others: [refOf(claim)], kept: [keyOf(refOf(claim))] }],
])('a claim that goes through what is on nobody’s record is to stay where an add-on %s', async ([_, given]) => {
  expect(await look(given)).toEqual([
    {
      ...{ ref: refOf(database), names: [], count: 0 },
      stays: { names: ['PersistentVolumeClaim shop/data-db-0'], count: 1 },
    },
  ]);
});

test('so is anything else, and what leaves itself is not', async () => {
  const [found] = await look({ others: [refOf(claim)], declared: [ledger] });
  expect(found).toMatchObject({ count: 0, stays: { names: ['ConfigMap shop/ledger'] } });
  expect(await look({ others: [refOf(claim)] })).toEqual([]);
  expect(await look({})).toMatchObject([{ names: ['PersistentVolumeClaim shop/data-db-0'], count: 1 }]);
});

test('a Namespace that was looked into is told of, also where nothing in it matters; nothing is asked while nothing leaves', async () => {
  const others = [database, set, claim, ledger].map(refOf);
  expect(await look({ leaving: shop, others })).toMatchObject([{ ref: refOf(shop), count: 0 }]);
  expect(await look({ leaving: shop, others, declared: [shop, database, set, claim, ledger] })).toEqual([]);
});
