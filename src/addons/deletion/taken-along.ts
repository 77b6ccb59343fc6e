import { keyOf } from '../../objects/object-key.ts';
import { groupOf, type ObjectRef } from '../../objects/object-ref.ts';
import { type Bystander, type Cascades, type Defined, isDefinition, isNamespace } from './cascade.ts';

/**
 * The one question before every deletion: which of the others does it take along? A Namespace takes everything in it, a
 * CustomResourceDefinition every object of its kind, an owner what names it, a claim its volume and a volume its claim; and
 * each of these what goes with it in turn.
 */
export function findTakenAlong<T extends Bystander>(
  ref: ObjectRef,
  others: readonly T[],
  known: Cascades,
): readonly T[] {
  const own = keyOf(ref);
  const each = others.map((other) => ({ other, key: keyOf(other.ref) })).filter(({ key }) => key !== own);
  const takersOf = indexTakers([ref, ...each.map(({ other }) => other.ref)], known);
  const pairs = each.flatMap(({ other, key }) => takersOf(other).map((taker) => ({ taker, other, key })));
  const goesAlong = Map.groupBy(pairs, ({ taker }) => taker);
  const taken = new Set<T>();
  const going = new Set([own]);
  // a Set goes on with what is added while it is walked
  for (const key of going) {
    for (const { other, key: next } of goesAlong.get(key) ?? []) {
      taken.add(other);
      going.add(next);
    }
  }
  return [...taken];
}

/**
 * Who would take an object along, at first hand: answers keys. Built once from all that may take along, so that a question costs
 * what its answer has and not a walk over everything.
 */
export function indexTakers(
  takers: readonly ObjectRef[],
  { ties, defines }: Cascades,
): (other: Bystander) => readonly string[] {
  const owners = new Map(ties.map((tie) => [keyOf(tie.ref), [...new Set(tie.goesWith.map(keyOf))]]));
  const namespaces = Map.groupBy(takers.filter(isNamespace), ({ name }) => name);
  const allNamespaces = [...namespaces.values()].flat().map(keyOf);
  const definitions = indexDefinitions(takers.filter(isDefinition), defines);
  return (other) => {
    const tied = owners.get(keyOf(other.ref)) ?? [];
    const around = other.anyNamespace
      ? allNamespaces
      : (namespaces.get(other.ref.namespace ?? '') ?? []).map((namespace) => keyOf(namespace));
    return [...tied, ...around, ...definitions(other)];
  };
}

/** Keys of the definitions that an object may be of. */
function indexDefinitions(
  definitions: readonly ObjectRef[],
  defines: readonly Defined[],
): (other: Bystander) => readonly string[] {
  const byName = new Map(defines.map((defined) => [defined.name, defined]));
  const all = definitions.map((ref) => {
    const group = ref.name.slice(ref.name.indexOf('.') + 1);
    return { key: keyOf(ref), name: ref.name, group, kind: byName.get(ref.name)?.kind };
  });
  const known = all.filter(({ kind }) => kind !== undefined);
  // what kind one defines may be unknown (it was never seen): then it is taken for all of its group
  const unknown = all.filter(({ kind }) => kind === undefined);
  const byKind = Map.groupBy(known, ({ kind }) => kind);
  const byGroupKind = Map.groupBy(known, ({ group, kind }) => `${group}/${kind}`);
  const byGroup = Map.groupBy(unknown, ({ group }) => group);
  return ({ ref, anyGroup }) => {
    const group = groupOf(ref);
    const found = anyGroup
      ? [...(byKind.get(ref.kind) ?? []), ...unknown.filter(({ name }) => looksLike(name, ref.kind))]
      : [...(byGroupKind.get(`${group}/${ref.kind}`) ?? []), ...(byGroup.get(group) ?? [])];
    return found.map(({ key }) => key);
  };
}

/** `policies.example.com` may well define Policy. */
function looksLike(definition: string, kind: string): boolean {
  return definition.startsWith(kind.toLowerCase().replace(/(y|s)$/, ''));
}
