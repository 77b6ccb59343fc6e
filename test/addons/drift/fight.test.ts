import { describe, expect, test } from 'vitest';
import { isFight, nextRound } from '../../../src/addons/drift/fight.ts';

const MINUTE = 60;
const NOW = 1_800_000_000;

function rounds(count: number, every = MINUTE): readonly number[] {
  let times: readonly number[] = [];
  for (let i = count - 1; i >= 0; i--) times = nextRound(times, NOW - i * every);
  return times;
}

describe('a fight', () => {
  test('is what was undone after five rounds, and not after four', () => {
    expect(isFight(rounds(4), NOW)).toBe(false);
    expect(isFight(rounds(5), NOW)).toBe(true);
    expect(isFight(undefined, NOW)).toBe(false);
  });

  test('is over half an hour after the last round', () => {
    expect(isFight(rounds(5), NOW + 29 * MINUTE)).toBe(true);
    expect(isFight(rounds(5), NOW + 30 * MINUTE)).toBe(false);
  });

  test('goes on while somebody changes the object', () => {
    expect(isFight(rounds(5), NOW + 40 * MINUTE, NOW + 20 * MINUTE)).toBe(true);
    expect(isFight(rounds(5), NOW + 51 * MINUTE, NOW + 20 * MINUTE)).toBe(false);
  });

  test('does not go on for ever because a clock in the cluster is ahead', () => {
    expect(isFight(nextRound(undefined, NOW), NOW, NOW + 9_999_999)).toBe(false);
  });

  test('is known again at once when it is tried after the quiet and undone', () => {
    const tried = nextRound(rounds(5), NOW + 31 * MINUTE);
    expect(tried).toHaveLength(5);
    expect(isFight(tried, NOW + 32 * MINUTE)).toBe(true);
  });

  test('has nothing to do with what was put right hours ago', () => {
    expect(nextRound(rounds(5), NOW + 121 * MINUTE)).toEqual([NOW + 121 * MINUTE]);
  });
});
