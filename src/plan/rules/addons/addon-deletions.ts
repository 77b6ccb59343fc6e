import type { AddonState, Inside } from '../../../addons/addon-state.ts';
import {
  type Bystander,
  type Cascades,
  findTakenAlong,
  isCascading,
  isDefinition,
  isNamespace,
  takesText,
} from '../../../addons/deletion/cascade.ts';
import { confirmationOf } from '../../../addons/deletion/confirmation.ts';
import { isProtected } from '../../../addons/deletion/protection.ts';
import { formatRef } from '../../../objects/kube-object.ts';
import { isClusterScopedName, keyOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import type { Held } from '../../actions.ts';

/** What is recorded of an add-on and no longer declared by it. */
export interface Leftover {
  readonly ref: ObjectRef;
  readonly addon: string;
}

export interface Guards {
  readonly protect: readonly string[];
  readonly confirm: readonly string[];
}

/** Something that is not to be deleted, and why. */
interface Staying extends Bystander {
  readonly why: string;
  /** Whatever a commit confirms. */
  readonly final?: boolean;
}

export interface DeletionInput {
  readonly guards: Guards;
  readonly states: readonly AddonState[];
  /** What would be deleted if nothing held it. */
  readonly candidates: readonly Leftover[];
  /** Declared, recorded, kept: what is to stay for other reasons than guards.protect. */
  readonly staying: readonly { readonly ref: ObjectRef; readonly why: string }[];
}

/**
 * What holds deletions back, by key. Each is asked what it would take along of all that is to stay; one that is held is itself to
 * stay, so the others are asked again until nothing more is held.
 */
export function holdDeletions({ guards, states, candidates, staying }: DeletionInput): ReadonlyMap<string, Held> {
  const held = new Map<string, Held>();
  const all: Staying[] = [...guards.protect.map(protectedBystander), ...staying];
  const known = mergeCascades(states);
  const owners = new Set(known.ties.flatMap((tie) => tie.goesWith.map(keyOf)));
  const insides = new Map(states.flatMap(({ insides: found = [] }) => found.map((each) => [keyOf(each.ref), each])));
  const unreadable = states.find(({ readable }) => !readable)?.name;
  const askable = candidates.filter(({ ref }) => isCascading(ref) || owners.has(keyOf(ref)));
  const hold = (ref: ObjectRef, found: Held): void => {
    held.set(keyOf(ref), found);
    all.push({ ref, why: 'is held itself' });
  };
  for (const { ref } of candidates) {
    if (isProtected(ref, guards.protect)) hold(ref, heldFor(ref, 'addons.protected', 'but is protected'));
  }
  for (let before = -1; before !== held.size; ) {
    before = held.size;
    for (const { ref } of askable) {
      if (held.has(keyOf(ref))) continue;
      const found = holdOne(ref, { all, known, owners, inside: insides.get(keyOf(ref)), unreadable, guards });
      if (found) hold(ref, found);
    }
  }
  return held;
}

interface Question {
  readonly all: readonly Staying[];
  readonly known: Cascades;
  /** Keys of what others go with. */
  readonly owners: ReadonlySet<string>;
  readonly inside: Inside | undefined;
  readonly unreadable: string | undefined;
  readonly guards: Guards;
}

function holdOne(ref: ObjectRef, question: Question): Held | undefined {
  const { inside, unreadable, guards } = question;
  const taken = findTaken(ref, question);
  const final = taken.find((each) => each.final);
  const fixed = (why: string): Held => heldFor(ref, 'addons.protected', why);
  if (unreadable !== undefined && isCascading(ref)) {
    return fixed(`but the record of add-on ${unreadable} cannot be read, and what it has may go with it`);
  }
  const guarded = final ? formatRef(final.ref) : inside?.protected;
  if (guarded !== undefined) {
    const unknown = inside?.unknown;
    const goes = unknown === undefined ? 'and would go with it' : `and may go with it: ${unknown}`;
    return fixed(`but ${guarded} is protected, ${goes}`);
  }
  const confirm = confirmationOf(ref);
  if (guards.confirm.includes(confirm)) return undefined;
  const reasons = [
    ...taken.slice(0, 3).map((each) => `${formatRef(each.ref)} ${each.why}`),
    ...(taken.length > 3 ? [`${taken.length - 3} more are to stay`] : []),
    ...describeInside(inside),
  ];
  return reasons.length === 0 ? undefined : { ...fixed(`but ${reasons.join(', ')}, and would go with it`), confirm };
}

function findTaken(ref: ObjectRef, { all, known, owners, inside }: Question): readonly Staying[] {
  if (!isNamespace(ref) && !isDefinition(ref) && !owners.has(keyOf(ref))) return [];
  // what was looked at in the cluster is known by name: then a guess is not needed
  const isSeen = inside !== undefined && inside.unknown === undefined;
  return findTakenAlong(ref, isSeen ? all.filter(({ anyNamespace }) => !anyNamespace) : all, known);
}

function describeInside(inside: Inside | undefined): readonly string[] {
  if (inside?.unknown !== undefined) return [inside.unknown];
  if (inside === undefined || inside.count === 0) return [];
  const more = inside.count - inside.names.length;
  return [
    `${inside.names.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${inside.count > 1 ? 'are' : 'is'} on no add-on's record`,
  ];
}

function heldFor(ref: ObjectRef, code: Held['code'], reason: string): Held {
  return { code, subject: formatRef(ref), reason: `it left the repository, ${reason}` };
}

/** An entry of guards.protect: `Kind/namespace/name`, or `Kind/name`, which in a kind with namespaces may be in any. */
function protectedBystander(entry: string): Staying {
  const [kind = '', second = '', third] = entry.split('/');
  const ref = { apiVersion: '', kind };
  const base = { anyGroup: true, why: 'is protected', final: true };
  if (third !== undefined) return { ...base, ref: { ...ref, namespace: second, name: third } };
  return { ...base, ref: { ...ref, name: second }, anyNamespace: !isClusterScopedName(kind) };
}

function mergeCascades(states: readonly AddonState[]): Cascades {
  return {
    ties: states.flatMap(({ cascades }) => cascades?.ties ?? []),
    defines: states.flatMap(({ cascades }) => cascades?.defines ?? []),
  };
}

/** What a plan says of deletions: the first few by name, with what each takes along. */
export function describeDeletions(prune: readonly ObjectRef[]): string {
  const named = prune.toSorted((a, b) => Number(isCascading(b)) - Number(isCascading(a))).slice(0, 3);
  return named
    .map((ref) => {
      const along = isNamespace(ref) || isDefinition(ref) ? takesText(ref) : undefined;
      return along === undefined ? formatRef(ref) : `${formatRef(ref)} with ${along}`;
    })
    .join(', ');
}
