import { applysetId, PART_OF_LABEL } from '../../addons/applyset.ts';
import type { Inventory, InventoryEntry } from '../../addons/inventory.ts';
import { isUntouched } from '../../addons/owned-fields.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import { readServedKind } from '../../kube/served-kind.ts';
import { type KubeObject, refOf } from '../../objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';

/** A label selector with more IDs than this would make the URL too long: then every set is listed. */
const MAX_IDS = 50;

/** What there is of one kind that inventories name. */
export interface ListedKind {
  readonly namespaced: boolean;
  /** Live objects by key. */
  readonly objects: ReadonlyMap<string, KubeObject>;
  /** Keys of those that somebody touched since their last apply: found while pages come, for 10,000 digests at once would hold up the loop. */
  readonly touched: ReadonlySet<string>;
}

/** By `group/Kind`; undefined where the kind could not be listed. */
export type Listed = ReadonlyMap<string, ListedKind | undefined>;

/**
 * One LIST per kind that inventories name. The label may be set by anybody, so of each page only what is named is kept: a
 * tenant's objects cost no memory.
 *
 * @throws KubicError kube.unreachable, agent.aborted
 */
export async function listRecorded(
  client: KubeReader,
  inventories: readonly Inventory[],
  signal: AbortSignal | undefined,
): Promise<Listed> {
  const ids = inventories.map(({ addon }) => applysetId(addon));
  const labelSelector = ids.length > MAX_IDS ? PART_OF_LABEL : `${PART_OF_LABEL} in (${ids.join(',')})`;
  const kinds = Map.groupBy(
    inventories.flatMap(({ entries }) => entries),
    groupKindOf,
  );
  const lists = [...kinds].map(async ([groupKind, entries]) => {
    try {
      return [groupKind, await listKind(client, entries, { labelSelector, signal })] as const;
    } catch (error) {
      if (!(error instanceof KubicError) || error.code === 'kube.unreachable' || error.code === 'agent.aborted')
        throw error;
      // a kind that cannot be read now says nothing of its objects
      return [groupKind, undefined] as const;
    }
  });
  return new Map(await Promise.all(lists));
}

async function listKind(
  client: KubeReader,
  entries: readonly InventoryEntry[],
  options: { readonly labelSelector: string; readonly signal: AbortSignal | undefined },
): Promise<ListedKind | undefined> {
  const [first] = entries;
  if (!first) return undefined;
  const wanted = new Map(
    entries.flatMap((entry) => [entry, placeEntry(entry, false)].map((at) => [keyOf(at), entry.live])),
  );
  const objects = new Map<string, KubeObject>();
  const touched = new Set<string>();
  const resource = await readServedKind(client, first, options, (object) => {
    const key = keyOf(refOf(object));
    if (!wanted.has(key)) return;
    objects.set(key, object);
    const live = wanted.get(key);
    if (live !== undefined && live !== 'once' && !isUntouched(live, object)) touched.add(key);
  });
  // a kind that is gone took its objects along
  return { namespaced: resource === 'gone' || resource.namespaced, objects, touched };
}

/** An entry where the API server has the object: a namespace means nothing for a kind without. */
export function placeEntry<T extends ObjectRef>(entry: T, namespaced: boolean): T {
  if (namespaced || entry.namespace === undefined) return entry;
  const { namespace: _, ...rest } = entry;
  return rest as T;
}
