import type { KubeObject } from '../objects/kube-object.ts';
import { keyOf } from '../objects/object-key.ts';
import { type IndexedObject, optionOf } from './indexed-object.ts';
import type { InventoryEntry } from './inventory.ts';
import type { RenderedAddon } from './rendered-addon.ts';
import { collectScopes, placeAddons } from './scopes.ts';

/** What the owner of a manifest can ask for, object by object. */
export const APPLY_ANNOTATION = 'kubic.suse.com/apply';
export const PRUNE_ANNOTATION = 'kubic.suse.com/prune';

/**
 * - `always`: kept as declared (the default).
 * - `once`: made where it is not there, then left alone; what Kubernetes deletes when it is done (a Job with a TTL) is not made again. Deleted
 *   when it leaves the repository, if we made it.
 * - `ignore`: not touched, neither while it is declared nor when it leaves.
 * - `replace`: as `always`, but deleted and made anew where a field cannot be changed. Never what is to stay.
 */
export type ApplyMode = 'always' | 'once' | 'ignore' | 'replace';

export const APPLY_MODES: readonly string[] = ['once', 'ignore', 'replace'];
export const PRUNE_MODES: readonly string[] = ['disabled', 'enabled'];

/** How an object is to be applied, as its annotation says; `always` where it says nothing that is known. */
export function applyModeOf(object: KubeObject | IndexedObject): ApplyMode {
  const mode = optionOf(object, APPLY_ANNOTATION);
  return mode === 'once' || mode === 'ignore' || mode === 'replace' ? mode : 'always';
}

/** True for an object that stays in the cluster when it leaves the repository. */
export function isKept(object: KubeObject | IndexedObject): boolean {
  return optionOf(object, PRUNE_ANNOTATION) === 'disabled';
}

/** True for an object whose owner says that it is to be deleted when it leaves the repository, although it was there before. */
export function isPruned(object: KubeObject | IndexedObject): boolean {
  return optionOf(object, PRUNE_ANNOTATION) === 'enabled';
}

/** True for an object that is not to be deleted, by its manifest or by its record. */
export function isKeptEntry(entry: InventoryEntry | undefined, object: KubeObject | IndexedObject): boolean {
  return isKept(object) || entry?.kept === true || (entry?.adopted === true && !isPruned(object));
}

/** True for an object that a head says is to stay when it leaves: by annotation, or because it is not to be touched. */
export function isToStay(object: KubeObject | IndexedObject): boolean {
  return isKept(object) || applyModeOf(object) === 'ignore';
}

/** Keys of all that a repository says is to stay. */
export function keysToStay(rendered: readonly RenderedAddon[]): readonly string[] {
  const staying = placeAddons(rendered, collectScopes(rendered, [])).flatMap(({ objects }) => objects.filter(isToStay));
  return staying.map(keyOf);
}
