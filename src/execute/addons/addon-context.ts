import { findLeavingApis } from '../../addons/deletion/leaving-apis.ts';
import { sortRecorded } from '../../addons/deletion/sort-recorded.ts';
import type { IndexedObject } from '../../addons/indexed-object.ts';
import type { Inventory, InventoryEntry } from '../../addons/inventory.ts';
import { isToStay } from '../../addons/object-options.ts';
import type { RenderedAddon } from '../../addons/rendered-addon.ts';
import { collectScopes, placeAddons, placeObject, placeRef, type Scopes } from '../../addons/scopes.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { digestOf } from '../../json/canonical.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import { openDependents } from '../../observe/addons/leaving/read-dependents.ts';
import { readInventories } from '../../observe/addons/read-inventories.ts';
import type { HandlerDeps } from '../handlers/handler.ts';
import type { DeleteTarget } from './delete/delete-objects.ts';
import { type DeletionGuard, requireDeletable } from './delete/require-deletable.ts';
import { type InventoryStore, openInventory } from './inventory-store.ts';

/** What both handlers of add-ons work with: the record, and everything where the API server has it. */
export interface AddonContext {
  readonly client: KubeClient;
  readonly store: InventoryStore;
  /** What the add-on has on record. */
  readonly entries: readonly InventoryEntry[];
  readonly rendered: readonly RenderedAddon[];
  readonly place: <T extends ObjectRef>(ref: T) => T;
  /** Reads those of its declared objects whose placed keys are named. */
  readonly loadObjects: (keys: ReadonlySet<string>) => Promise<readonly KubeObject[]>;
  /** The other add-ons that declare objects, by key. */
  readonly takers: ReadonlyMap<string, string>;
  /** The inventories of all add-ons, read once, when first needed. */
  readonly inventories: () => Promise<readonly Inventory[]>;
  readonly guard: DeletionGuard;
  readonly target: DeleteTarget;
}

export type AddonDeps = Pick<
  HandlerDeps,
  'adminClient' | 'rendered' | 'loadObjects' | 'signal' | 'progress' | 'definition' | 'settings'
>;

/** @throws KubicError addons.inventory-unreadable, kube.* */
export async function openAddon(addon: string, deps: AddonDeps): Promise<AddonContext> {
  const { signal, progress } = deps;
  const { stateDir } = deps.settings;
  const client = await deps.adminClient();
  const store = await openInventory(client, addon, { signal, stateDir });
  const recorded = store.current()?.entries ?? [];
  const own = deps.rendered.find(({ name }) => name === addon)?.objects ?? [];
  const scopes = collectScopes(deps.rendered, recorded, await discoverScopes(client, [...own, ...recorded]));
  const rendered = placeAddons(deps.rendered, scopes);
  const inventories = once(async () =>
    (await readInventories(client, stateDir, signal)).flatMap(({ inventory }) => inventory ?? []),
  );
  const placed = once(async () =>
    (await inventories()).map((each) => ({ ...each, entries: each.entries.map((entry) => placeRef(entry, scopes)) })),
  );
  const declared = once(() => new Set(rendered.flatMap(({ objects }) => objects.map(keyOf))));
  const { guards } = deps.definition.cluster;
  const guard: DeletionGuard = {
    client,
    guards,
    rendered,
    recorded: once(async () => new Set((await placed()).flatMap(({ entries }) => entries.map(keyOf)))),
    staying: once(
      async () => sortRecorded(await placed(), { rendered, declared: declared(), kept: guards.kept }).staying,
    ),
    leavingApis: once(async () => findLeavingApis(await inventories(), declared())),
    dependents: openDependents(client, { protect: guards.protect, signal }),
    signal,
  };
  return {
    client,
    store,
    entries: withStaying(recorded, rendered, scopes),
    rendered,
    place: (ref) => placeRef(ref, scopes),
    loadObjects: async (keys) => {
      const wanted = own.filter((object) => keys.has(keyOf(placeRef(object, scopes))));
      const loaded = wanted.length === 0 ? [] : await deps.loadObjects(addon, wanted.map(keyOf), signal);
      requireSame(addon, wanted, loaded);
      return loaded.map((object) => placeObject(object, scopes));
    },
    takers: new Map(
      rendered
        .filter(({ name }) => name !== addon)
        .flatMap(({ name, objects }) => objects.map((object) => [keyOf(object), name] as const)),
    ),
    inventories,
    guard,
    target: { client, addon, signal, progress, requireDeletable: (live) => requireDeletable(live, guard) },
  };
}

/** What is sent is what was planned, object by object. @throws KubicError source.head-moved */
function requireSame(addon: string, wanted: readonly IndexedObject[], loaded: readonly KubeObject[]): void {
  const digests = new Map(loaded.map((object) => [keyOf(refOf(object)), digestOf(object)]));
  const other = wanted.find((object) => digests.get(keyOf(object)) !== object.digest);
  if (!other && loaded.length === wanted.length) return;
  throw new KubicError('source.head-moved', { detail: `${addon}: ${other ? formatRef(other) : 'other objects'}` });
}

/** Entries that say what this head says is to stay, whichever add-on declares it: before anything can fail. */
function withStaying(
  recorded: readonly InventoryEntry[],
  rendered: readonly RenderedAddon[],
  scopes: Scopes,
): readonly InventoryEntry[] {
  const staying = rendered.flatMap(({ objects }) => objects.filter(isToStay));
  const keys = new Set(staying.map(keyOf));
  return recorded
    .map((entry) => placeRef(entry, scopes))
    .map((entry) => (!entry.kept && keys.has(keyOf(entry)) ? { ...entry, kept: true } : entry));
}

/** Kinds without a namespace among those that are named with one: the API server knows. */
async function discoverScopes(client: KubeClient, refs: readonly ObjectRef[]): Promise<readonly string[]> {
  const kinds = new Map(refs.filter(({ namespace }) => namespace !== undefined).map((ref) => [groupKindOf(ref), ref]));
  const found = await Promise.all(
    [...kinds].map(async ([groupKind, { apiVersion, kind }]) => {
      const resource = await client.findResource(apiVersion, kind).catch((error: unknown) => {
        // one that does not answer now is told of where its objects are applied
        if (error instanceof KubicError) return undefined;
        throw error;
      });
      return resource?.namespaced === false ? [groupKind] : [];
    }),
  );
  return found.flat();
}

function once<T extends object>(work: () => T): () => T {
  let result: T | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
