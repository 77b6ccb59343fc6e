import { type KubeObject, refOf } from '../objects/kube-object.ts';
import { groupKindOf, isClusterScoped } from '../objects/object-key.ts';
import { type IndexedObject, withoutNamespace } from './indexed-object.ts';
import type { InventoryEntry } from './inventory.ts';
import type { RenderedAddon } from './rendered-addon.ts';

/** Kinds without a namespace, as `group/Kind`, beside those of Kubernetes itself. */
export type Scopes = ReadonlySet<string>;

/**
 * What is known of scopes without asking: what CustomResourceDefinitions in the repository say, and what the API server
 * answered at an apply (an object without a namespace in its answer has none).
 */
export function collectScopes(
  rendered: readonly RenderedAddon[],
  entries: readonly InventoryEntry[],
  discovered: readonly string[] = [],
): Scopes {
  const defined = rendered.flatMap(({ objects }) => objects.flatMap((object) => clusterScopeOf(object) ?? []));
  const seen = entries.filter(({ live, namespace }) => live !== undefined && namespace === undefined);
  return new Set([...defined, ...seen.map(groupKindOf), ...discovered]);
}

function clusterScopeOf({ defines }: IndexedObject): string | undefined {
  return defines?.isClusterScoped ? `${defines.group}/${defines.kind}` : undefined;
}

/** Add-ons with their objects where the API server puts them: a namespace means nothing for a kind that has none. */
export function placeAddons(rendered: readonly RenderedAddon[], scopes: Scopes): readonly RenderedAddon[] {
  return rendered.map((addon) => ({ ...addon, objects: addon.objects.map((object) => placeIndexed(object, scopes)) }));
}

function placeIndexed(object: IndexedObject, scopes: Scopes): IndexedObject {
  const placed = placeRef(object, scopes);
  return placed === object ? object : { ...placed, digest: object.unscopedDigest ?? object.digest };
}

/** An object without the namespace that its manifest names, where its kind has none. */
export function placeObject(object: KubeObject, scopes: Scopes): KubeObject {
  const isPlaced = object.metadata.namespace === undefined || !isWithoutNamespace(refOf(object), scopes);
  return isPlaced ? object : withoutNamespace(object);
}

/** A reference without the namespace that it names, where its kind has none. */
export function placeRef<T extends { apiVersion: string; kind: string; name: string; namespace?: string }>(
  ref: T,
  scopes: Scopes,
): T {
  if (ref.namespace === undefined || !isWithoutNamespace(ref, scopes)) return ref;
  const { namespace: _, ...rest } = ref;
  return rest as T;
}

function isWithoutNamespace(ref: { apiVersion: string; kind: string; name: string }, scopes: Scopes): boolean {
  return isClusterScoped(ref) || scopes.has(groupKindOf(ref));
}
