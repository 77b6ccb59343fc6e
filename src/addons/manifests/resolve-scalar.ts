import { isUtf8 } from 'node:buffer';

export type ScalarValue = string | number | bigint | boolean | null;

export interface ResolvedScalar {
  readonly kind: 'str' | 'bool' | 'int' | 'float' | 'null' | 'timestamp';
  readonly value: ScalarValue;
}

const TAG = 'tag:yaml.org,2002:';
const KINDS: readonly string[] = ['bool', 'int', 'float', 'null', 'timestamp'];
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGERS: readonly (readonly [form: RegExp, prefix: string])[] = [
  [/^([-+]?)(0|[1-9][0-9]*)$/, ''],
  [/^([-+]?)0[xX]([0-9a-fA-F]+)$/, '0x'],
  [/^([-+]?)0[oO]?([0-7]+)$/, '0o'],
  [/^([-+]?)0[bB]([01]+)$/, '0b'],
  [/^0b([-+])([01]+)$/, '0b'],
];
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;
/** Binary digits of a 64-bit integer: making a bigint of a million takes time. */
const MAX_DIGITS = 64;

const words: ReadonlyMap<string, ResolvedScalar> = new Map(
  (
    [
      ['y Y yes Yes YES true True TRUE on On ON', 'bool', true],
      ['n N no No NO false False FALSE off Off OFF', 'bool', false],
      [' ~ null Null NULL', 'null', null],
      ['.nan .NaN .NAN', 'float', Number.NaN],
      ['.inf .Inf .INF +.inf +.Inf +.INF', 'float', Number.POSITIVE_INFINITY],
      ['-.inf -.Inf -.INF', 'float', Number.NEGATIVE_INFINITY],
    ] as const
  ).flatMap(([spellings, kind, value]) => spellings.split(' ').map((word) => [word, { kind, value }] as const)),
);

/**
 * What a scalar means to kubectl, as go.yaml.in/yaml/v2 (resolve.go) has it: YAML 1.1 with `0o14`, without dates and base 60; integers
 * have 64 bits, and a number that is too large for a double is text. Integers beyond 2^53 are bigints.
 *
 * @param tag as resolved, or undefined; under a foreign one everything is text
 * @returns undefined where the text is not what its tag says
 */
export function resolveScalar(text: string, plain: boolean, tag: string | undefined): ResolvedScalar | undefined {
  if (tag === undefined) return plain ? resolvePlain(text) : textScalar(text);
  const name = tag.startsWith(TAG) ? tag.slice(TAG.length) : '';
  if (name === 'binary') return decodeBinary(text);
  if (!KINDS.includes(name)) return textScalar(text);
  if (name === 'timestamp') return TIMESTAMP.test(text) ? { kind: 'timestamp', value: text } : undefined;
  const resolved = resolvePlain(text);
  if (resolved.kind === name) return resolved;
  const isWhole = resolved.kind === 'int' && isInt64(resolved.value);
  return name === 'float' && isWhole ? { kind: 'float', value: Number(resolved.value) } : undefined;
}

/** The text of a key, as sigs.k8s.io/yaml writes it; undefined for what it refuses. */
export function keyText({ kind, value }: ResolvedScalar): string | undefined {
  if (kind === 'null' || (kind === 'int' && !isInt64(value))) return undefined;
  return kind === 'float' ? formatFloat32(Number(value)) : String(value);
}

function textScalar(value: string): ResolvedScalar {
  return { kind: 'str', value };
}

function resolvePlain(text: string): ResolvedScalar {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (text.startsWith('.')) return toFloat(text.replaceAll(/(?<=[0-9])_(?=[0-9])/g, '')) ?? textScalar(text);
  if (!/^[-+0-9]/.test(text)) return textScalar(text);
  const digits = text.replaceAll('_', '');
  return toInteger(digits) ?? toFloat(digits) ?? textScalar(text);
}

function toFloat(text: string): ResolvedScalar | undefined {
  const value = FLOAT.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
}

function toInteger(text: string): ResolvedScalar | undefined {
  for (const [form, prefix] of INTEGERS) {
    const [, sign, digits] = form.exec(text) ?? [];
    const significant = digits?.replace(/^0+(?=.)/, '') ?? '';
    if (significant === '' || significant.length > MAX_DIGITS) continue;
    const magnitude = BigInt(prefix + significant);
    const value = sign === '-' ? -magnitude : magnitude;
    if (isInt64(value) || (sign === '' && value <= MAX_UINT64)) return { kind: 'int', value: toNumber(value) };
  }
  return undefined;
}

function toNumber(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function isInt64(value: ScalarValue): boolean {
  return typeof value === 'number' || (typeof value === 'bigint' && value <= MAX_INT64 && value >= -MAX_INT64 - 1n);
}

function decodeBinary(text: string): ResolvedScalar | undefined {
  const base64 = text.replaceAll(/[\r\n]/g, '');
  const valid = base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64);
  const bytes = Buffer.from(base64, 'base64');
  // JSON has no bytes: kubectl would send marks of what it could not decode
  return valid && isUtf8(bytes) ? textScalar(bytes.toString('utf8')) : undefined;
}

const DAY = '[0-9]{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01])';
const TIME = '(?:[01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9](?:\\.[0-9]+)?';
/** A day; a day and a time; both with `T` between and a zone behind. That June has no 31st is not looked at. */
const TIMESTAMP = new RegExp(`^${DAY}(?: ${TIME}|[Tt]${TIME}(?:Z|[-+][0-9]{2}:[0-9]{2}))?$`);

/** Go's strconv.FormatFloat(value, 'g', -1, 32). */
function formatFloat32(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (Object.is(value, -0)) return '-0';
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  let digits = 0;
  while (Math.fround(Number(single.toExponential(digits))) !== single) digits++;
  const [mantissa = '', exponent = ''] = single.toExponential(digits).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return single.toFixed(Math.max(0, digits - power));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
