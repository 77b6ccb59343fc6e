import { formatRef } from '../../objects/kube-object.ts';
import { isClusterScopedName } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import type { Inside } from '../addon-state.ts';
import { protectedBystander } from './protection.ts';

/** An object in the cluster that goes when one of its owners does, whoever made it. */
export interface Dependent {
  readonly uid: string;
  readonly key: string;
  /** `PersistentVolumeClaim shop/data-db-0` */
  readonly name: string;
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
  /** Whether objects of a kind may be in what could not be read. */
  readonly mayHide: (kind: string) => boolean;
  /** Why something could not be read. */
  readonly unread?: string;
  /** It is of Kubernetes itself: nothing is known then. */
  readonly isUnknown: boolean;
}

export interface DependentsOptions {
  /** What is on the record of some add-on, and may go. */
  readonly isRecorded: (key: string) => boolean;
  readonly protect: readonly string[];
}

const NAMED = 5;

/**
 * What an object would take along as its owner, through however many hands, and must not without a question: what is protected, what is to
 * stay by its annotation, and claims that are on nobody's record. The rest (Pods, ReplicaSets, what an operator made) was made for its owner.
 */
export function findDependents(
  ref: ObjectRef,
  uid: string,
  { byOwner, mayHide, unread, isUnknown }: Dependents,
  { isRecorded, protect }: DependentsOptions,
): Inside {
  const along = new Map<string, Dependent>();
  const going = new Set([uid]);
  // a Set goes on with what is added while it is walked
  for (const owner of going) {
    for (const dependent of byOwner.get(owner) ?? []) {
      if (dependent.uid !== uid) along.set(dependent.uid, dependent);
      going.add(dependent.uid);
    }
  }
  const all = [...along.values()];
  const held = all.filter(({ isKept, isClaim, key }) => isKept || (isClaim && !isRecorded(key)));
  const seen = all.find(({ isProtected }) => isProtected)?.name;
  const hidden = seen === undefined && unread !== undefined ? findHidden(ref, protect, mayHide) : undefined;
  const guarded = seen ?? hidden;
  return {
    ref,
    names: held.slice(0, NAMED).map(({ name }) => name),
    count: held.length,
    ...(guarded !== undefined && { protected: guarded }),
    ...(unread !== undefined && (isUnknown || hidden !== undefined) && { unknown: unread }),
  };
}

/** What is protected and may be in what could not be read. */
function findHidden(
  ref: ObjectRef,
  protect: readonly string[],
  mayHide: (kind: string) => boolean,
): string | undefined {
  const found = protect.map(protectedBystander).find(({ ref: other, anyNamespace }) => {
    if (!mayHide(other.kind) || formatRef(other) === formatRef(ref)) return false;
    // what an object in a namespace owns is in the same one
    const isInReach = anyNamespace === true || other.namespace === ref.namespace;
    return ref.namespace === undefined || (isInReach && !isClusterScopedName(other.kind));
  });
  return found && formatRef(found.ref);
}

/** Both together. */
export function addInside(one: Inside, other: Inside): Inside {
  const guarded = one.protected ?? other.protected;
  const unknown = one.unknown ?? other.unknown;
  return {
    ref: one.ref,
    names: [...one.names, ...other.names].slice(0, NAMED),
    count: one.count + other.count,
    ...(guarded !== undefined && { protected: guarded }),
    ...(unknown !== undefined && { unknown }),
  };
}
