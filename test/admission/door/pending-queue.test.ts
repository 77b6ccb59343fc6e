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

test('what has not asked for an hour takes no room from who asks now', () => {
  let now = 0;
  const queue = createPendingQueue(() => now);
  for (let n = 0; n < 50; n++) expect(queue.put(machine(n, '10.0.0.1'))).toBe(true);
  expect(queue.put(machine(50, '10.0.0.1'))).toBe(false);
  now = 60 * 60_000 + 1;
  expect(queue.put(machine(50, '10.0.0.1'))).toBe(true);
});

test('a host that takes many IPv6 addresses has the share of one', () => {
  const queue = createPendingQueue(() => 0);
  const taken = Array.from({ length: 100 }, (_, n) => queue.put(machine(n, `2001:db8::${n.toString(16)}`)));
  expect(taken.filter(Boolean)).toHaveLength(50);
});

test('a full queue has room for a machine of another network, whoever filled it', () => {
  let now = 0;
  const queue = createPendingQueue(() => now);
  const strangers = ['2001:db8:0:1::', '2001:db8:0:2::', '2001:db8:0:3::', '192.0.2.1'];
  for (const [index, address] of strangers.entries()) {
    for (let n = 0; n < 50; n++)
      queue.put(machine(1000 + 50 * index + n, address.endsWith(':') ? `${address}${n}` : address));
  }
  expect(queue.list()).toHaveLength(200);
  now = 1000;
  queue.put(machine(1000, `${strangers[0]}0`)); // asks again: others have been silent for longer
  expect(queue.put(machine(1, '10.0.0.1'))).toBe(true);
  const names = queue.list().map(({ name }) => name);
  expect(names).toHaveLength(200);
  expect(names).toEqual(expect.arrayContaining(['w-1', 'w-1000']));
  expect(names).not.toContain('w-1001'); // the one of the largest networks that had not asked for the longest time
});

test('in a full queue no network takes more from the others than each of them has', () => {
  const queue = createPendingQueue(() => 0);
  for (let n = 0; n < 200; n++) queue.put(machine(n, `10.0.0.${n % 100}`));
  for (let n = 200; n < 300; n++) queue.put(machine(n, '192.0.2.1'));
  const own = queue.list().filter(({ address }) => address === '192.0.2.1');
  expect(own.length).toBeLessThanOrEqual(3);
  expect(queue.list()).toHaveLength(200);
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
