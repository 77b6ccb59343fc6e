import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createHeadReader } from '../../src/admission/fresh-definition.ts';
import { acceptedNode, definitionOf } from './definition-fixture.ts';

const definition = definitionOf([acceptedNode('cp-1', `SHA256:${'A'.repeat(43)}`, 'control-plane')]);

/** A repository whose readings end when they are told to. */
function createRepository() {
  const readings: PromiseWithResolvers<typeof definition>[] = [];
  const clock = { now: 0 };
  const readHead = createHeadReader(
    {
      currentDefinition: async () => definition,
      refresh: () => {
        const reading = Promise.withResolvers<typeof definition>();
        readings.push(reading);
        return reading.promise;
      },
    },
    { now: () => clock.now },
  );
  return { readings, clock, readHead };
}

test('all who ask within two seconds share one reading', async () => {
  const { readings, clock, readHead } = createRepository();
  const [first, second] = [readHead(), readHead()];
  readings[0]?.resolve(definition);
  expect(await first).toEqual({ definition, isFresh: true, at: 0 });
  expect(await second).toEqual(await first);
  clock.now = 2_001;
  const third = readHead();
  readings[1]?.resolve(definition);
  expect(await third).toMatchObject({ at: 2_001 });
});

test('a reading that fails is told as not fresh', async () => {
  const { readings, readHead } = createRepository();
  const reading = readHead();
  readings[0]?.reject(new Error('the Git server is away'));
  expect(await reading).toMatchObject({ isFresh: false });
});

test('a reading that hangs keeps nobody waiting, and no other is begun beside it', async () => {
  const { readings, clock, readHead } = createRepository();
  const first = readHead();
  clock.now = 19_999;
  expect(await readHead()).toMatchObject({ isFresh: false });
  clock.now = 60_000;
  expect(await readHead()).toMatchObject({ isFresh: false, at: 0 });
  expect(readings).toHaveLength(1);
  readings[0]?.resolve(definition);
  expect(await first).toMatchObject({ isFresh: true });
  const next = readHead();
  readings[1]?.resolve(definition);
  expect(await next).toMatchObject({ isFresh: true, at: 60_000 });
});

test('who asks for a newer reading gets it also where the timer that waits for its time fires early', async () => {
  const { readings, clock, readHead } = createRepository();
  const first = readHead();
  readings[0]?.resolve(definition);
  await first;
  clock.now = 1_999.6;
  const newer = readHead(1_999.6);
  await delay(20); // by the reader's clock no time has passed
  expect(readings).toHaveLength(1);
  clock.now = 2_000.5;
  await expect.poll(() => readings.length).toBe(2);
  readings[1]?.resolve(definition);
  expect(await newer).toMatchObject({ isFresh: true, at: 2_000.5 });
});
