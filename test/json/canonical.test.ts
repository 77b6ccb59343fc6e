import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, digestOf } from '../../src/json/canonical.ts';

test('the same value has the same text, whatever the order of its keys', () => {
  expect(canonicalJson({ b: 1, a: { d: [], c: undefined }, '10': 'x', '9': 'y' })).toBe(
    canonicalJson({ '9': 'y', '10': 'x', a: { d: [] }, b: 1 }),
  );
  expect(canonicalJson({ b: [2, undefined, 1n], a: null })).toBe('{"a":null,"b":[2,null,1]}');
});

test('digests stay what they are: they stand in the inventories of clusters', () => {
  const value = { b: 1, a: { '10': 'x', '9': 'y', é: [null, 1n, 'ü\u2028'] }, Z: -0, '': [] };
  expect(canonicalJson(value)).toBe('{"":[],"Z":0,"a":{"10":"x","9":"y","é":[null,1,"ü\u2028"]},"b":1}');
  expect(digestOf(value)).toBe('_HNv87fyeRAmBfbL_IbhSY');
});

test('whatever stands in order already is written as what has to be sorted', () => {
  const isObject = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const sorted = (_: string, value: unknown): unknown =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
  const keys = fc.constantFrom('a', 'b', 'c', 'toJSON', 'é', '"');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, fc.jsonValue({ maxDepth: 0 }), fc.array(tie('tree')), tie('object')),
    object: fc.dictionary(keys, tie('tree'), { noNullPrototype: true }),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expect(canonicalJson(value)).toBe(JSON.stringify(value, sorted));
    }),
  );
});
