import { isMapping } from '../../json/at.ts';
import { canonicalJson } from '../../json/canonical.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { below, childOf, type Fields, hasMembers, isEmpty, othersFields, ownFields } from '../owned-fields.ts';
import { findStep } from './find-step.ts';

/** One field that is not as declared, with the values as they are: not for people, who may not see a Secret's. */
export interface Difference {
  /** From the root, as FieldsV1 names them. */
  readonly steps: readonly string[];
  readonly declared: unknown;
  /** The value in the cluster; undefined where the field is gone. */
  readonly live: unknown;
}

/** What differs, and whether anything declared is no longer ours: then that is what happened to it. */
export interface Comparison {
  readonly differences: readonly Difference[];
  readonly lost: boolean;
}

/** One place in the object: what is declared there, what there is, and who says so. */
interface Place {
  readonly steps: readonly string[];
  readonly declared: unknown;
  readonly live: unknown;
  readonly ours: Fields | undefined;
  readonly others: readonly Fields[];
}

/** Only these of the metadata are fields to the API server; the rest names the object, or is its own. */
const METADATA = ['annotations', 'finalizers', 'labels', 'ownerReferences'];

/**
 * Where a live object is not as its manifest, which we applied, says. Whoever changes a field takes it from us, so what is still ours
 * is as we set it, in whatever form the API server keeps it; of what is not, the values count. What is in a mapping or a list
 * that is declared empty is others'.
 */
export function compareWithLive(declared: KubeObject, live: KubeObject): Comparison {
  const differences: Difference[] = [];
  let lost = false;
  const visit = (place: Place): void => {
    if (isSettled(place)) return;
    if (!place.ours && (!isNested(place.declared) || isEmpty(place.declared))) lost = true;
    if (isAsDeclared(place)) return;
    const members = isWhole(place) ? undefined : membersOf(place);
    if (members) members.forEach(visit);
    else if (isChanged(place)) differences.push(toDifference(place));
  };
  visit({
    steps: [],
    declared: fieldsOf(declared),
    live,
    ours: ownFields(live),
    others: othersFields(live),
  });
  return { differences, lost };
}

/** Where what is still ours reads otherwise than declared: somebody wrote it in our name, or past the API server. */
export function compareTexts(declared: KubeObject, live: KubeObject): readonly Difference[] {
  const differences: Difference[] = [];
  const visit = (place: Place): void => {
    const { ours, declared: value } = place;
    if (!ours || value === null || value === undefined || isEmpty(value)) return;
    const members = isLeaf(ours) ? undefined : membersOf(place);
    if (members) members.forEach(visit);
    else if (!covers(place.declared, place.live)) differences.push(toDifference(place));
  };
  visit({ steps: [], declared: fieldsOf(declared), live, ours: ownFields(live), others: [] });
  return differences;
}

/** Declared fields that the API server left out of what it keeps: `data: {}` is no data to it. */
export function findDropped(declared: KubeObject, live: KubeObject): readonly Difference[] {
  const dropped: Difference[] = [];
  const visit = (place: Place): void => {
    if (place.declared === null || place.declared === undefined) return;
    if (place.live === undefined) dropped.push(toDifference(place));
    else membersOf(place)?.forEach(visit);
  };
  visit({ steps: [], declared: fieldsOf(declared), live, ours: ownFields(live), others: [] });
  return dropped;
}

/** The value that steps lead to. */
export function valueAt(object: KubeObject, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(childOf, object);
}

function fieldsOf({ apiVersion: _, kind: __, metadata, ...rest }: KubeObject): Readonly<Record<string, unknown>> {
  return { metadata: Object.fromEntries(METADATA.map((field) => [field, metadata[field]])), ...rest };
}

function toDifference({ steps, declared, live }: Place): Difference {
  return { steps, declared, live };
}

/** True for a place where nothing is declared, or that is ours as a whole. */
function isSettled({ declared, ours }: Place): boolean {
  return declared === null || declared === undefined || (ours !== undefined && isLeaf(ours));
}

/** What nobody owns any more says nothing of how it was: what is declared is there, or it is not. */
function isChanged({ declared, live, others }: Place): boolean {
  return others.length > 0 || !covers(declared, live);
}

function isLeaf(fields: Fields): boolean {
  return Object.keys(fields).length === 0;
}

function isNested(value: unknown): boolean {
  return isMapping(value) || Array.isArray(value);
}

function isAsDeclared(place: Place): boolean {
  const { declared, live, ours } = place;
  if (!isEmpty(declared)) return canonicalJson(declared) === canonicalJson(live);
  if (ours || live === undefined) return ours !== undefined;
  if (Array.isArray(declared) !== Array.isArray(live) || !isNested(live)) return false;
  return isEmpty(live) || !isWhole(place);
}

/** Somebody else owns it in one piece: it was replaced, not added to. */
function isWhole({ ours, others }: Place): boolean {
  return !ours && others.length > 0 && !others.some(hasMembers);
}

/** The places inside of a place; undefined where declared and live have nothing alike to look into. */
function membersOf({ steps, declared, live, ours, others }: Place): readonly Place[] | undefined {
  const go = (step: string, value: unknown): Place => {
    const own = ours?.[step];
    return {
      steps: [...steps, step],
      declared: value,
      live: childOf(live, step),
      ours: isMapping(own) ? own : undefined,
      others: below(others, step),
    };
  };
  if (isMapping(declared) && isMapping(live)) {
    return Object.entries(declared).map(([key, value]) => go(`f:${key}`, value));
  }
  if (!Array.isArray(declared) || !Array.isArray(live)) return undefined;
  const items: readonly unknown[] = declared;
  const found = items.map((item) => findStep(item, live, [ours, ...others]));
  if (found.includes(undefined)) return undefined;
  return items.map((item, index) => go(found[index] ?? '', item));
}

/** True where a live value has all that is declared, whatever is beside it. */
function covers(declared: unknown, live: unknown): boolean {
  if (isMapping(declared)) {
    if (!isMapping(live)) return false;
    return Object.entries(declared).every(
      ([key, value]) => value === null || isEmpty(value) || covers(value, childOf(live, `f:${key}`)),
    );
  }
  if (!Array.isArray(declared)) return canonicalJson(declared) === canonicalJson(live);
  const items: readonly unknown[] = declared;
  return Array.isArray(live) && live.length === items.length && items.every((item, i) => covers(item, live[i]));
}
