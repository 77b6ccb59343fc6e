import { expect, test } from 'vitest';
import { findLeavingApis } from '../../../src/addons/deletion/leaving-apis.ts';
import type { Inventory, InventoryEntry } from '../../../src/addons/inventory.ts';
import { keyOf } from '../../../src/objects/object-key.ts';

const METRICS = { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', name: 'v1beta1.metrics.example.com' };

function leaving(entry: Partial<InventoryEntry>, more: Partial<Inventory> = {}, declared: readonly string[] = []) {
  const inventory = { addon: 'metrics', dependsOn: [], prune: true, entries: [{ ...METRICS, ...entry }], ...more };
  return [...findLeavingApis([inventory], new Set(declared))];
}

test('the API versions of APIServices that nobody declares any more are leaving', () => {
  expect(leaving({})).toEqual(['metrics.example.com/v1beta1']);
  expect(leaving({ name: 'v1.' })).toEqual(['/v1']);
});

test('what is declared, kept, adopted, or of an add-on that is not pruned, is not leaving', () => {
  expect(leaving({}, {}, [keyOf(METRICS)])).toEqual([]);
  expect(leaving({ kept: true })).toEqual([]);
  expect(leaving({ adopted: true })).toEqual([]);
  expect(leaving({}, { prune: false })).toEqual([]);
});

test('nothing but an APIService takes an API with it', () => {
  expect(leaving({ kind: 'Other' })).toEqual([]);
  expect(leaving({ apiVersion: 'example.com/v1' })).toEqual([]);
});
