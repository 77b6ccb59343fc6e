import { expect, test } from 'vitest';
import { suggest } from '../../src/text/suggest.ts';

test.each([
  ['kubernetsVersion', 'kubernetesVersion'],
  ['Seeder', 'seeder'],
  ['sedeer', 'seeder'],
  ['bogus', undefined],
  ['x', undefined],
  ['s'.repeat(100_000), undefined],
])('%s: %s', (word, expected) => {
  expect(suggest(word, ['kubernetesVersion', 'seeder', 'network'])).toBe(expected);
});
