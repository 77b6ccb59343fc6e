import { inventoryRef } from '../../addons/applyset.ts';
import { decodeInventory, encodeInventory, type Inventory } from '../../addons/inventory.ts';
import { canonicalJson } from '../../json/canonical.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { KubeObject } from '../../objects/kube-object.ts';

/** The stored inventory of one add-on, held under its resourceVersion: a second writer is a kube.conflict. */
export interface InventoryStore {
  readonly current: () => Inventory | undefined;
  /** Writes it, unless it says the same already. */
  readonly save: (inventory: Inventory) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** @throws KubicError addons.inventory-unreadable, kube.* */
export async function openInventory(client: KubeClient, addon: string, signal: AbortSignal): Promise<InventoryStore> {
  const ref = inventoryRef(addon);
  let stored: KubeObject | undefined = await client.get(ref, { signal });
  let current = stored && decodeInventory(stored);
  return {
    current: () => current,
    save: async (inventory) => {
      if (current && canonicalJson(current) === canonicalJson(inventory)) return;
      const next = encodeInventory(inventory, stored);
      stored = stored ? await client.replace(next, { signal }) : await client.create(next, { signal });
      current = inventory;
    },
    remove: async () => {
      const { uid, resourceVersion } = stored?.metadata ?? {};
      if (uid === undefined || resourceVersion === undefined) return;
      await client.delete(ref, { uid, resourceVersion, signal });
      stored = undefined;
      current = undefined;
    },
  };
}
