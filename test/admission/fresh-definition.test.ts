import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createHeadReader, limitReadings } from '../../src/admission/fresh-definition.ts';
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

/** How often the repository is read for strangers who ask that often, by a clock of seconds. */
async function readingsFor(seconds: number, perSecond: number): Promise<number> {
  let [now, readings] = [0, 0];
  const read = limitReadings(
    async () => {
      readings += 1;
      return { definition, isFresh: true, at: now };
    },
    async () => definition,
    () => now,
  );
  for (; now < seconds * 1000; now += 1000 / perSecond) await read(now, false);
  return readings;
}

test('for strangers the repository is read three times and then once in 20 s, however many ask', async () => {
  expect(await readingsFor(19, 1)).toBe(3);
  expect(await readingsFor(19, 50)).toBe(3);
  expect(await readingsFor(200, 10)).toBeLessThanOrEqual(13);
});

test('a stranger who is not read for is answered from memory, and as not fresh', async () => {
  let now = 0;
  const read = limitReadings(
    async () => ({ definition, isFresh: true, at: now }),
    async () => definition,
    () => now,
  );
  for (let n = 0; n < 3; n++, now += 3000) expect(await read(now, false)).toMatchObject({ isFresh: true });
  expect(await read(now, false)).toMatchObject({ definition, isFresh: false });
});

test('strangers who ask at once share a reading that begins after all of them asked', async () => {
  let readings = 0;
  const read = limitReadings(
    async () => {
      readings += 1;
      return { definition, isFresh: true, at: 0 };
    },
    async () => definition,
    () => 0,
  );
  await Promise.all(Array.from({ length: 100 }, () => read(0, false)));
  expect(readings).toBe(1);
});

test('a machine that waits already is kept until the next reading for strangers is due, which all of them share', async () => {
  let [now, readings] = [0, 0];
  const read = limitReadings(
    async () => {
      readings += 1;
      return { definition, isFresh: true, at: now };
    },
    async () => definition,
    () => now,
  );
  for (let n = 0; n < 3; n++, now += 3000) await read(now, true);
  const waiting = [read(now, true), read(now + 1, true)];
  expect(await Promise.race([...waiting, delay(700, 'waits')])).toBe('waits');
  now += 20_000;
  expect(await Promise.all(waiting)).toMatchObject([{ isFresh: true, at: now }, { at: now }]);
  expect(readings).toBe(4);
});
