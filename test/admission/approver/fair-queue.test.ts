import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createFairQueue } from '../../../src/admission/approver/fair-queue.ts';

/** A queue whose work ends when the test says so; `begun` is what was begun, in that order. */
function heldQueue(limit: number) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const queue = createFairQueue<string>(limit, (item) => {
    begun.push(item);
    return new Promise((resolve) => ends.push(resolve));
  });
  const endNext = async (): Promise<void> => {
    ends.shift()?.();
    await delay(0);
  };
  return { queue, begun, endNext };
}

test('an owner who queued many waits for itself, and another is begun at once', () => {
  const { queue, begun } = heldQueue(4);
  for (const id of ['a1', 'a2', 'a3']) queue.put('a', id, id);
  queue.put('b', 'b1', 'b1');
  expect(begun).toEqual(['a1', 'b1']);
});

test('where the places are taken, the owners take turns', async () => {
  const { queue, begun, endNext } = heldQueue(1);
  for (const id of ['a1', 'a2', 'a3']) queue.put('a', id, id);
  for (const id of ['b1', 'b2']) queue.put('b', id, id);
  for (let turn = 0; turn < 5; turn++) await endNext();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
});

test('an item put again before its turn is worked on once, as it is then; a dropped one never', async () => {
  const { queue, begun, endNext } = heldQueue(1);
  queue.put('a', 'first', 'first');
  queue.put('a', 'x', 'old');
  queue.put('a', 'x', 'new');
  queue.put('b', 'y', 'dropped');
  queue.drop('b', 'y');
  for (let turn = 0; turn < 4; turn++) await endNext();
  expect(begun).toEqual(['first', 'new']);
});

test('a closed queue begins nothing more and waits for what was begun', async () => {
  const { queue, begun, endNext } = heldQueue(1);
  queue.put('a', 'a1', 'a1');
  queue.put('b', 'b1', 'b1');
  let isClosed = false;
  const closing = queue.close().then(() => {
    isClosed = true;
  });
  await delay(0);
  expect(isClosed).toBe(false);
  await endNext();
  await closing;
  expect(begun).toEqual(['a1']);
});
