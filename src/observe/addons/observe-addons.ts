import type { AddonState } from '../../addons/addon-state.ts';
import type { Inventory } from '../../addons/inventory.ts';
import type { LoadObjects, RenderedAddon } from '../../addons/rendered-addon.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import { groupKindOf, keyOf } from '../../objects/object-key.ts';
import { assessAddon } from './assess-addon.ts';
import { findDeclared, NOTHING_DECLARED } from './declared-objects.ts';
import { lookAtLeaving } from './leaving/look-at-leaving.ts';
import { type Listed, placeEntry } from './list-recorded.ts';
import { type ReadRecordedOptions, type RecordedAddons, readRecorded } from './read-recorded.ts';

/** What is declared: some things are looked at only where they are about to leave. */
export interface DesiredAddons extends ReadRecordedOptions {
  readonly rendered: readonly RenderedAddon[];
  /** Reads the manifests of what somebody touched. */
  readonly loadObjects: LoadObjects;
  /** guards.protect */
  readonly protect: readonly string[];
  /** Keys of what the head before said is to stay. */
  readonly kept?: readonly string[] | undefined;
}

/**
 * The state of every add-on that has an inventory, declared or not, in the order of their names. One LIST for the
 * inventories and one per kind they name, and a look at what goes along with what is about to leave; nothing per object, and no
 * writes.
 *
 * @throws KubicError kube.* where the inventories cannot be read
 */
export async function observeAddons(
  client: KubeReader,
  signal?: AbortSignal,
  desired?: DesiredAddons,
  recorded?: RecordedAddons,
): Promise<AddonState[]> {
  const { read, context, listed } = recorded ?? (await readRecorded(client, desired ?? {}, signal));
  const inventories = read.flatMap(({ inventory }) => inventory ?? []).map((each) => placeEntries(each, listed));
  const declared = desired ? findDeclared(desired, inventories) : NOTHING_DECLARED;
  const insides = desired ? await lookAtLeaving(client, { inventories, listed }, { ...desired, declared }, signal) : [];
  const states = inventories.map(async (inventory) => {
    const own = insides.length === 0 ? undefined : new Set(inventory.entries.map(keyOf));
    const state = await assessAddon(inventory, { listed, context, declared }, client, signal);
    const onlyHere = read.some(({ name, onlyHere: isHere }) => name === inventory.addon && isHere);
    return { ...state, ...(onlyHere && { onlyHere }), insides: insides.filter(({ ref }) => own?.has(keyOf(ref))) };
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
  return { name, readable: false, dependsOn: [], prune: false, inventory: [], drifted: [], health };
}
