import { describe, expect, it } from 'vitest';
import { configurationDifferences } from '../../src/observe/configuration-differences.ts';

const whole = (declared: unknown, actual: unknown): string[] => configurationDifferences(declared, actual, 'c', true);
const part = (declared: unknown, actual: unknown): string[] => configurationDifferences(declared, actual, 'c', false);

describe('two configurations', () => {
  it('are the same whatever the order of their fields', () => {
    expect(whole({ a: 1, b: { c: 'x' } }, { b: { c: 'x' }, a: 1 })).toEqual([]);
  });

  it('differ in a value, which is told with its path', () => {
    expect(whole({ networking: { podSubnet: '10.1.0.0/16' } }, { networking: { podSubnet: '10.2.0.0/16' } })).toEqual([
      'c.networking.podSubnet is 10.2.0.0/16, cluster.yaml says 10.1.0.0/16',
    ]);
  });

  it('differ in a field that only one of them has', () => {
    expect(whole({ a: { x: 1 } }, { a: {}, b: true })).toEqual([
      'c.a.x is not set, cluster.yaml says 1',
      'c.b is true, cluster.yaml says not set',
    ]);
  });

  it('differ in false and absent: what is absent may be true by default', () => {
    expect(part({ failSwapOn: false }, {})).toEqual(['c.failSwapOn is not set, cluster.yaml says false']);
  });

  it('differ in a list, whose entries are not told', () => {
    const [difference, ...rest] = whole({ env: [{ name: 'A', value: 'hidden' }] }, { env: [] });
    expect({ difference, rest }).toEqual({ difference: 'c.env is not as cluster.yaml says', rest: [] });
  });

  it('are the same where one writes a duration in another way', () => {
    expect(whole({ a: '1m', b: '90s', c: '1h30m' }, { a: '1m0s', b: '1m30s', c: '1h30m0s' })).toEqual([]);
    expect(whole({ a: '1m' }, { a: '2m0s' })).toEqual(['c.a is 2m0s, cluster.yaml says 1m']);
  });

  it('differ where a mapping stands against another value', () => {
    expect(whole({ a: { b: 1 } }, { a: 'x' })).toEqual(['c.a is not as cluster.yaml says']);
    expect(whole({ a: 'x' }, { a: { b: 1 } })).toEqual(['c.a is not as cluster.yaml says']);
  });

  it('may be compared by what is declared alone', () => {
    expect(part({ maxPods: 50 }, { maxPods: 50, clusterDNS: ['10.96.0.10'] })).toEqual([]);
  });
});
