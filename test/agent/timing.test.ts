import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/agent/backoff.ts';
import { splayMs } from '../../src/agent/splay.ts';

describe('backoff', () => {
  it('doubles from five seconds and ends at five minutes', () => {
    expect([1, 2, 3, 4, 20, 1e6].map((failures) => backoffMs(failures, 0.5))).toEqual([
      5_000, 10_000, 20_000, 40_000, 300_000, 300_000,
    ]);
  });

  it('spreads machines that failed together by a tenth either way', () => {
    expect([backoffMs(1, 0), backoffMs(1, 1)]).toEqual([4_500, 5_500]);
  });
});

describe('splay', () => {
  it('lies within the interval and is the same each time', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 3_600_000 }), (name, interval) => {
        const splay = splayMs(name, interval);
        expect(splay).toBeGreaterThanOrEqual(0);
        expect(splay).toBeLessThan(interval);
        expect(splayMs(name, interval)).toBe(splay);
      }),
    );
  });

  it('differs between machines', () => {
    const splays = Array.from({ length: 50 }, (_, index) => splayMs(`w-${index}`, 60_000));
    expect(new Set(splays).size).toBeGreaterThan(45);
  });
});
