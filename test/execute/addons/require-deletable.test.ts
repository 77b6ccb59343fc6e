import { expect, test } from 'vitest';
import { confirmationOf } from '../../../src/addons/deletion/confirmation.ts';
import {
  type DeletionGuard,
  requireDeletable,
  requireReplaceable,
} from '../../../src/execute/addons/delete/require-deletable.ts';
import type { KubeClient } from '../../../src/kube/kube-client.ts';
import { type KubeObject, refOf } from '../../../src/objects/kube-object.ts';
import { keyOf } from '../../../src/objects/object-key.ts';
import { openDependents } from '../../../src/observe/addons/leaving/read-dependents.ts';
import { CLAIM, owned, readerOf } from '../../observe/addons/cluster-fixture.ts';

const database = owned({ apiVersion: 'db.example.com/v1', kind: 'Database' }, 'db');
const set = owned({ apiVersion: 'apps/v1', kind: 'StatefulSet' }, 'db', [database]);
const claim = owned(CLAIM, 'data-db-0', [set]);
const ledger = owned({ apiVersion: 'v1', kind: 'ConfigMap' }, 'ledger', [set]);
const shop = owned({ apiVersion: 'v1', kind: 'Namespace' }, 'shop');
const volume = owned({ apiVersion: 'v1', kind: 'PersistentVolume' }, 'pv1', [], {
  spec: { claimRef: { uid: claim.metadata.uid }, persistentVolumeReclaimPolicy: 'Delete' },
});

interface Given {
  readonly recorded?: readonly KubeObject[];
  readonly staying?: readonly KubeObject[];
  readonly protect?: readonly string[];
  readonly isConfirmed?: boolean;
}

function guardOf(
  live: KubeObject,
  { recorded = [], staying = [], protect = [], isConfirmed = false }: Given,
): DeletionGuard {
  const client = readerOf([database, set, claim, ledger, shop, volume]) as KubeClient;
  const keys = (objects: readonly KubeObject[]) => async () => new Set(objects.map((object) => keyOf(refOf(object))));
  return {
    client,
    guards: { protect, confirm: isConfirmed ? [confirmationOf(refOf(live))] : [] },
    rendered: [],
    recorded: keys([...recorded, ...staying]),
    staying: keys(staying),
    leavingApis: async () => new Set<string>(),
    dependents: openDependents(client, { protect }),
    signal: new AbortController().signal,
  };
}
const remove = (live: KubeObject, given: Given) => requireDeletable(live, guardOf(live, given));
const replace = (live: KubeObject, given: Given) => requireReplaceable(live, false, guardOf(live, given));

test('what is protected holds the Namespace of what owns it, whatever is confirmed', async () => {
  const protect = ['PersistentVolume/pv1'];
  await expect(remove(shop, { protect, isConfirmed: true })).rejects.toThrow('PersistentVolume pv1 is protected');
  await expect(remove(shop, { isConfirmed: true })).resolves.toBeUndefined();
});

test('what is to stay holds what owns it through what is on nobody’s record, until that is confirmed', async () => {
  await expect(remove(database, { staying: [claim] })).rejects.toThrow(
    'what it owns would go with it: PersistentVolumeClaim shop/data-db-0 is to stay',
  );
  await expect(remove(database, { staying: [claim], isConfirmed: true })).resolves.toBeUndefined();
  await expect(remove(database, { recorded: [claim] })).resolves.toBeUndefined();
});

test('to be made anew, a claim holds its owner whoever has it on record; what was made for the owner does not', async () => {
  await expect(replace(database, { recorded: [claim] })).rejects.toThrow('PersistentVolumeClaim shop/data-db-0');
  await expect(replace(set, { staying: [ledger] })).rejects.toThrow('ConfigMap shop/ledger is to stay');
  await expect(replace(ledger, {})).resolves.toBeUndefined();
});
