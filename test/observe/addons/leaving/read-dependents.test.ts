import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDependents } from '../../../../src/observe/addons/leaving/read-dependents.ts';
import { owned, readerOf } from '../cluster-fixture.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Kinds whose LIST takes a while, and how many were asked for, and at once. */
function slow(kinds: number, milliseconds: number) {
  const objects = Array.from({ length: kinds }, (_, index) => owned({ apiVersion: 'v1', kind: `Kind${index}` }, 'a'));
  const count = { lists: 0, now: 0, most: 0 };
  const onList = async (): Promise<void> => {
    count.lists += 1;
    count.now += 1;
    count.most = Math.max(count.most, count.now);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    count.now -= 1;
  };
  return { ask: openDependents(readerOf(objects, { onList }), { protect: [] }), count };
}

test('one look serves all who ask while it goes on and two seconds after it, however long it takes', async () => {
  const { ask, count } = slow(1, 2500);
  const both = [ask('shop'), ask('shop')];
  await vi.advanceTimersByTimeAsync(2400);
  both.push(ask('shop'));
  await vi.advanceTimersByTimeAsync(200);
  expect(new Set(await Promise.all(both)).size).toBe(1);
  await vi.advanceTimersByTimeAsync(1800);
  await ask('shop');
  expect(count.lists).toBe(2); // the kind, and volumes
  await vi.advanceTimersByTimeAsync(200);
  const again = ask('shop');
  await vi.advanceTimersByTimeAsync(2600);
  await again;
  expect(count.lists).toBe(4);
});

test('kinds are read four at a time', async () => {
  const { ask, count } = slow(11, 100);
  const answer = ask('shop');
  await vi.advanceTimersByTimeAsync(350);
  await answer;
  expect(count).toEqual({ lists: 12, now: 0, most: 4 });
});

test('an object that names more owners than anybody needs makes unknown what goes along: it is named, and they are not remembered', async () => {
  const kind = { apiVersion: 'v1', kind: 'ConfigMap' };
  const object = owned(kind, 'crowd');
  const ownerReferences = Array.from({ length: 65 }, (_, at) => ({ ...kind, name: 'a', uid: `u${at}` }));
  const crowd = { ...object, metadata: { ...object.metadata, ownerReferences } };
  const known = await openDependents(readerOf([crowd]), { protect: [] })('shop');
  expect(known).toMatchObject({ isUnknown: true, unread: expect.stringContaining('crowd names too many owners') });
  expect([known.byOwner.size, known.mayHide('ConfigMap'), known.mayHide('Pod')]).toEqual([0, true, false]);
});
