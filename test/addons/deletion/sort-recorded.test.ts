import { expect, test } from 'vitest';
import { sortRecorded } from '../../../src/addons/deletion/sort-recorded.ts';
import type { Inventory, InventoryEntry } from '../../../src/addons/inventory.ts';

const object = (name: string, more: Partial<InventoryEntry> = {}): InventoryEntry => ({
  ...{ apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name },
  ...more,
});
const inventory = (addon: string, entries: readonly InventoryEntry[], prune = true): Inventory => ({
  ...{ addon, entries, prune, dependsOn: [] },
});
const sort = (inventories: readonly Inventory[], more: Partial<Parameters<typeof sortRecorded>[1]> = {}) => {
  const { leaving, staying } = sortRecorded(inventories, { rendered: [], declared: new Set(), kept: [], ...more });
  return [leaving.map(({ addon, entry }) => `${addon} ${entry.name}`), [...staying]];
};

test('what nobody declares leaves; what is kept, adopted or of the cluster stays', () => {
  const node = { apiVersion: 'v1', kind: 'Node', name: 'w-1' };
  const entries = [object('a'), object('b', { kept: true }), object('c', { adopted: true }), node];
  expect(sort([inventory('web', entries)])).toEqual([
    ['web a'],
    ['/Secret/shop/b', '/Secret/shop/c', '/Node/default/w-1'],
  ]);
});

test('what is declared stays, whoever has it on record, and so does what the head before kept', () => {
  const declared = new Set(['/Secret/shop/a', '/Secret/shop/new']);
  expect(sort([inventory('web', [object('a'), object('b')])], { declared, kept: ['/Secret/shop/b'] })).toEqual([
    [],
    ['/Secret/shop/a', '/Secret/shop/new', '/Secret/shop/b'],
  ]);
});

test('what an add-on without pruning has stays; the repository says so before its record does', () => {
  expect(sort([inventory('web', [object('a')], false)])).toEqual([[], ['/Secret/shop/a']]);
  const rendered = [{ name: 'web', prune: true }];
  expect(sort([inventory('web', [object('a')], false)], { rendered })).toEqual([['web a'], []]);
});

test('what one record lets go and another keeps is looked at, and stays', () => {
  const both = [inventory('web', [object('a')]), inventory('data', [object('a', { kept: true })])];
  expect(sort(both)).toEqual([['web a'], ['/Secret/shop/a']]);
});
