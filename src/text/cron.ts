import { quote } from './quote.ts';

interface CronField {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words: readonly string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const fields: readonly CronField[] = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day of month', from: 1, to: 31, words: [] },
  { name: 'month', from: 1, to: 12, words: months },
  { name: 'weekday', from: 0, to: 7, words: weekdays },
];

/** What is wrong with a cron expression of five fields, or undefined. */
export function explainCron(text: string): string | undefined {
  const parts = text.split(' ').filter((part) => part !== '');
  if (parts.length !== fields.length) return `5 fields are needed, and it has ${parts.length}`;
  for (const [index, field] of fields.entries()) {
    const wrong = (parts[index] ?? '').split(',').find((part) => !isCronPart(part, field));
    if (wrong !== undefined) {
      return `${quote(wrong)} is no ${field.name} within ${field.from}–${field.to}, nor a range or step of them`;
    }
  }
  const [, , days = '', ofMonths = ''] = parts;
  return isPossible(days, ofMonths) ? undefined : `no month of ${quote(ofMonths)} has a day ${quote(days)}`;
}

const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a day and a month ever come to pass together: `30 2` never does, and a scheduler refuses it. */
function isPossible(days: string, ofMonths: string): boolean {
  const [, , day, month] = fields;
  if (!day || !month) return true;
  const first = Math.min(...valuesOf(days, day));
  return valuesOf(ofMonths, month).some((value) => first <= (longest[value - 1] ?? 0));
}

/** Every value of a field that has been checked. */
function valuesOf(text: string, field: CronField): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to = from] = range === '*' ? [`${field.from}`, `${field.to}`] : range.split('-');
    const [first = field.from, last = field.to] = [cronValue(from, field), cronValue(to, field)];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((_, i) => i % Number(step) === 0);
  });
}

/** `*`, `5`, `1-5`, and the first and last with a step: `* /10` without the space, `0-30/10`. */
function isCronPart(part: string, field: CronField): boolean {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0) return false;
  if (step !== undefined && !/^[1-9][0-9]?$/.test(step)) return false;
  if (range === '*') return true;
  const [from = '', to, ...rest] = range.split('-');
  if (rest.length > 0 || (step !== undefined && to === undefined)) return false;
  const first = cronValue(from, field);
  const last = to === undefined ? first : cronValue(to, field);
  return first !== undefined && last !== undefined && first <= last;
}

function cronValue(text: string, field: CronField): number | undefined {
  const word = field.words.indexOf(text.toLowerCase());
  if (word >= 0) return word + field.from;
  const value = /^[0-9]{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= field.from && value <= field.to ? value : undefined;
}
