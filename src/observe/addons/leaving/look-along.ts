import type { Inside } from '../../../addons/addon-state.ts';
import { type Defined, isContainer, isNamespace } from '../../../addons/deletion/cascade.ts';
import { addInside, type Dependents, findDependents } from '../../../addons/deletion/dependents.ts';
import { groupKindOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import { type LookOptions, type LookReader, lookInside } from './look-inside.ts';
import type { AskDependents } from './read-dependents.ts';

export interface LookedAt {
  readonly ref: ObjectRef;
  /** Undefined where it is not there, or goes already: then only what is inside is looked at. */
  readonly uid: string | undefined;
  /** What it defines, where it is a CustomResourceDefinition. */
  readonly defines: Defined | undefined;
}

interface Looks {
  readonly dependents: AskDependents;
  readonly options: LookOptions;
}

/**
 * Everything that would go along with an object, of what must not without a question: what is inside of it, and what names it, or what is
 * inside of it, as an owner.
 *
 * @throws KubicError kube.unreachable, agent.aborted and the like; what cannot be read is said in the answer
 */
export async function lookAlong(
  client: LookReader,
  { ref, uid, defines }: LookedAt,
  { dependents, options }: Looks,
): Promise<Inside> {
  const looked = isContainer(ref) ? await lookInside(client, ref, options) : undefined;
  if (uid === undefined) return looked?.inside ?? { ref, names: [], count: 0 };
  const known = await dependents(ref.namespace);
  if (!looked) return findDependents(ref, [uid], known, options);
  const { inside, uids } = looked;
  const others = inside.unknown === undefined ? [] : ownersInside({ ref, defines }, known);
  return addInside(inside, findDependents(ref, [uid, ...uids, ...others], known, options));
}

/**
 * What is inside as far as others tell, where it could not be read whole: of a definition what anything names as its owner, of a Namespace
 * its claims. Nothing else in a namespace owns what is elsewhere.
 */
function ownersInside({ ref, defines }: Pick<LookedAt, 'ref' | 'defines'>, known: Dependents): readonly string[] {
  if (isNamespace(ref)) return known.claimsIn(ref.name);
  if (!defines) return [];
  const groupKind = groupKindOf({ apiVersion: `${defines.group}/`, kind: defines.kind });
  return known.ownersOf((each) => each === groupKind);
}
