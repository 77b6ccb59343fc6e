import { inventoryRef } from '../../addons/applyset.ts';
import {
  decodeInventory,
  encodeInventory,
  type Inventory,
  isSameInventory,
  isSameRecord,
} from '../../addons/inventory.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { removeSpooled, spoolInventory, takeSpooled } from '../../observe/addons/inventory-spool.ts';

/** The stored inventory of one add-on, held under its resourceVersion: a second writer is a kube.conflict. */
export interface InventoryStore {
  readonly current: () => Inventory | undefined;
  /** Whether the cluster has it, and not only this machine's disk. */
  readonly isStored: () => boolean;
  /**
   * Writes it, unless it says the same already. `repairs`: what follows may mend what keeps the record from being written, so one
   * that the API server refuses is kept on disk meanwhile.
   */
  readonly save: (inventory: Inventory, options?: { readonly repairs: boolean }) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The API server answered, and said no: a webhook that is not there, a policy, a quota. */
const REFUSALS: readonly ErrorCode[] = [
  'kube.forbidden',
  'kube.invalid',
  'kube.overloaded',
  'kube.policy-refused',
  'kube.timeout',
  'kube.unexpected',
];

/** @throws KubicError addons.inventory-unreadable, kube.* */
export async function openInventory(
  client: Pick<KubeClient, 'get' | 'replace' | 'create' | 'delete'>,
  addon: string,
  { signal, stateDir }: { readonly signal: AbortSignal; readonly stateDir?: string | undefined },
): Promise<InventoryStore> {
  const ref = inventoryRef(addon);
  let stored: KubeObject | undefined = await client.get(ref, { signal });
  let current: Inventory | undefined = stored && decodeInventory(stored);
  let isStored = true;
  const spooled = stateDir === undefined ? undefined : await takeSpooled(stateDir, addon, stored);
  if (spooled) [current, isStored] = [spooled, false];
  const unspool = async (): Promise<void> => {
    if (stateDir !== undefined) await removeSpooled(stateDir, addon);
  };
  return {
    current: () => current,
    isStored: () => isStored,
    save: async (inventory, options) => {
      if (stored && isStored && current && isSameInventory(inventory, current)) return unspool();
      const next = await encodeInventory(inventory, stored);
      if (stored && isSameRecord(next, stored)) {
        [current, isStored] = [inventory, true];
        return unspool();
      }
      try {
        stored = stored ? await client.replace(next, { signal }) : await client.create(next, { signal });
        [current, isStored] = [inventory, true];
        return await unspool();
      } catch (error) {
        if (stateDir === undefined || !options?.repairs || !isRefusal(error)) throw error;
        await spoolInventory(stateDir, inventory, stored);
        [current, isStored] = [inventory, false];
      }
    },
    remove: async () => {
      const { uid, resourceVersion } = stored?.metadata ?? {};
      if (uid !== undefined && resourceVersion !== undefined) {
        await client.delete(ref, { uid, resourceVersion, signal });
      }
      await unspool();
      stored = undefined;
      [current, isStored] = [undefined, true];
    },
  };
}

function isRefusal(error: unknown): boolean {
  return error instanceof KubicError && REFUSALS.includes(error.code);
}
