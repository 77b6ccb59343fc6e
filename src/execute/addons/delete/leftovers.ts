import { applysetId, PART_OF_LABEL } from '../../../addons/applyset.ts';
import { isOfTheCluster } from '../../../addons/deletion/protection.ts';
import type { Inventory, InventoryEntry } from '../../../addons/inventory.ts';
import { keyOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import { type ObjectFailure, toFailure } from '../object-failure.ts';
import { getServed } from './await-gone.ts';
import { type DeleteTarget, deleteObjects, releaseObject } from './delete-objects.ts';

export interface LeftoversOutcome {
  /** What the inventory goes on naming: protected objects, those that go on being deleted, and those that could not be. */
  readonly remaining: readonly InventoryEntry[];
  readonly failures: readonly ObjectFailure[];
}

export interface LeftoversPlan {
  readonly prune: readonly ObjectRef[];
  /** What is to stay by what the plan saw of it in the cluster; what the record says counts anyway. */
  readonly release?: readonly ObjectRef[] | undefined;
  readonly prunes: boolean;
  /** The other add-ons that declare objects, by key. */
  readonly takers: ReadonlyMap<string, string>;
  /** The inventories of all add-ons as they are now. */
  readonly inventories: () => Promise<readonly Inventory[]>;
}

/**
 * Deals with entries that the add-on no longer declares: deletes those the plan names, lets go of those that stay
 * (annotation, `prune: false`, or they were there before) and of those that another add-on has by now, and keeps the rest on record.
 */
export async function handleLeftovers(
  entries: readonly InventoryEntry[],
  plan: LeftoversPlan,
  target: DeleteTarget,
): Promise<LeftoversOutcome> {
  const planned = new Set(plan.prune.map(keyOf));
  const moved = entries.filter((entry) => plan.takers.has(keyOf(entry)));
  const others = entries.filter((entry) => !plan.takers.has(keyOf(entry)));
  const staying = new Set(plan.release?.map(keyOf));
  const released = others.filter(
    (entry) => entry.kept || entry.adopted || !plan.prunes || isOfTheCluster(entry) || staying.has(keyOf(entry)),
  );
  const left = new Set(released);
  const doomed = others.filter((entry) => !left.has(entry) && planned.has(keyOf(entry)));
  const deletion = await deleteObjects(doomed, target);
  const failures: ObjectFailure[] = [...deletion.failures];
  const settled = new Set(deletion.gone);
  const settle = async (entry: InventoryEntry, work: () => Promise<boolean>): Promise<void> => {
    try {
      if (await work()) settled.add(keyOf(entry));
    } catch (error) {
      failures.push(toFailure(entry, error));
    }
  };
  const taken = moved.length > 0 ? await findTaken(moved, plan) : new Set<string>();
  for (const entry of moved) {
    await settle(entry, async () => taken.has(keyOf(entry)) || !(await isOurs(entry, target)));
  }
  for (const entry of released) {
    await settle(entry, async () => {
      await releaseObject(entry, target);
      return true;
    });
  }
  return { remaining: entries.filter((entry) => !settled.has(keyOf(entry))), failures };
}

/** Keys of moved objects that the add-on which declares them has applied: they are in its inventory now. */
async function findTaken(moved: readonly InventoryEntry[], plan: LeftoversPlan): Promise<ReadonlySet<string>> {
  const applied = new Map(
    (await plan.inventories()).map(({ addon, entries }) => [
      addon,
      new Set(entries.filter(({ live }) => live !== undefined).map(keyOf)),
    ]),
  );
  const isTaken = (key: string): boolean => applied.get(plan.takers.get(key) ?? '')?.has(key) ?? false;
  return new Set(moved.map(keyOf).filter(isTaken));
}

/** Whether the object still carries our label: nobody has taken it yet. */
async function isOurs(entry: InventoryEntry, { client, addon, signal }: DeleteTarget): Promise<boolean> {
  const live = await getServed(client, entry, signal);
  return live?.metadata.labels?.[PART_OF_LABEL] === applysetId(addon);
}
