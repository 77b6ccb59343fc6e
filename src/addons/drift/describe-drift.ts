import { isMapping } from '../../json/at.ts';
import { canonicalJson } from '../../json/canonical.ts';
import { parseJson } from '../../json/json-text.ts';
import type { KubeObject, ManagedFieldsEntry } from '../../objects/kube-object.ts';
import { printable } from '../../text/printable.ts';
import { isOurEntry } from '../owned-fields.ts';
import type { Difference } from './find-differences.ts';
import { formatValue, HIDDEN, isHiddenKind } from './hide-secrets.ts';

/** One field that is not as declared, for people: values cut, what may be a secret hidden (hide-secrets.ts). */
export interface FieldDrift {
  /** `spec.template.spec.containers[name=web].image` */
  readonly path: string;
  readonly declared: string;
  /** The value in the cluster; absent where the field is gone. */
  readonly live?: string;
  /** Who has the field now, as managedFields names them; empty where nobody does. */
  readonly by: readonly string[];
}

const MAX_PATH = 200;
const MAX_MANAGER = 60;
/** Enough to see what happened. */
const MAX_FIELDS = 20;

/** The first differences of an object in words. */
export function describeDifferences(differences: readonly Difference[], live: KubeObject): readonly FieldDrift[] {
  return differences.slice(0, MAX_FIELDS).map((difference) => ({
    path: formatSteps(difference.steps, isHiddenKind(live)),
    declared: formatValue(difference.declared, difference.steps, live),
    ...(difference.live !== undefined && { live: formatValue(difference.live, difference.steps, live) }),
    by: managersOf(live, difference.steps),
  }));
}

/** Steps as people write a path. @param hidden: items that are named by their own value are not shown */
export function formatSteps(steps: readonly string[], hidden = false): string {
  const text = steps.reduce((path, step) => {
    const rest = step.slice(2);
    if (hidden && step.startsWith('v:')) return `${path}[${HIDDEN}]`;
    if (!step.startsWith('f:')) return `${path}[${formatItem(step)}]`;
    return /^[\w-]+$/.test(rest) ? `${path}${path === '' ? '' : '.'}${rest}` : `${path}["${rest}"]`;
  }, '');
  return printable(text, MAX_PATH);
}

function formatItem(step: string): string {
  const rest = step.slice(2);
  const value: unknown = parseJson(rest);
  if (!isMapping(value)) return rest;
  return Object.entries(value)
    .map(([key, member]) => `${key}=${typeof member === 'string' ? member : canonicalJson(member)}`)
    .join(',');
}

/**
 * Who has a field now. What is gone is nobody's: then it is whoever changed the object last since we applied it, if anybody is on record.
 */
function managersOf(live: KubeObject, steps: readonly string[]): readonly string[] {
  const owners = ownersOf(live, steps);
  if (owners.length > 0) return [...new Set(owners.map(nameOf))];
  const applied = Date.parse(live.metadata.managedFields?.find(isOurEntry)?.time ?? '');
  const since = othersOf(live).filter((entry) => entry.subresource !== 'status' && timeOf(entry) >= applied);
  const last = since.toSorted((a, b) => timeOf(b) - timeOf(a))[0];
  return last ? [nameOf(last)] : [];
}

/** When somebody who has one of these fields last wrote to the object, in seconds since 1970; 0 where nobody has any. */
export function lastChange(live: KubeObject, differences: readonly Difference[]): number {
  const owners = differences.flatMap(({ steps }) => ownersOf(live, steps));
  return Math.max(0, ...owners.map((entry) => timeOf(entry) / 1000).filter(Number.isFinite));
}

function ownersOf(live: KubeObject, steps: readonly string[]): readonly ManagedFieldsEntry[] {
  return othersOf(live).filter(({ fieldsV1 }) => steps.reduce<unknown>(stepInto, fieldsV1) !== undefined);
}

function othersOf({ metadata }: KubeObject): readonly ManagedFieldsEntry[] {
  return metadata.managedFields?.filter((entry) => !isOurEntry(entry)) ?? [];
}

function stepInto(fields: unknown, step: string): unknown {
  return isMapping(fields) && Object.hasOwn(fields, step) ? fields[step] : undefined;
}

function timeOf({ time }: ManagedFieldsEntry): number {
  return Date.parse(time ?? '');
}

/** `kube-controller-manager (scale)`: the subresource says what it was changed by. */
function nameOf({ manager, subresource }: ManagedFieldsEntry): string {
  return printable(subresource ? `${manager} (${subresource})` : manager, MAX_MANAGER);
}
