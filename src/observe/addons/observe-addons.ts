import type { AddonHealth, AddonState, Going } from '../../addons/addon-state.ts';
import { applysetId, PART_OF_LABEL } from '../../addons/applyset.ts';
import { type Cascades, definedBy, goesWith } from '../../addons/deletion/cascade.ts';
import { summarizeHealth } from '../../addons/health/health.ts';
import type { HealthContext } from '../../addons/health/health-rule.ts';
import type { Inventory, InventoryEntry } from '../../addons/inventory.ts';
import { isKept } from '../../addons/object-options.ts';
import { ownedDigest } from '../../addons/owned-fields.ts';
import type { RenderedAddon } from '../../addons/rendered-addon.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import { goingReason } from './going-reason.ts';
import { loadHealthContext } from './health-context.ts';
import { type Listed, listRecorded, placeEntry } from './list-recorded.ts';
import { lookInsides } from './look-inside.ts';
import { readInventories } from './read-inventories.ts';

/** So many corrections within so many seconds are a fight. */
const FIGHT = { corrections: 5, seconds: 1800 } as const;

/** What is declared: some things are looked at only where they are about to leave. */
export interface DesiredAddons {
  readonly rendered: readonly RenderedAddon[];
  /** guards.protect */
  readonly protect: readonly string[];
  /** Where inventories are that could not be written to the cluster. */
  readonly stateDir?: string;
}

/**
 * The state of every add-on that has an inventory, declared or not, in the order of their names. One LIST for the
 * inventories and one per kind they name, and a look inside of Namespaces and definitions that are about to leave; nothing
 * per object, and no writes.
 *
 * @throws KubicError kube.* where the inventories cannot be read
 */
export async function observeAddons(
  client: KubeReader,
  signal?: AbortSignal,
  desired?: DesiredAddons,
): Promise<AddonState[]> {
  const read = await readInventories(client, desired?.stateDir, signal);
  const stored = read.flatMap(({ inventory }) => inventory ?? []);
  const [listed, context] = await Promise.all([
    listRecorded(client, stored, signal),
    loadHealthContext(client, stored, signal),
  ]);
  const inventories = stored.map((inventory) => placeEntries(inventory, listed));
  const insides = desired ? await lookInsides(client, inventories, desired, signal) : [];
  const states = inventories.map(async (inventory) => {
    const own = new Set(inventory.entries.map(keyOf));
    const state = await assess(inventory, { listed, context }, client, signal);
    return { ...state, insides: insides.filter(({ ref }) => own.has(keyOf(ref))) };
  });
  const unknown = read.filter(({ inventory }) => !inventory).map(({ name }) => unreadable(name));
  return [...(await Promise.all(states)), ...unknown].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Entries where the API server has the objects: what an older version recorded by the manifest heals. */
function placeEntries(inventory: Inventory, listed: Listed): Inventory {
  const entries = inventory.entries.map((entry) =>
    placeEntry(entry, listed.get(groupKindOf(entry))?.namespaced ?? true),
  );
  return { ...inventory, entries };
}

function unreadable(name: string): AddonState {
  const problems = ['its inventory in kube-system cannot be read'];
  const health = { status: 'unknown', problems } as const;
  return { name, readable: false, dependsOn: [], prune: false, inventory: [], drifted: [], fought: [], health };
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
    inventory: lives.map(({ entry, live }) => withLiveOptions(entry, live)),
    drifted: drifted.map(plainRef),
    fought: drifted.filter((entry) => isFought(entry, now)).map(plainRef),
    health: assessHealth(lives, context),
    cascades: cascadesOf(lives),
    going: lives.flatMap(({ entry, live }): Going[] => {
      const reason = isLive(live) ? goingReason(live) : undefined;
      return reason === undefined ? [] : [{ ref: plainRef(entry), reason }];
    }),
  };
}

type Live = KubeObject | undefined | 'unknown';

interface Seen {
  readonly entry: InventoryEntry;
  readonly live: Live;
}

function isLive(live: Live): live is KubeObject {
  return live !== undefined && live !== 'unknown';
}

/** Somebody may have said only in the cluster that an object is to stay. */
function withLiveOptions(entry: InventoryEntry, live: Live): InventoryEntry {
  return isLive(live) && isKept(live) ? { ...entry, kept: true } : entry;
}

function cascadesOf(lives: readonly Seen[]): Cascades {
  const seen = lives.flatMap(({ live }) => (isLive(live) ? live : []));
  const ties = seen.map((live) => ({ ref: refOf(live), goesWith: goesWith(live) }));
  const defines = seen.flatMap((live) => definedBy(live) ?? []);
  return { ties: ties.filter((tie) => tie.goesWith.length > 0), defines };
}

async function findLive(
  entry: InventoryEntry,
  id: string,
  listed: Listed,
  client: KubeReader,
  signal: AbortSignal | undefined,
): Promise<Live> {
  const objects = listed.get(groupKindOf(entry))?.objects;
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

function assessHealth(lives: readonly Seen[], context: HealthContext): AddonHealth {
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
