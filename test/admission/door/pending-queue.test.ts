import { expect, test } from 'vitest';
import { createPendingQueue } from '../../../src/admission/door/pending-queue.ts';
import { createRateLimit } from '../../../src/admission/door/rate-limit.ts';

const facts = { hostname: 'h', machineId: '', osImage: '', kernel: '', addresses: [], agentVersion: '' };
const machine = (n: number, address = `10.0.0.${n % 250}`) => ({
  fingerprint: `SHA256:${n}`,
  name: `w-${n}`,
  facts,
  address,
});

test('a machine that asks again stays the one that it was, with what it said last', () => {
  let now = 0;
  const queue = createPendingQueue(() => now);
  queue.put(machine(1));
  now = 1000;
  queue.put({ ...machine(1), name: 'renamed' });
  expect(queue.list()).toMatchObject([{ name: 'renamed', firstSeen: '1970-01-01T00:00:00.000Z' }]);
});

test('a machine that has not asked for an hour is forgotten', () => {
  let now = 0;
  const queue = createPendingQueue(() => now);
  queue.put(machine(1));
  now = 60 * 60_000;
  queue.put(machine(2));
  expect(queue.list()).toHaveLength(2);
  now += 1;
  expect(queue.list()).toMatchObject([{ name: 'w-2' }]);
});

test('a host that takes many IPv6 addresses has the share of one', () => {
  const queue = createPendingQueue(() => 0);
  const taken = Array.from({ length: 100 }, (_, n) => queue.put(machine(n, `2001:db8::${n.toString(16)}`)));
  expect(taken.filter(Boolean)).toHaveLength(50);
});

test('a full queue refuses newcomers and keeps those that wait', () => {
  const queue = createPendingQueue(() => 0);
  const taken = Array.from({ length: 300 }, (_, n) => queue.put(machine(n)));
  expect(taken.filter(Boolean)).toHaveLength(200);
  expect(queue.list()[0]?.name).toBe('w-0');
  expect(queue.put(machine(0))).toBe(true);
  queue.remove('SHA256:0');
  expect(queue.put(machine(250))).toBe(true);
});

test('one address cannot fill the queue', () => {
  const queue = createPendingQueue(() => 0);
  for (let n = 0; n < 100; n++) queue.put(machine(n, '10.0.0.66'));
  expect(queue.list()).toHaveLength(50);
  expect(queue.put(machine(100, '10.0.0.1'))).toBe(true);
});

test('a rate limit lets a burst through, then one at a time', () => {
  let now = 0;
  const limit = createRateLimit({ burst: 2, perSecond: 1 }, () => now);
  expect([limit.allow('a'), limit.allow('a'), limit.allow('a'), limit.allow('b')]).toEqual([true, true, false, true]);
  now = 1000;
  expect([limit.allow('a'), limit.allow('a')]).toEqual([true, false]);
});

test('a rate limit holds a bounded number of keys, and forgets those it need not know', () => {
  let now = 0;
  const limit = createRateLimit({ burst: 1, perSecond: 1 }, () => now);
  const allowed = Array.from({ length: 5000 }, (_, n) => limit.allow(`${n}`)).filter(Boolean);
  expect(allowed).toHaveLength(4096);
  now = 1000;
  expect(limit.allow('newcomer')).toBe(true);
});
