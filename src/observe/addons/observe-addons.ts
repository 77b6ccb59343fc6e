import type { AddonHealth, AddonState } from '../../addons/addon-state.ts';
import { applysetId, INVENTORY_LABEL, INVENTORY_NAMESPACE, PART_OF_LABEL } from '../../addons/applyset.ts';
import { summarizeHealth } from '../../addons/health/health.ts';
import type { HealthContext } from '../../addons/health/health-rule.ts';
import { addonNameOf, decodeInventory, type Inventory, type InventoryEntry } from '../../addons/inventory.ts';
import { ownedDigest } from '../../addons/owned-fields.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../objects/kube-object.ts';
import { keyOf } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import { loadHealthContext } from '../health-context.ts';

/** So many corrections within so many seconds are a fight. */
const FIGHT = { corrections: 5, seconds: 1800 } as const;
/** A label selector with more IDs than this would make the URL too long: then every set is listed. */
const MAX_IDS = 50;

/** Live objects of one kind by key; undefined where the kind could not be listed. */
type Listed = ReadonlyMap<string, ReadonlyMap<string, KubeObject> | undefined>;

/**
 * The state of every add-on that has an inventory, declared or not, in the order of their names. One LIST for the
 * inventories and one per kind they name; nothing per object, and no writes.
 *
 * @throws KubicError kube.* where the inventories cannot be read
 */
export async function observeAddons(client: KubeReader, signal?: AbortSignal): Promise<AddonState[]> {
  const selector = { namespace: INVENTORY_NAMESPACE, labelSelector: `${INVENTORY_LABEL}=addon`, signal };
  const read = (await client.list('v1', 'Secret', selector)).map(readInventory);
  const inventories = read.flatMap(({ inventory }) => inventory ?? []);
  const [listed, context] = await Promise.all([
    listKinds(client, inventories, signal),
    loadHealthContext(client, inventories, signal),
  ]);
  const states = read.map(async ({ name, inventory }) =>
    inventory ? assess(inventory, { listed, context }, client, signal) : unreadable(name),
  );
  return (await Promise.all(states)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function readInventory(secret: KubeObject): { name: string; inventory?: Inventory } {
  try {
    const inventory = decodeInventory(secret);
    return { name: inventory.addon, inventory };
  } catch {
    return { name: addonNameOf(secret) };
  }
}

function unreadable(name: string): AddonState {
  const problems = ['its inventory in kube-system cannot be read'];
  const health = { status: 'unknown', problems } as const;
  return { name, readable: false, dependsOn: [], prune: false, inventory: [], drifted: [], fought: [], health };
}

async function listKinds(
  client: KubeReader,
  inventories: readonly Inventory[],
  signal: AbortSignal | undefined,
): Promise<Listed> {
  const ids = inventories.map(({ addon }) => applysetId(addon));
  const labelSelector = ids.length > MAX_IDS ? PART_OF_LABEL : `${PART_OF_LABEL} in (${ids.join(',')})`;
  const kinds = new Map(inventories.flatMap(({ entries }) => entries.map((entry) => [kindOf(entry), entry] as const)));
  const lists = [...kinds].map(async ([kind, { apiVersion, kind: name }]) => {
    try {
      const objects = await client.list(apiVersion, name, { labelSelector, signal });
      return [kind, new Map(objects.map((object) => [keyOf(refOf(object)), object]))] as const;
    } catch (error) {
      if (!(error instanceof KubicError) || error.code === 'kube.unreachable' || error.code === 'agent.aborted')
        throw error;
      // a kind that is gone took its objects along; one that cannot be read now says nothing about them
      const gone = error.code === 'kube.unknown-kind' || error.code === 'kube.not-found';
      return [kind, gone ? new Map<string, KubeObject>() : undefined] as const;
    }
  });
  return new Map(await Promise.all(lists));
}

function kindOf(ref: ObjectRef): string {
  return `${ref.apiVersion} ${ref.kind}`;
}

async function assess(
  inventory: Inventory,
  { listed, context }: { readonly listed: Listed; readonly context: HealthContext },
  client: KubeReader,
  signal: AbortSignal | undefined,
): Promise<AddonState> {
  const id = applysetId(inventory.addon);
  const lives = await Promise.all(
    inventory.entries.map(async (entry) => ({ entry, live: await findLive(entry, id, listed, client, signal) })),
  );
  const drifted = lives
    .filter(({ entry, live }) => live !== 'unknown' && hasDrifted(entry, live))
    .map(({ entry }) => entry);
  const now = Date.now() / 1000;
  return {
    name: inventory.addon,
    readable: true,
    ...(inventory.appliedDigest !== undefined && { appliedDigest: inventory.appliedDigest }),
    dependsOn: inventory.dependsOn,
    prune: inventory.prune,
    inventory: inventory.entries,
    drifted: drifted.map(plainRef),
    fought: drifted.filter((entry) => isFought(entry, now)).map(plainRef),
    health: assessHealth(lives, context),
  };
}

async function findLive(
  entry: InventoryEntry,
  id: string,
  listed: Listed,
  client: KubeReader,
  signal: AbortSignal | undefined,
): Promise<KubeObject | undefined | 'unknown'> {
  const objects = listed.get(kindOf(entry));
  if (!objects) return 'unknown';
  const live = objects.get(keyOf(entry));
  if (live?.metadata.labels?.[PART_OF_LABEL] === id) return live;
  // what is applied once may have been there before us, without our label
  if (entry.live !== 'once') return undefined;
  return client.get(entry, { signal }).catch(() => 'unknown' as const);
}

function hasDrifted(entry: InventoryEntry, live: KubeObject | undefined): boolean {
  // what is applied once, and deleted by Kubernetes when it is done, is not made again
  if (!live) return !(entry.live === 'once' && entry.goesWhenDone);
  return entry.live !== undefined && entry.live !== 'once' && entry.live !== ownedDigest(live);
}

function isFought({ corrections = [] }: InventoryEntry, now: number): boolean {
  const first = corrections[0];
  return corrections.length >= FIGHT.corrections && first !== undefined && now - first < FIGHT.seconds;
}

function assessHealth(
  lives: readonly { entry: InventoryEntry; live: KubeObject | undefined | 'unknown' }[],
  context: HealthContext,
): AddonHealth {
  const found = lives.flatMap(({ live }) => (live === undefined || live === 'unknown' ? [] : live));
  const { status, problems, notes: resting = [] } = summarizeHealth(found, context);
  const missing = lives.flatMap(({ entry, live }) => (live === undefined ? entry : []));
  const gone = missing.filter(({ goesWhenDone }) => !goesWhenDone).map((entry) => `${formatRef(entry)}: is not there`);
  const done = missing.filter((entry) => entry.goesWhenDone).map((entry) => `${formatRef(entry)}: is done, and gone`);
  const notes = [...resting, ...done];
  const unseen = lives
    .filter(({ live }) => live === 'unknown')
    .map(({ entry }) => `${formatRef(entry)}: cannot be read`);
  const all = [...problems, ...gone, ...unseen];
  if (status !== 'healthy') return { status, problems: all, notes };
  if (gone.length > 0) return { status: 'progressing', problems: all, notes };
  return { status: unseen.length > 0 ? 'unknown' : 'healthy', problems: all, notes };
}

function plainRef({ apiVersion, kind, namespace, name }: ObjectRef): ObjectRef {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}
