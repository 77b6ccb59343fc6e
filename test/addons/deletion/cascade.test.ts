import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { definedBy, goesWith, isCascading, takesText } from '../../../src/addons/deletion/cascade.ts';
import { findTakenAlong } from '../../../src/addons/deletion/taken-along.ts';
import type { KubeObject } from '../../../src/objects/kube-object.ts';
import type { ObjectRef } from '../../../src/objects/object-ref.ts';

const NOTHING = { ties: [], defines: [] };
const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' };
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name: 'policies.example.com',
};
const inShop = (kind: string, name: string): ObjectRef => ({ apiVersion: 'v1', kind, namespace: 'shop', name });
const policy = { apiVersion: 'example.com/v1', kind: 'Policy', namespace: 'shop', name: 'strict' };

function taken(ref: ObjectRef, others: readonly ObjectRef[], known = NOTHING as Parameters<typeof findTakenAlong>[2]) {
  return findTakenAlong(
    ref,
    others.map((other) => ({ ref: other })),
    known,
  ).map((each) => each.ref.name);
}

describe('a deletion takes along', () => {
  test('everything in a Namespace, and nothing beside it', () => {
    const elsewhere = { ...inShop('ConfigMap', 'b'), namespace: 'other' };
    const cluster = { apiVersion: 'v1', kind: 'PersistentVolume', name: 'shop' };
    expect(taken(namespace, [inShop('ConfigMap', 'a'), elsewhere, cluster, namespace])).toEqual(['a']);
  });

  test('every object of a definition’s kind, at any version and in any namespace', () => {
    const defines = [{ name: definition.name, group: 'example.com', kind: 'Policy' }];
    const others = [
      policy,
      { ...policy, apiVersion: 'example.com/v2', name: 'v2' },
      { ...policy, kind: 'Rule', name: 'rule' },
      { ...policy, apiVersion: 'other.com/v1', name: 'foreign' },
    ];
    expect(taken(definition, others, { ties: [], defines })).toEqual(['strict', 'v2']);
    // whose kind is not known is taken for every kind of its group
    expect(taken(definition, others)).toEqual(['strict', 'v2', 'rule']);
  });

  test('what only has the name and fields of a claim or a volume, in another API, with none', () => {
    const metadata = { name: 'data', namespace: 'shop' };
    for (const [kind, spec] of [
      ['PersistentVolumeClaim', { volumeName: 'pv-1' }],
      ['PersistentVolume', { claimRef: { namespace: 'shop', name: 'data' } }],
    ] as const)
      expect(goesWith({ apiVersion: 'example.com/v1', kind, metadata, spec })).toEqual([]);
  });

  test('a volume with its claim, a claim with its volume, and both with the Namespace', () => {
    const claim: KubeObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'shop' },
      spec: { volumeName: 'pv-1' },
    };
    const volume: KubeObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv-1' },
      spec: { claimRef: { namespace: 'shop', name: 'data' } },
    };
    const [claimRef, volumeRef] = [
      inShop('PersistentVolumeClaim', 'data'),
      { apiVersion: 'v1', kind: 'PersistentVolume', name: 'pv-1' },
    ];
    const ties = [
      { ref: claimRef, goesWith: goesWith(claim) },
      { ref: volumeRef, goesWith: goesWith(volume) },
    ];
    expect(taken(claimRef, [volumeRef], { ties, defines: [] })).toEqual(['pv-1']);
    expect(taken(volumeRef, [claimRef], { ties, defines: [] })).toEqual(['data']);
    expect(taken(namespace, [volumeRef, claimRef], { ties, defines: [] })).toEqual(['data', 'pv-1']);
  });

  test('what owner references name, however long the chain', () => {
    const owned = (name: string, owner: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name,
        namespace: 'shop',
        ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: owner, uid: 'u' }],
      },
    });
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }), (order) => {
        const ties = [1, 2, 3, 4, 5, 6].map((index) => ({
          ref: inShop('ConfigMap', `c${index}`),
          goesWith: goesWith(owned(`c${index}`, `c${index - 1}`)),
        }));
        const others = order.map((index) => inShop('ConfigMap', `c${index}`));
        expect(taken(inShop('ConfigMap', 'c0'), others, { ties, defines: [] })).toHaveLength(6);
        expect(taken(inShop('ConfigMap', 'c4'), others, { ties, defines: [] }).toSorted()).toEqual(['c5', 'c6']);
      }),
    );
  });

  test('nothing, for what contains nothing', () => {
    expect(taken(inShop('ConfigMap', 'shop'), [inShop('Secret', 's'), namespace, policy])).toEqual([]);
  });

  test('as many as there are in no more than linear work', () => {
    const others = Array.from({ length: 20_000 }, (_, index) => inShop('ConfigMap', `c${index}`));
    let looks = 0;
    const counted = others.map((ref) => ({
      get ref() {
        looks += 1;
        return ref;
      },
    }));
    expect(findTakenAlong(namespace, counted, NOTHING)).toHaveLength(20_000);
    expect(looks).toBeLessThan(20_000 * 6);
  });
});

test('it is said in words what goes along', () => {
  expect(takesText(namespace)).toBe('everything in it');
  expect(takesText(definition)).toBe('every object of its kind');
  expect(takesText({ apiVersion: 'example.com/v1', kind: 'Namespace', name: 'x' })).toBeUndefined();
  expect(takesText(policy)).toBeUndefined();
});

test('a definition that is half of one defines nothing', () => {
  for (const spec of [undefined, 1, {}, { group: 'a' }, { group: 'a', names: [] }]) {
    expect(
      definedBy({ apiVersion: 'v1', kind: 'CustomResourceDefinition', metadata: { name: 'x' }, spec }),
    ).toBeUndefined();
  }
});

test.each([
  ['v1', 'Namespace', 'everything in it'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'every object of its kind'],
  ['v1', 'PersistentVolumeClaim', 'its volume and the data in it'],
  ['v1', 'PersistentVolume', 'the data in it'],
  ['v1', 'ConfigMap', undefined],
  ['example.com/v1', 'Namespace', undefined],
  ['example.com/v1', 'PersistentVolume', undefined],
])('of a %s %s people are told that it takes %s along', (apiVersion, kind, text) => {
  const ref = { apiVersion, kind, name: 'x' };
  expect(takesText(ref)).toBe(text);
  expect(isCascading(ref)).toBe(text !== undefined);
});
