import { openAddon } from '../../addons/addon-context.ts';
import { handleLeftovers } from '../../addons/delete/leftovers.ts';
import { failuresError } from '../../addons/object-failure.ts';
import type { Handler } from '../handler.ts';

/** Deletes what an add-on that left the repository has in the cluster, and its inventory last. */
export const executeAddonRemove: Handler<'addon.remove'> = async ({ spec }, deps) => {
  const { store, entries, takers, inventories, target } = await openAddon(spec.addon, deps);
  const inventory = store.current();
  if (!inventory) return;
  const { appliedDigest: _, ...incomplete } = inventory;
  // what goes first may be what keeps the record from being written: a webhook whose service is gone
  await store.save({ ...incomplete, entries }, { repairs: true });
  const plan = { prune: spec.prune, release: spec.release, prunes: inventory.prune, takers, inventories };
  const { remaining, failures } = await handleLeftovers(entries, plan, target);
  if (remaining.length === 0) await store.remove();
  else await store.save({ ...incomplete, entries: remaining }, { repairs: true });
  if (failures.length > 0) throw failuresError('addons.remove-failed', spec.addon, failures);
};
