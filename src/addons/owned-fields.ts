import { isMapping } from '../json/at.ts';
import { canonicalJson, digestOf } from '../json/canonical.ts';
import { parseJson } from '../json/json-text.ts';
import type { KubeObject, ManagedFieldsEntry } from '../objects/kube-object.ts';

export const FIELD_MANAGER = 'kubic-init';

/**
 * A FieldsV1 tree (sigs.k8s.io/structured-merge-diff, value/fields): `f:NAME` a member, `k:{…}` the list item with these keys,
 * `v:VALUE` a member of a set, `i:N` an index, `.` the thing itself. One without members is owned as a whole.
 */
export type Fields = Readonly<Record<string, unknown>>;

/** True for the entry of what we applied. */
export function isOurEntry({ manager, operation, subresource }: ManagedFieldsEntry): boolean {
  return manager === FIELD_MANAGER && operation === 'Apply' && !subresource;
}

/** What we own of a live object; undefined where we own nothing any more. */
export function ownFields(object: KubeObject): Fields | undefined {
  return object.metadata.managedFields?.find(isOurEntry)?.fieldsV1;
}

/** What stands before a digest that leaves out what others put into an empty mapping or list of ours. */
const FORM = '2:';

/**
 * Digest of what we own in a live object: which fields, and their values. It changes when someone changes, removes or takes
 * over one of them, and not when others add theirs, also within a mapping or a list that we left empty. Undefined where we own
 * nothing any more.
 *
 * Compared between what the API server returned at our apply and what it returns later, so that defaults and normal forms
 * (`1000m` for `1`) never look like drift.
 */
export function ownedDigest(object: KubeObject): string | undefined {
  const fields = ownFields(object);
  return fields && `${FORM}${digestOf(ownedValues(fields, object, othersFields(object)))}`;
}

/** True where a recorded digest, in today's form or in the one before it, says that what we own is as it was. */
export function isUntouched(recorded: string, object: KubeObject): boolean {
  if (isPrecise(recorded)) return recorded === ownedDigest(object);
  const fields = ownFields(object);
  return fields !== undefined && recorded === digestOf(ownedValues(fields, object));
}

/**
 * True where somebody changed, since its last apply, what we own of an object.
 *
 * @param recorded `live` of its record: what was never applied, or is left alone since, is nobody's business
 */
export function isTouched(recorded: string | undefined, object: KubeObject, isSame = isUntouched): boolean {
  return recorded !== undefined && recorded !== 'once' && !isSame(recorded, object);
}

/** True for a digest that only a change of ours makes another one. */
export function isPrecise(recorded: string): boolean {
  return recorded.startsWith(FORM);
}

/** What others own of a live object. */
export function othersFields({ metadata }: KubeObject): readonly Fields[] {
  const others = metadata.managedFields?.filter((entry) => !isOurEntry(entry)) ?? [];
  return others.flatMap(({ fieldsV1 }) => (fieldsV1 ? [fieldsV1] : []));
}

/**
 * The values under a tree of fields. Where others own members of what we own as a whole, it was empty when we set it: what is in it is
 * theirs. Without `others` such content counts, as it did in the first form of the digest.
 */
export function ownedValues(fields: unknown, value: unknown, others?: readonly Fields[]): unknown {
  const steps = isMapping(fields) ? Object.keys(fields) : [];
  if (!isMapping(fields) || steps.length === 0) {
    // the API server may leave out what is empty, and put it there again once others fill it
    return others && (isEmpty(value ?? {}) || others.some(hasMembers)) ? {} : (value ?? null);
  }
  return Object.fromEntries(
    steps.map((step) => {
      const child = childOf(value, step);
      if (step === '.' || step.startsWith('v:')) return [step, child !== undefined];
      return [step, ownedValues(fields[step], child, others && below(others, step))];
    }),
  );
}

/** True for `{}` and `[]`. */
export function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isMapping(value) && Object.keys(value).length === 0;
}

/** True for fields of which something below is owned, so that they are no whole. */
export function hasMembers(fields: Fields): boolean {
  return Object.keys(fields).some((step) => step !== '.');
}

/** What trees have below a step. */
export function below(trees: readonly Fields[], step: string): readonly Fields[] {
  return trees.flatMap((tree) => {
    const found = Object.hasOwn(tree, step) ? tree[step] : undefined;
    return isMapping(found) ? [found] : [];
  });
}

/** What a step of a FieldsV1 tree leads to. */
export function childOf(value: unknown, step: string): unknown {
  if (step === '.') return value;
  const rest = step.slice(2);
  if (step.startsWith('f:')) return isMapping(value) && Object.hasOwn(value, rest) ? value[rest] : undefined;
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  if (step.startsWith('i:')) return items[Number(rest)];
  const wanted: unknown = parseJson(rest);
  if (step.startsWith('v:')) return items.find((item) => canonicalJson(item) === canonicalJson(wanted));
  return items.find((item) => isMapping(item) && isMapping(wanted) && hasKeys(item, wanted));
}

/** A key that is absent in the item has its default in the schema (`protocol: TCP`), which the server fills in. */
function hasKeys(item: Record<string, unknown>, wanted: Record<string, unknown>): boolean {
  return Object.entries(wanted).every(([key, value]) => canonicalJson(item[key]) === canonicalJson(value));
}
