import { applysetId, PART_OF_LABEL } from '../../addons/applyset.ts';
import type { HealthContext } from '../../addons/health/health-rule.ts';
import type { Inventory, InventoryEntry } from '../../addons/inventory.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import { readServedKind } from '../../kube/served-kind.ts';
import { refOf } from '../../objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import { type SeeingDeps, type SeenObject, seeObject } from './seen-object.ts';
import type { UntouchedMemory } from './untouched-memory.ts';

/** A label selector with more IDs than this would make the URL too long: then every set is listed. */
const MAX_IDS = 50;

/** What there is of one kind that inventories name. */
export interface ListedKind {
  readonly namespaced: boolean;
  /** By the set that it is labelled for, and its key. */
  readonly bySet: ReadonlyMap<string, ReadonlyMap<string, SeenObject>>;
}

/** By `group/Kind`; undefined where the kind could not be listed. */
export type Listed = ReadonlyMap<string, ListedKind | undefined>;

/**
 * One LIST per kind that inventories name. The label may be set by anybody, so of each page only what is named is looked at: a
 * tenant's objects cost no memory.
 *
 * @throws KubicError kube.unreachable, agent.aborted
 */
export async function listRecorded(
  client: KubeReader,
  inventories: readonly Inventory[],
  { context, memory }: { readonly context: HealthContext; readonly memory: UntouchedMemory },
  signal: AbortSignal | undefined,
): Promise<Listed> {
  memory.beginAnew();
  const ids = inventories.map(({ addon }) => applysetId(addon));
  const labelSelector = ids.length > MAX_IDS ? PART_OF_LABEL : `${PART_OF_LABEL} in (${ids.join(',')})`;
  const recorded = inventories.flatMap(({ addon, entries }) => {
    const id = applysetId(addon);
    return entries.map((entry): Recorded => ({ entry, id }));
  });
  const lists = [...Map.groupBy(recorded, ({ entry }) => groupKindOf(entry))].map(async ([groupKind, named]) => {
    try {
      return [
        groupKind,
        await listKind(client, named, { context, isUntouched: memory.isUntouched, labelSelector, signal }),
      ] as const;
    } catch (error) {
      if (!(error instanceof KubicError) || error.code === 'kube.unreachable' || error.code === 'agent.aborted')
        throw error;
      // a kind that cannot be read now says nothing of its objects
      return [groupKind, undefined] as const;
    }
  });
  return new Map(await Promise.all(lists));
}

/** An object on the record of the add-on with this set. */
interface Recorded {
  readonly entry: InventoryEntry;
  readonly id: string;
}

async function listKind(
  client: KubeReader,
  recorded: readonly Recorded[],
  options: SeeingDeps & { readonly labelSelector: string; readonly signal: AbortSignal | undefined },
): Promise<ListedKind | undefined> {
  const [first] = recorded;
  if (!first) return undefined;
  const wanted = new Map(
    [...Map.groupBy(recorded, ({ id }) => id)].map(([id, own]) => [id, byPlace(own.map(({ entry }) => entry))]),
  );
  const bySet = new Map([...wanted.keys()].map((id) => [id, new Map<string, SeenObject>()]));
  const { labelSelector, signal } = options;
  const resource = await readServedKind(client, first.entry, { labelSelector, signal }, (object) => {
    const id = object.metadata.labels?.[PART_OF_LABEL] ?? '';
    const key = keyOf(refOf(object));
    const entry = wanted.get(id)?.get(key);
    if (entry) bySet.get(id)?.set(key, seeObject(object, entry, options));
  });
  // a kind that is gone took its objects along
  return { namespaced: resource === 'gone' || resource.namespaced, bySet };
}

/**
 * By the keys that their objects may have: what an older version recorded by the manifest may have a namespace too much. The key of an entry
 * itself counts before what another one may mean.
 */
function byPlace(entries: readonly InventoryEntry[]): ReadonlyMap<string, InventoryEntry> {
  const guesses = entries.map((entry) => [keyOf(placeEntry(entry, false)), entry] as const);
  return new Map([...guesses, ...entries.map((entry) => [keyOf(entry), entry] as const)]);
}

/** What was seen of an object that an add-on has on record and that is labelled as its own. */
export function findListed(listed: Listed, addon: string, ref: ObjectRef): SeenObject | undefined {
  return listed.get(groupKindOf(ref))?.bySet.get(applysetId(addon))?.get(keyOf(ref));
}

/** An entry where the API server has the object: a namespace means nothing for a kind without. */
export function placeEntry<T extends ObjectRef>(entry: T, namespaced: boolean): T {
  if (namespaced || entry.namespace === undefined) return entry;
  const { namespace: _, ...rest } = entry;
  return rest as T;
}
