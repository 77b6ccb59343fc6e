import { INVENTORY_LABEL, INVENTORY_NAMESPACE } from '../../addons/applyset.ts';
import { addonNameOf, decodeInventory, type Inventory } from '../../addons/inventory.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { findSpooled } from './inventory-spool.ts';

export interface ReadInventory {
  readonly name: string;
  /** Absent where it makes no sense. */
  readonly inventory?: Inventory;
  /** It is only on this machine's disk. */
  readonly onlyHere?: boolean;
}

/**
 * The inventories of all add-ons: the Secrets, and what is only on this machine's disk because the API server would not take it.
 *
 * @throws KubicError kube.*
 */
export async function readInventories(
  client: Pick<KubeReader, 'list'>,
  stateDir: string | undefined,
  signal: AbortSignal | undefined,
): Promise<readonly ReadInventory[]> {
  const selector = { namespace: INVENTORY_NAMESPACE, labelSelector: `${INVENTORY_LABEL}=addon`, signal };
  const secrets = await client.list('v1', 'Secret', selector);
  const spooled = stateDir === undefined ? [] : await findSpooled(stateDir, secrets);
  const here = new Map(
    spooled.map((inventory) => [inventory.addon, { name: inventory.addon, inventory, onlyHere: true }]),
  );
  const stored = secrets.map(readInventory).filter(({ name }) => !here.has(name));
  return [...stored, ...here.values()];
}

function readInventory(secret: KubeObject): ReadInventory {
  try {
    const inventory = decodeInventory(secret);
    return { name: inventory.addon, inventory };
  } catch {
    return { name: addonNameOf(secret) };
  }
}
