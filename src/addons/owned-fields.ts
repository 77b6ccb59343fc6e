import { canonicalJson, digestOf } from '../json/canonical.ts';
import { parseJson } from '../json/json-text.ts';
import { isRecord } from '../json/record.ts';
import type { KubeObject } from '../objects/kube-object.ts';

export const FIELD_MANAGER = 'kubic-init';

/**
 * Digest of what we own in a live object: which fields, and their values. It changes when someone changes, removes or takes
 * over one of them, and not when others add theirs. Undefined where we own nothing any more.
 *
 * Compared between what the API server returned at our apply and what it returns later, so that defaults and normal forms
 * (`1000m` for `1`) never look like drift.
 */
export function ownedDigest(object: KubeObject): string | undefined {
  const entry = object.metadata.managedFields?.find(
    ({ manager, operation, subresource }) => manager === FIELD_MANAGER && operation === 'Apply' && !subresource,
  );
  return entry?.fieldsV1 ? digestOf(ownedValues(entry.fieldsV1, object)) : undefined;
}

/**
 * The values under a FieldsV1 tree (sigs.k8s.io/structured-merge-diff, value/fields): `f:NAME` a member, `k:{…}` the list
 * item with these keys, `v:VALUE` a member of a set, `i:N` an index, `.` the thing itself.
 */
export function ownedValues(fields: unknown, value: unknown): unknown {
  if (!isRecord(fields)) return value ?? null;
  const steps = Object.keys(fields);
  if (steps.length === 0) return value ?? null;
  return Object.fromEntries(
    steps.map((step) => {
      const child = childOf(value, step);
      return [step, step === '.' || step.startsWith('v:') ? child !== undefined : ownedValues(fields[step], child)];
    }),
  );
}

function childOf(value: unknown, step: string): unknown {
  if (step === '.') return value;
  const rest = step.slice(2);
  if (step.startsWith('f:')) return isRecord(value) && Object.hasOwn(value, rest) ? value[rest] : undefined;
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  if (step.startsWith('i:')) return items[Number(rest)];
  const wanted: unknown = parseJson(rest);
  if (step.startsWith('v:')) return items.find((item) => canonicalJson(item) === canonicalJson(wanted));
  return items.find((item) => isRecord(item) && isRecord(wanted) && hasKeys(item, wanted));
}

/** A key that is absent in the item has its default in the schema (`protocol: TCP`), which the server fills in. */
function hasKeys(item: Record<string, unknown>, wanted: Record<string, unknown>): boolean {
  return Object.entries(wanted).every(([key, value]) => canonicalJson(item[key]) === canonicalJson(value));
}
