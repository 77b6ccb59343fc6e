import { expect, test } from 'vitest';
import { checkDescent } from '../../../src/source/trust/descent.ts';

const parentsOf =
  (history: Readonly<Record<string, readonly string[]>>) =>
  (commit: string): readonly string[] | undefined =>
    history[commit];

const line = { e: ['d'], d: ['c'], c: ['b'], b: ['a'], a: [] };

test('a head descends from its ancestors and from itself', () => {
  for (const ancestor of ['e', 'c', 'a']) expect(checkDescent(parentsOf(line), 'e', ancestor)).toBe('descends');
});

test('an older commit and an unrelated one are rewinds', () => {
  expect(checkDescent(parentsOf(line), 'c', 'e')).toBe('rewound');
  expect(checkDescent(parentsOf({ ...line, x: [] }), 'x', 'e')).toBe('rewound');
});

test('the parent a shallow boundary names is enough', () => {
  expect(checkDescent(parentsOf({ e: ['d'], d: ['c'] }), 'e', 'c')).toBe('descends');
});

test('a shallow boundary is not mistaken for a rewind', () => {
  expect(checkDescent(parentsOf({ e: ['d'] }), 'e', 'a')).toBe('unknown');
  expect(checkDescent(parentsOf({ e: ['d'], b: ['a'] }), 'e', 'b')).toBe('unknown');
});

test('a boundary older than the ancestor hides nothing: that is a rewind', () => {
  const shallow = { b: ['a'], c: ['b'], x: ['b'] };
  expect(checkDescent(parentsOf(shallow), 'x', 'c')).toBe('rewound');
});

test('a merge descends from both sides, and is walked once', () => {
  const wide: Record<string, string[]> = { n0: [] };
  for (let i = 1; i < 60; i += 1) wide[`n${i}`] = [`n${i - 1}`, `n${i - 1}`];
  expect(checkDescent(parentsOf({ ...wide, m: ['n59', 'z'], z: [] }), 'm', 'z')).toBe('descends');
  expect(checkDescent(parentsOf(wide), 'n59', 'other')).toBe('rewound');
});
