/**
 * Kubernetes' integers have 64 bits, JavaScript's numbers 53: larger ones are bigints in an object, and stand in JSON as they are. For
 * `retentionMs: 9223372036854775807` the API server refuses a text, and a rounded number is another one.
 */
const LONG_INTEGER = /(?:^|[:[,])\s*-?[0-9]{16,}/;
/** As many characters as a 64-bit integer has; making a bigint of a million digits takes time. */
const MAX_DIGITS = 20;

/** JSON as data, as JSON.parse, but integers that a number would round are bigints. */
export function parseJson(text: string): unknown {
  // the slow way only where there is a reason: lists of thousands of objects come through here
  return LONG_INTEGER.test(text) ? JSON.parse(text, keepInteger) : JSON.parse(text);
}

/** Data as JSON, as JSON.stringify, but a bigint is the integer it stands for. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, (_key, member: unknown) => (typeof member === 'bigint' ? rawJson(member) : member));
  }
}

/** Reviver of JSON.parse, with the source text of a number as its third argument (ECMAScript 2026). */
function keepInteger(_key: string, value: unknown, { source = '' }: { readonly source?: string } = {}): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return source.length <= MAX_DIGITS && /^-?[0-9]+$/.test(source) ? BigInt(source) : value;
}

function rawJson(integer: bigint): unknown {
  return (JSON as unknown as { readonly rawJSON: (text: string) => unknown }).rawJSON(String(integer));
}
