import fc from 'fast-check';
import { validate } from 'node-cron';
import { expect, test } from 'vitest';
import { explainCron } from '../../src/text/cron.ts';

test.each(['* * * * *', '*/5 * * * *', '0-30/10 4 1,15 jan-mar Mon', '59 23 31 12 7'])('%s is a schedule', (text) => {
  expect(explainCron(text)).toBeUndefined();
});

test.each([
  ['* * * *', '5 fields are needed, and it has 4'],
  ['@hourly', '5 fields are needed, and it has 1'],
  ['60 * * * *', '`60` is no minute within 0–59, nor a range or step of them'],
  ['* * 0 * *', '`0` is no day of month within 1–31, nor a range or step of them'],
  ['* * * * 30-10', '`30-10` is no weekday within 0–7, nor a range or step of them'],
  ['*/0 * * * *', '`*/0` is no minute within 0–59, nor a range or step of them'],
  ['0 0 30 2 *', 'no month of `2` has a day `30`'],
  ['0 0 31 2,apr,9-9 *', 'no month of `2,apr,9-9` has a day `31`'],
  ['1,, * * * *', '`` is no minute within 0–59, nor a range or step of them'],
])('%s: %s', (text, wrong) => {
  expect(explainCron(text)).toBe(wrong);
});

test('what is accepted, the scheduler accepts too', () => {
  const number = fc.integer({ min: 0, max: 60 }).map(String);
  const range = fc.tuple(number, number).map(([from, to]) => `${from}-${to}`);
  const part = fc.oneof(
    fc.constant('*'),
    number,
    range,
    fc.constant('*/7'),
    range.map((text) => `${text}/3`),
  );
  const field = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));
  const cron = fc.tuple(field, field, field, field, field).map((fields) => fields.join(' '));
  const rare = fc.tuple(fc.integer({ min: 28, max: 31 }), fc.constantFrom('2', '4', '2,4', '1-2', '*/2', '*/11'));
  fc.assert(
    fc.property(
      rare,
      ([day, month]) => (explainCron(`0 0 ${day} ${month} *`) === undefined) === validate(`0 0 ${day} ${month} *`),
    ),
  );
  fc.assert(
    fc.property(cron, (text) => explainCron(text) !== undefined || validate(text)),
    { numRuns: 2000 },
  );
});
