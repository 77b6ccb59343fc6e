import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applysetId, inventoryRef, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import {
  addonNameOf,
  decodeInventory,
  encodeInventory,
  type Inventory,
  type InventoryEntry,
  isSameInventory,
} from '../../src/addons/inventory.ts';

const INVENTORY: Inventory = {
  addon: 'web',
  appliedDigest: 'd',
  dependsOn: ['cni'],
  prune: true,
  entries: [
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', rendered: 'r', live: 'l' },
    { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'web', kept: true, corrections: [1] },
    { apiVersion: 'v1', kind: 'Namespace', name: 'shop' },
  ],
};

test('an inventory comes back as it was written, for an add-on of any name', async () => {
  const entry = fc.record({ apiVersion: fc.string(), kind: fc.string(), name: fc.string(), rendered: fc.string() });
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.array(entry), fc.boolean(), async (addon, entries, prune) => {
      const inventory = { addon, dependsOn: [], prune, entries };
      expect(decodeInventory(await encodeInventory(inventory, undefined))).toEqual(inventory);
    }),
  );
});

test('its Secret is the parent of an ApplySet', async () => {
  expect(await encodeInventory(INVENTORY, undefined)).toMatchObject({
    kind: 'Secret',
    metadata: {
      namespace: 'kube-system',
      name: expect.stringMatching(/^kubic-init-addon-[0-9a-f]{16}$/),
      labels: { 'applyset.kubernetes.io/id': applysetId('web') },
      annotations: {
        'applyset.kubernetes.io/tooling': 'kubic-init/v1',
        'applyset.kubernetes.io/contains-group-kinds': 'ConfigMap,Deployment.apps,Namespace',
        'applyset.kubernetes.io/additional-namespaces': 'shop',
      },
    },
  });
  expect(applysetId('web')).toMatch(/^applyset-[A-Za-z0-9_-]{43}-v1$/);
  expect(applysetId('web')).not.toBe(applysetId('Web'));
});

test('five thousand objects fit in a third of what a Secret holds', async () => {
  const random = (): string =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(17)))
      .toString('base64url')
      .slice(0, 22);
  const entries = Array.from({ length: 5000 }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'a-namespace-of-usual-length',
    name: `a-config-map-of-usual-length-${index}`,
    rendered: random(),
    live: random(),
  }));
  const secret = await encodeInventory({ ...INVENTORY, entries }, undefined);
  const [packed] = Object.values(secret.data as Record<string, string>);
  expect(Buffer.from(packed ?? '', 'base64').length).toBeLessThan(350_000);
});

test.for<[string, string | undefined]>([
  ['nothing', undefined],
  ['no gzip', Buffer.from('{}').toString('base64')],
  ['no JSON', gzipSync('x').toString('base64')],
  ['no inventory', gzipSync('{"entries": []}').toString('base64')],
  ['entries that name nothing', gzipSync('{"addon": "web", "entries": [{"kind": 1}]}').toString('base64')],
  ['that of another add-on', gzipSync('{"addon": "other", "entries": []}').toString('base64')],
  ['a bomb', gzipSync(Buffer.alloc(40 * 1024 * 1024, 32)).toString('base64')],
])('a Secret with %s is unreadable, not empty', ([, packed]) => {
  const { name } = inventoryRef('web');
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name }, data: { 'inventory.json.gz': packed } };
  expect(() => decodeInventory(secret)).toThrow('cannot be read');
});

test('its Secret says of whom it is, and is found with all others by one label', async () => {
  const name = expect.stringMatching(/^kubic-init-addon-[0-9a-f]{16}$/) as string;
  expect(inventoryRef('web')).toEqual({ apiVersion: 'v1', kind: 'Secret', namespace: 'kube-system', name });
  const secret = await encodeInventory(INVENTORY, undefined);
  expect(secret).toMatchObject({
    apiVersion: 'v1',
    type: 'kubic.suse.com/inventory',
    metadata: {
      labels: { 'kubic.suse.com/inventory': 'addon' },
      annotations: { 'kubic.suse.com/addon': 'web' },
    },
  });
  expect(secret.metadata).not.toHaveProperty('resourceVersion');
  expect(addonNameOf(secret)).toBe('web');
  expect(addonNameOf({ ...secret, metadata: { name: 'kubic-init-addon-x' } })).toBe('kubic-init-addon-x');
  // KEP-3659: kubectl looks for it
  expect(PART_OF_LABEL).toBe('applyset.kubernetes.io/part-of');
});

test('its Secret is written over the one that was read, and over no other', async () => {
  const previous = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', resourceVersion: '7' } };
  expect((await encodeInventory(INVENTORY, previous)).metadata.resourceVersion).toBe('7');
  const unversioned = { ...previous, metadata: { name: 'x' } };
  expect((await encodeInventory(INVENTORY, unversioned)).metadata).not.toHaveProperty('resourceVersion');
});

test('what an inventory of another version lacks, or has in another form, is left out; it prunes unless it says otherwise', () => {
  const decode = (value: object) => {
    const packed = gzipSync(JSON.stringify({ addon: 'web', entries: [], ...value })).toString('base64');
    const { name } = inventoryRef('web');
    return decodeInventory({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      data: { 'inventory.json.gz': packed },
    });
  };
  expect(decode({})).toEqual({ addon: 'web', dependsOn: [], prune: true, entries: [] });
  expect(decode({ appliedDigest: 7, dependsOn: ['cni', 7], prune: false })).toEqual({
    addon: 'web',
    dependsOn: ['cni'],
    prune: false,
    entries: [],
  });
  expect(() => decode({ entries: [{ apiVersion: 'v1', kind: 'ConfigMap' }] })).toThrow('cannot be read');
});

test('an inventory is untouched only where everything in it is the very same', () => {
  const [entry, other] = ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', name }));
  const inventory: Inventory = { ...INVENTORY, appliedDigest: 'd', entries: [entry, other] as InventoryEntry[] };
  expect(isSameInventory({ ...inventory, entries: [...inventory.entries] }, inventory)).toBe(true);
  const changes: readonly Partial<Inventory>[] = [
    { addon: 'other' },
    { appliedDigest: 'e' },
    { dependsOn: [...INVENTORY.dependsOn, 'more'] },
    { prune: !INVENTORY.prune },
    { entries: inventory.entries.slice(0, 1) },
    { entries: [...inventory.entries, { ...inventory.entries[0] } as InventoryEntry] },
    { entries: inventory.entries.map((each) => ({ ...each, kept: true })) },
  ];
  for (const change of changes) expect(isSameInventory({ ...inventory, ...change }, inventory)).toBe(false);
  const { appliedDigest: _, ...incomplete } = inventory;
  expect(isSameInventory(incomplete, inventory)).toBe(false);
});
