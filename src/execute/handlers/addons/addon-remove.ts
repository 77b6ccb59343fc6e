import { openInventory } from '../../addons/inventory-store.ts';
import { handleLeftovers } from '../../addons/leftovers.ts';
import { failuresError } from '../../addons/object-failure.ts';
import type { Handler } from '../handler.ts';

/** Deletes what an add-on that left the repository has in the cluster, and its inventory last. */
export const executeAddonRemove: Handler<'addon.remove'> = async ({ spec }, deps) => {
  const client = await deps.adminClient();
  const { signal, rendered } = deps;
  const store = await openInventory(client, spec.addon, signal);
  const inventory = store.current();
  if (!inventory) return;
  const { appliedDigest: _, ...incomplete } = inventory;
  await store.save(incomplete);
  const plan = { prune: spec.prune, prunes: inventory.prune, rendered };
  const { remaining, failures } = await handleLeftovers(inventory.entries, plan, { client, addon: spec.addon, signal });
  if (remaining.length === 0) await store.remove();
  else await store.save({ ...incomplete, entries: remaining });
  if (failures.length > 0) throw failuresError('addons.remove-failed', spec.addon, failures);
};
