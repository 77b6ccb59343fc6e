import { join } from 'node:path';
import { inventoryRef } from '../../addons/applyset.ts';
import { decodeInventory, encodeInventory, type Inventory } from '../../addons/inventory.ts';
import { isMapping, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { listFiles, readTextFile, removeFile, writeFileAtomically } from '../../platform/files.ts';
import { statePath } from '../../state/paths.ts';

/**
 * Inventories that the API server would not take, on this machine's disk: a dead webhook on Secrets must not keep its own removal
 * from being recorded. Each says which Secret it follows; one that the cluster has a newer state of is out of date. So is one whose Secret is
 * gone: whoever deletes that by hand wants the record begun anew, and what is spooled must not undo it.
 */
interface Spooled {
  /** resourceVersion of the Secret that it follows; absent where there was none. */
  readonly follows?: string;
  readonly secret: KubeObject;
}

function fileOf(stateDir: string, addon: string): string {
  return join(statePath(stateDir, 'inventories'), `${inventoryRef(addon).name}.json`);
}

/** Keeps an inventory on disk until the API server takes it. @throws KubicError agent.state-unwritable */
export async function spoolInventory(
  stateDir: string,
  inventory: Inventory,
  stored: KubeObject | undefined,
): Promise<void> {
  const follows = stored?.metadata.resourceVersion;
  const spooled: Spooled = {
    ...(follows !== undefined && { follows }),
    secret: await encodeInventory(inventory, undefined),
  };
  await writeFileAtomically(fileOf(stateDir, inventory.addon), `${JSON.stringify(spooled)}\n`, 0o600);
}

/**
 * What is spooled of one add-on and newer than the Secret that the cluster has. What is out of date is deleted: one that follows no Secret
 * would count again once there is none any more. For whoever leads, with the Secret as it is now.
 */
export async function takeSpooled(
  stateDir: string,
  addon: string,
  stored: KubeObject | undefined,
): Promise<Inventory | undefined> {
  const found = parse(await readTextFile(fileOf(stateDir, addon)), () => stored);
  if (found?.isCurrent === false) await removeSpooled(stateDir, addon);
  return found?.isCurrent ? found.inventory : undefined;
}

/** The same of all add-ons. */
export async function findSpooled(stateDir: string, secrets: readonly KubeObject[]): Promise<readonly Inventory[]> {
  const byName = new Map(secrets.map((secret) => [secret.metadata.name, secret]));
  const texts = await Promise.all((await listFiles(statePath(stateDir, 'inventories'))).map(readTextFile));
  const found = texts.map((text) => parse(text, (name) => byName.get(name)));
  return found.flatMap((each) => (each?.isCurrent ? each.inventory : []));
}

/** To be called once the cluster has the inventory, or the add-on has gone. */
export async function removeSpooled(stateDir: string, addon: string): Promise<void> {
  await removeFile(fileOf(stateDir, addon));
}

/** Undefined for what is half of a file, or of another form: the cluster's record is the one that counts then. */
function parse(
  text: string | undefined,
  storedAs: (name: string) => KubeObject | undefined,
): { readonly inventory: Inventory; readonly isCurrent: boolean } | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isMapping(value) || !isMapping(value.secret)) return undefined;
    const inventory = decodeInventory(value.secret as unknown as KubeObject);
    const stored = storedAs(inventoryRef(inventory.addon).name);
    return { inventory, isCurrent: textAt(value, 'follows') === stored?.metadata.resourceVersion };
  } catch {
    return undefined;
  }
}
