import { goesWhenDone } from '../../addons/health/goes-when-done.ts';
import type { InventoryEntry } from '../../addons/inventory.ts';
import { isKept, isPruned } from '../../addons/object-options.ts';
import { digestOf } from '../../json/canonical.ts';
import { type KubeObject, refOf } from '../../objects/kube-object.ts';
import type { AppliedObject } from './apply/apply-object.ts';

const CORRECTIONS_KEPT = 5;

/** What one apply showed of an object. */
interface EntryFacts {
  readonly previous: InventoryEntry | undefined;
  /** Undefined where it was not applied, or not well. */
  readonly result: AppliedObject | undefined;
  readonly isAdopted: boolean;
  /** It would have had to be deleted, and is to stay. */
  readonly isRefused: boolean;
}

/** What is recorded of an object after an apply. What is to stay by the head before counts until it was applied without that. */
export function entryOf(object: KubeObject, { previous, result, isAdopted, isRefused }: EntryFacts): InventoryEntry {
  const rendered = digestOf(object);
  if (!result) {
    const { refused: _, ...entry } = previous ?? { ...refOf(object), ...(isKept(object) && { kept: true }) };
    return isRefused ? { ...entry, refused: rendered } : entry;
  }
  // the same manifest applied again: somebody had changed the object
  const corrections =
    previous?.rendered === rendered ? [...(previous.corrections ?? []), Math.floor(Date.now() / 1000)] : [];
  const { apiVersion, kind, name } = refOf(object);
  return {
    apiVersion,
    kind,
    name,
    ...(result.namespace !== undefined && { namespace: result.namespace }),
    rendered,
    live: result.live,
    ...(isKept(object) && { kept: true }),
    ...(goesWhenDone(object) && { goesWhenDone: true }),
    ...(isAdopted && !isPruned(object) && { adopted: true }),
    ...(corrections.length > 0 && { corrections: corrections.slice(-CORRECTIONS_KEPT) }),
  };
}
