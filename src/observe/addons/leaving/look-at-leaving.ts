import type { Inside } from '../../../addons/addon-state.ts';
import { isContainer } from '../../../addons/deletion/cascade.ts';
import { findLeavingApis } from '../../../addons/deletion/leaving-apis.ts';
import { sortRecorded } from '../../../addons/deletion/sort-recorded.ts';
import type { Inventory, InventoryEntry } from '../../../addons/inventory.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import type { KubeReader } from '../../../kube/kube-client.ts';
import { keyOf } from '../../../objects/object-key.ts';
import { plainRef } from '../../../objects/object-ref.ts';
import type { DeclaredObjects } from '../declared-objects.ts';
import { findListed, type Listed } from '../list-recorded.ts';
import { lookAlong } from './look-along.ts';
import { openDependents } from './read-dependents.ts';

interface Recorded {
  readonly inventories: readonly Inventory[];
  readonly listed: Listed;
}

interface Wanted {
  readonly rendered: readonly RenderedAddon[];
  readonly protect: readonly string[];
  readonly kept?: readonly string[] | undefined;
  readonly declared: DeclaredObjects;
}

/**
 * What would go along with what nobody declares any more: what is inside of Namespaces and definitions, and what names any of it as its
 * owner. Answers only where there is something to say. Nothing is asked while nothing leaves.
 */
export async function lookAtLeaving(
  client: KubeReader,
  { inventories, listed }: Recorded,
  { rendered, protect, kept, declared }: Wanted,
  signal: AbortSignal | undefined,
): Promise<readonly Inside[]> {
  const isDeclared = (entry: InventoryEntry): boolean => declared.byKey.has(keyOf(entry));
  if (inventories.every(({ entries }) => entries.every(isDeclared))) return []; // as a rule, and then it costs no more
  const keys = new Set(declared.byKey.keys());
  const { leaving, staying } = sortRecorded(inventories, { rendered, declared: keys, kept });
  if (leaving.length === 0) return [];
  const recorded = new Set([...keys, ...inventories.flatMap(({ entries }) => entries.map(keyOf))]);
  const options = {
    isRecorded: (key: string): boolean => recorded.has(key),
    stays: (key: string): boolean => staying.has(key),
    ...{ protect, leavingApis: findLeavingApis(inventories, keys), signal },
  };
  const dependents = openDependents(client, options);
  const found = await Promise.all(
    leaving.map(({ addon, entry }) => {
      const live = findListed(listed, addon, entry);
      const uid = live?.going === undefined ? live?.uid : undefined;
      return lookAlong(client, { ref: plainRef(entry), uid, defines: live?.defines }, { dependents, options });
    }),
  );
  return found.filter(saysAnything);
}

/** That a Namespace or a definition was looked into, and is empty, says something. */
function saysAnything({ ref, count, stays, protected: guarded, unknown }: Inside): boolean {
  const isAnything = count > 0 || [stays, guarded, unknown].some((each) => each !== undefined);
  return isAnything || isContainer(ref);
}
