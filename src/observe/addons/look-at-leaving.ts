import type { Inside } from '../../addons/addon-state.ts';
import { isDefinition, isNamespace } from '../../addons/deletion/cascade.ts';
import { addInside, findDependents } from '../../addons/deletion/dependents.ts';
import { findLeavingApis } from '../../addons/deletion/leaving-apis.ts';
import { isOfTheCluster } from '../../addons/deletion/protection.ts';
import type { Inventory, InventoryEntry } from '../../addons/inventory.ts';
import type { RenderedAddon } from '../../addons/rendered-addon.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import { keyOf } from '../../objects/object-key.ts';
import { plainRef } from '../../objects/object-ref.ts';
import type { DeclaredObjects } from './declared-objects.ts';
import { findListed, type Listed } from './list-recorded.ts';
import { type LookOptions, lookInside } from './look-inside.ts';
import { type AskDependents, openDependents } from './read-dependents.ts';
import type { SeenObject } from './seen-object.ts';

interface Recorded {
  readonly inventories: readonly Inventory[];
  readonly listed: Listed;
}

interface Wanted {
  readonly rendered: readonly RenderedAddon[];
  readonly protect: readonly string[];
  readonly declared: DeclaredObjects;
}

/**
 * What would go along with what nobody declares any more: what is inside of Namespaces and definitions, and what names an object as its
 * owner. Answers only where there is something to say. Nothing is asked while nothing leaves.
 */
export async function lookAtLeaving(
  client: KubeReader,
  { inventories, listed }: Recorded,
  { rendered, protect, declared }: Wanted,
  signal: AbortSignal | undefined,
): Promise<readonly Inside[]> {
  const entries = inventories.flatMap((inventory) => inventory.entries);
  const leaving = inventories
    .filter(({ addon, prune }) => rendered.find(({ name }) => name === addon)?.prune ?? prune)
    .flatMap(({ addon, entries: own }) => own.map((entry) => ({ addon, entry })))
    .filter(({ entry }) => !declared.byKey.has(keyOf(entry)) && !staysAnyway(entry));
  if (leaving.length === 0) return [];
  const keys = new Set(declared.byKey.keys());
  const recorded = new Set([...keys, ...entries.map(keyOf)]);
  const isRecorded = (key: string): boolean => recorded.has(key);
  const options = { isRecorded, protect, leavingApis: findLeavingApis(inventories, keys), signal };
  const dependents = openDependents(client, options);
  const found = await Promise.all(
    leaving.map(({ addon, entry }) =>
      lookAt(client, entry, { live: findListed(listed, addon, entry), dependents, options }),
    ),
  );
  return found.filter((each) => each !== undefined);
}

function staysAnyway(entry: InventoryEntry): boolean {
  return entry.kept === true || entry.adopted === true || isOfTheCluster(entry);
}

interface Looks {
  readonly live: SeenObject | undefined;
  readonly dependents: AskDependents;
  readonly options: LookOptions;
}

async function lookAt(
  client: KubeReader,
  entry: InventoryEntry,
  { live, dependents, options }: Looks,
): Promise<Inside | undefined> {
  const ref = plainRef(entry);
  const isLooked = isNamespace(ref) || isDefinition(ref);
  const inside = isLooked ? await lookInside(client, ref, options) : undefined;
  if (live?.uid === undefined || live.going !== undefined) return inside;
  const along = findDependents(ref, live.uid, await dependents(ref.namespace), options);
  if (inside) return addInside(inside, along);
  return along.count > 0 || along.protected !== undefined || along.unknown !== undefined ? along : undefined;
}
