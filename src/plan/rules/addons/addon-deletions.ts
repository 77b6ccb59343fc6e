import type { AddonState, Inside } from '../../../addons/addon-state.ts';
import { type Bystander, type Cascades, isCascading } from '../../../addons/deletion/cascade.ts';
import { isConfirmed } from '../../../addons/deletion/confirmation.ts';
import { describeGuarded, describeInside } from '../../../addons/deletion/describe-inside.ts';
import { isProtected, protectedBystander } from '../../../addons/deletion/protection.ts';
import { indexTakers } from '../../../addons/deletion/taken-along.ts';
import { formatRef } from '../../../objects/kube-object.ts';
import { keyOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import type { Held } from '../../actions.ts';
import { holdFor, holdUntilConfirmed } from './deletion-reasons.ts';

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
 * What holds deletions back, by key. It is asked from below: who would take along what is to stay? Whoever would is held, is itself to
 * stay then, and so on upwards. Each is asked once, so that the work grows with what there is and no faster.
 */
export function holdDeletions(input: DeletionInput): ReadonlyMap<string, Held> {
  const { guards, states, candidates } = input;
  const insides = new Map(states.flatMap(({ insides: found = [] }) => found.map((each) => [keyOf(each.ref), each])));
  const staying = input.staying.map((each) =>
    isProtected(each.ref, guards.protect) ? { ...each, why: 'is protected', final: true } : each,
  );
  const refs = [...candidates, ...staying].map(({ ref }) => ref);
  const find = indexTakers(refs, mergeCascades(states));
  const takersOf = (other: Bystander): readonly string[] => {
    const own = keyOf(other.ref);
    // what was looked at in the cluster is known by name: then a guess is not needed
    return find(other).filter((key) => key !== own && !(other.anyNamespace && isSeen(insides.get(key))));
  };
  const spread: Spread = { insides, takersOf, refs: new Map(refs.map((ref) => [keyOf(ref), ref])) };
  const all = [...guards.protect.map(protectedBystander), ...staying];
  const guarded = findGuarded(input, all, spread);
  const unreadable = states.find(({ readable }) => !readable)?.name;
  const first = candidates.flatMap(({ ref }): [string, Held][] => {
    const key = keyOf(ref);
    const found = holdByItself(ref, { inside: insides.get(key), guarded: guarded.get(key), unreadable, guards });
    return found ? [[key, found]] : [];
  });
  return holdUpwards(new Map(first), all, input, spread);
}

interface Spread {
  readonly insides: ReadonlyMap<string, Inside>;
  /** Keys of those that would take it along, at first hand. */
  readonly takersOf: (other: Bystander) => readonly string[];
  /** What may take others along, by key. */
  readonly refs: ReadonlyMap<string, ObjectRef>;
}

/** What guards.protect names and would go along, by the key of what takes it, through however many hands. */
function findGuarded(
  { candidates, guards }: DeletionInput,
  all: readonly Staying[],
  { insides, takersOf, refs }: Spread,
): ReadonlyMap<string, string> {
  const guarded = new Map<string, string>();
  const waiting: { readonly other: Bystander; readonly name: string }[] = all
    .filter(({ final }) => final)
    .map((other) => ({ other, name: formatRef(other.ref) }));
  for (const { ref } of candidates) {
    const inside = insides.get(keyOf(ref))?.protected;
    const name = isProtected(ref, guards.protect) ? formatRef(ref) : inside;
    if (name !== undefined) waiting.push({ other: { ref }, name });
    if (inside !== undefined) guarded.set(keyOf(ref), inside);
  }
  for (const { other, name } of waiting) {
    for (const key of takersOf(other)) {
      const ref = refs.get(key);
      if (!ref || guarded.has(key)) continue;
      guarded.set(key, name);
      waiting.push({ other: { ref }, name });
    }
  }
  return guarded;
}

interface Facts {
  readonly inside: Inside | undefined;
  /** What is protected and would go along. */
  readonly guarded: string | undefined;
  readonly unreadable: string | undefined;
  readonly guards: Guards;
}

/** What holds a deletion back whatever becomes of the others. */
function holdByItself(ref: ObjectRef, { inside, guarded, unreadable, guards }: Facts): Held | undefined {
  if (isProtected(ref, guards.protect)) return holdFor(ref, 'but is protected');
  if (unreadable !== undefined && isCascading(ref)) {
    return holdFor(ref, `but the record of add-on ${unreadable} cannot be read, and what it has may go with it`);
  }
  if (guarded !== undefined) return holdFor(ref, `but ${describeGuarded(guarded, inside?.unknown)}`);
  const reasons = describeInside(inside);
  return reasons.length === 0 || isConfirmed(ref, guards.confirm) ? undefined : holdUntilConfirmed(ref, reasons);
}

/** The same with what is held for others: for what is declared, recorded or kept, and for what is held itself. */
function holdUpwards(
  byItself: ReadonlyMap<string, Held>,
  all: readonly Staying[],
  { candidates, guards }: DeletionInput,
  { insides, takersOf }: Spread,
): ReadonlyMap<string, Held> {
  const isFree = (ref: ObjectRef): boolean => isConfirmed(ref, guards.confirm);
  // what no commit can let go says only why
  const askable = candidates.filter(
    ({ ref }) => byItself.get(keyOf(ref))?.confirm !== undefined || !byItself.has(keyOf(ref)),
  );
  const asked = new Map(
    askable.map(({ ref }) => [keyOf(ref), { ref, names: [] as string[], told: new Set<string>() }]),
  );
  const stayingItself = ({ ref }: Pick<Leftover, 'ref'>): Staying => ({ ref, why: 'is held itself' });
  const waiting = all.filter(({ final }) => !final);
  waiting.push(...candidates.filter(({ ref }) => byItself.has(keyOf(ref))).map(stayingItself));
  for (const other of waiting) {
    for (const taker of takersOf(other).flatMap((key) => asked.get(key) ?? [])) {
      const { ref, names, told } = taker;
      if (names.length === 0 && !byItself.has(keyOf(ref)) && !isFree(ref)) waiting.push(stayingItself({ ref }));
      names.push(`${formatRef(other.ref)} ${other.why}`);
      told.add(formatRef(other.ref));
    }
  }
  const forOthers = [...asked].filter(([, { ref, names }]) => names.length > 0 && !isFree(ref));
  return new Map([
    ...byItself,
    ...forOthers.map(([key, { ref, names, told }]): [string, Held] => {
      const more = names.length > NAMED ? [`${names.length - NAMED} more are to stay`] : [];
      const inside = describeInside(insides.get(key), told);
      return [key, holdUntilConfirmed(ref, [...names.slice(0, NAMED), ...more, ...inside])];
    }),
  ]);
}

const NAMED = 3;

function isSeen(inside: Inside | undefined): boolean {
  return inside !== undefined && inside.unknown === undefined;
}

function mergeCascades(states: readonly AddonState[]): Cascades {
  return {
    ties: states.flatMap(({ cascades }) => cascades?.ties ?? []),
    defines: states.flatMap(({ cascades }) => cascades?.defines ?? []),
  };
}
