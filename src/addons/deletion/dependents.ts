import { formatRef } from '../../objects/kube-object.ts';
import { isClusterScopedName } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import type { Inside, Named } from '../addon-state.ts';
import { protectedBystander } from './protection.ts';

/** An object in the cluster that goes when one of its owners does, whoever made it. */
export interface Dependent {
  readonly uid: string;
  readonly key: string;
  /** `PersistentVolumeClaim shop/data-db-0` */
  readonly name: string;
  readonly namespace?: string;
  /** There is data in it. */
  readonly isClaim: boolean;
  /** Its annotation says that it is to stay. */
  readonly isKept: boolean;
  /** guards.protect names it. */
  readonly isProtected: boolean;
}

/** What goes with what, as the cluster says at this moment. */
export interface Dependents {
  /** By the UID of their owner. */
  readonly byOwner: ReadonlyMap<string, readonly Dependent[]>;
  /** UIDs of what anything names as its owner, of kinds (`apps/StatefulSet`), read or not. */
  readonly ownersOf: (isOf: (groupKind: string) => boolean) => readonly string[];
  /** UIDs of the claims in a namespace. */
  readonly claimsIn: (namespace: string) => readonly string[];
  /** Whether objects of a kind may be in what could not be read. */
  readonly mayHide: (kind: string) => boolean;
  /** Whether a kind (`apps/StatefulSet`) may be of what could not be read. */
  readonly isUnread: (groupKind: string) => boolean;
  /** Why something could not be read. */
  readonly unread?: string;
  /** It is there, and may be in between of anything: nothing is known then. */
  readonly isUnknown: boolean;
}

export interface DependentsOptions {
  /** What is on the record of some add-on, and may go. */
  readonly isRecorded: (key: string) => boolean;
  /** What is to stay by what is declared or on record. */
  readonly stays: (key: string) => boolean;
  readonly protect: readonly string[];
}

const NAMED = 5;

/**
 * What objects would take along as owners, through however many hands, and must not without a question: what is protected, what is to
 * stay, and claims that are on nobody's record. The rest (Pods, ReplicaSets, what an operator made) was made for its owner.
 *
 * @param roots UIDs of what is deleted, and of what is inside: these are not counted
 */
export function findDependents(
  ref: ObjectRef,
  roots: readonly string[],
  known: Dependents,
  { isRecorded, stays, protect }: DependentsOptions,
): Inside {
  const all = reach(roots, known);
  const isStaying = ({ isKept, key }: Dependent): boolean => isKept || stays(key);
  const staying = all.filter(isStaying);
  const held = all.filter((each) => !isStaying(each) && each.isClaim && !isRecorded(each.key));
  const seen = all.find(({ isProtected }) => isProtected)?.name;
  const { unread, isUnknown } = known;
  const hidden = seen === undefined && unread !== undefined ? findHidden(ref, protect, known) : undefined;
  const guarded = seen ?? hidden;
  return {
    ref,
    ...nameSome(held),
    ...(staying.length > 0 && { stays: nameSome(staying) }),
    ...(guarded !== undefined && { protected: guarded }),
    ...(unread !== undefined && (isUnknown || hidden !== undefined) && { unknown: unread }),
  };
}

/** What goes with any of these, through however many hands. */
function reach(roots: readonly string[], { byOwner }: Dependents): readonly Dependent[] {
  const along = new Map<string, Dependent>();
  const first = new Set(roots);
  const going = new Set(roots);
  // a Set goes on with what is added while it is walked
  for (const owner of going) {
    for (const dependent of byOwner.get(owner) ?? []) {
      if (!first.has(dependent.uid)) along.set(dependent.uid, dependent);
      going.add(dependent.uid);
    }
  }
  return [...along.values()];
}

function nameSome(all: readonly Dependent[]): Named {
  return { names: all.slice(0, NAMED).map(({ name }) => name), count: all.length };
}

/** What is protected and may be in what could not be read, or go with that. */
function findHidden(ref: ObjectRef, protect: readonly string[], known: Dependents): string | undefined {
  const found = protect.map(protectedBystander).find(({ ref: other, anyNamespace }) => {
    if (!known.mayHide(other.kind) || formatRef(other) === formatRef(ref)) return false;
    // what an object in a namespace owns is in the same one
    const isInReach = anyNamespace === true || other.namespace === ref.namespace;
    return ref.namespace === undefined || (isInReach && !isClusterScopedName(other.kind));
  });
  if (found) return formatRef(found.ref);
  const isNear = ({ namespace }: Dependent): boolean =>
    ref.namespace === undefined || namespace === undefined || namespace === ref.namespace;
  return reach(known.ownersOf(known.isUnread), known).find((each) => each.isProtected && isNear(each))?.name;
}

/** Both together. */
export function addInside(one: Inside, other: Inside): Inside {
  const guarded = one.protected ?? other.protected;
  const unknown = one.unknown ?? other.unknown;
  const stays = one.stays && other.stays ? addNamed(one.stays, other.stays) : (one.stays ?? other.stays);
  return {
    ref: one.ref,
    ...addNamed(one, other),
    ...(stays && { stays }),
    ...(guarded !== undefined && { protected: guarded }),
    ...(unknown !== undefined && { unknown }),
  };
}

function addNamed(one: Named, other: Named): Named {
  return { names: [...one.names, ...other.names].slice(0, NAMED), count: one.count + other.count };
}
