import type { InventoryEntry } from '../../addons/inventory.ts';
import type { RenderedAddon } from '../../addons/rendered-addon.ts';
import { refOf } from '../../objects/kube-object.ts';
import { keyOf } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import { type DeleteTarget, deleteObjects, releaseObject } from './delete-objects.ts';
import { type ObjectFailure, toFailure } from './object-failure.ts';

export interface LeftoversOutcome {
  /** What the inventory goes on naming: protected objects, and those that could not be deleted. */
  readonly remaining: readonly InventoryEntry[];
  readonly failures: readonly ObjectFailure[];
}

/**
 * Deals with entries that the add-on no longer declares: deletes those the plan names, lets go of those that stay
 * (annotation, or `prune: false`) and of those that another add-on declares now, and keeps the rest on record.
 */
export async function handleLeftovers(
  entries: readonly InventoryEntry[],
  plan: { readonly prune: readonly ObjectRef[]; readonly prunes: boolean; readonly rendered: readonly RenderedAddon[] },
  target: DeleteTarget,
): Promise<LeftoversOutcome> {
  const declared = new Set(plan.rendered.flatMap(({ objects }) => objects.map((object) => keyOf(refOf(object)))));
  const planned = new Set(plan.prune.map(keyOf));
  const moved = entries.filter((entry) => declared.has(keyOf(entry)));
  const others = entries.filter((entry) => !declared.has(keyOf(entry)));
  const released = others.filter((entry) => entry.kept || !plan.prunes);
  const doomed = others.filter((entry) => !released.includes(entry) && planned.has(keyOf(entry)));
  const deletion = await deleteObjects(doomed, target);
  const failures: ObjectFailure[] = [...deletion.failures];
  const settled = new Set([...moved.map(keyOf), ...deletion.gone]);
  for (const entry of released) {
    try {
      await releaseObject(entry, target);
      settled.add(keyOf(entry));
    } catch (error) {
      failures.push(toFailure(entry, error));
    }
  }
  return { remaining: entries.filter((entry) => !settled.has(keyOf(entry))), failures };
}
