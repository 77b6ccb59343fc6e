import { isMapping } from '../../json/at.ts';
import { canonicalJson } from '../../json/canonical.ts';
import { parseJson, toJson } from '../../json/json-text.ts';

/**
 * The step of a FieldsV1 tree that leads to a declared item of a list, by how the list's owners name its items; undefined where they do not. A
 * key that the item leaves out has its default there, which only a live item or an owner tells.
 */
export function findStep(item: unknown, live: readonly unknown[], owners: readonly unknown[]): string | undefined {
  const steps = owners.flatMap((owner) => (isMapping(owner) ? Object.keys(owner) : []));
  const members = steps.filter((step) => step.startsWith('v:'));
  if (members.length > 0) return members.find((step) => isSame(parseJson(step.slice(2)), item)) ?? `v:${toJson(item)}`;
  const keyed = steps.filter((step) => step.startsWith('k:'));
  const [first] = keyed;
  if (first === undefined || !isMapping(item)) return undefined;
  const named = keyed.find((step) => fits(item, parseJson(step.slice(2))));
  if (named !== undefined) return named;
  const keys = Object.keys(toRecord(parseJson(first.slice(2))));
  const wanted = live.map((other) => pick(other, keys)).find((other) => fits(item, other)) ?? pick(item, keys);
  return `k:${toJson(wanted)}`;
}

/** True where an item has these keys, or leaves them out. */
function fits(item: Readonly<Record<string, unknown>>, keys: unknown): boolean {
  return Object.entries(toRecord(keys)).every(([key, value]) => item[key] === undefined || isSame(item[key], value));
}

function pick(item: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const record = toRecord(item);
  return Object.fromEntries(keys.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]])));
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : {};
}
