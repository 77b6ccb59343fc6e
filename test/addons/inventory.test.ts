import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applysetId, inventoryRef } from '../../src/addons/applyset.ts';
import { decodeInventory, encodeInventory, type Inventory } from '../../src/addons/inventory.ts';

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

test('an inventory comes back as it was written, for an add-on of any name', () => {
  const entry = fc.record({ apiVersion: fc.string(), kind: fc.string(), name: fc.string(), rendered: fc.string() });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(entry), fc.boolean(), (addon, entries, prune) => {
      const inventory = { addon, dependsOn: [], prune, entries };
      expect(decodeInventory(encodeInventory(inventory, undefined))).toEqual(inventory);
    }),
  );
});

test('its Secret is the parent of an ApplySet', () => {
  expect(encodeInventory(INVENTORY, undefined)).toMatchObject({
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

test('five thousand objects fit in a third of what a Secret holds', () => {
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
  const secret = encodeInventory({ ...INVENTORY, entries }, undefined);
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
