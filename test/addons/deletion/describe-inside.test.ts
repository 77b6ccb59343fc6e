import { expect, test } from 'vitest';
import { describeInside } from '../../../src/addons/deletion/describe-inside.ts';

const ref = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' };
const nothing = { ref, names: [], count: 0 };

test('what nobody has on record and what is to stay are told apart', () => {
  expect(
    describeInside({ ref, names: ['Pod a', 'Pod b'], count: 3, stays: { names: ['Secret s'], count: 1 } }),
  ).toEqual(["Pod a, Pod b and 1 more are on no add-on's record", 'Secret s is to stay']);
  expect(describeInside({ ...nothing, stays: { names: ['Secret s'], count: 2 } })).toEqual([
    'Secret s and 1 more are to stay',
  ]);
  expect(describeInside(nothing)).toEqual([]);
  expect(describeInside(undefined)).toEqual([]);
});

test('where it is not known, that alone is said', () => {
  expect(describeInside({ ...nothing, count: 1, unknown: 'nobody knows' })).toEqual(['nobody knows']);
});

test('what was told already is not told again', () => {
  const told = new Set(['Secret s']);
  expect(describeInside({ ...nothing, stays: { names: ['Secret s'], count: 1 } }, told)).toEqual([]);
  expect(describeInside({ ...nothing, stays: { names: ['Secret s', 'Secret t'], count: 2 } }, told)).toEqual([
    'Secret t is to stay',
  ]);
});
