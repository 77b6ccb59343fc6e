import type { IndexedObject } from '../../../addons/indexed-object.ts';
import type { Inventory, InventoryEntry } from '../../../addons/inventory.ts';
import { applyModeOf, isKept, isKeptEntry } from '../../../addons/object-options.ts';
import { isRepair } from '../../../addons/order.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { KubicError } from '../../../errors/kubic-error.ts';
import { pause } from '../../../kube/patient-connection.ts';
import { refOf } from '../../../objects/kube-object.ts';
import { keyOf } from '../../../objects/object-key.ts';
import { plainRef } from '../../../objects/object-ref.ts';
import type { Action } from '../../../plan/actions.ts';
import { type AddonContext, openAddon } from '../../addons/addon-context.ts';
import { findAdopted, unknownRefs } from '../../addons/apply/adoption.ts';
import { type ApplyOutcome, applyObjects } from '../../addons/apply/apply-objects.ts';
import { handleLeftovers, type LeftoversOutcome } from '../../addons/delete/leftovers.ts';
import { listOwned } from '../../addons/delete/list-owned.ts';
import { requireReplaceable } from '../../addons/delete/require-deletable.ts';
import { type InventoryStore, openInventory } from '../../addons/inventory-store.ts';
import { failuresError } from '../../addons/object-failure.ts';
import { entryOf } from '../../addons/record-entry.ts';
import type { Handler, HandlerDeps } from '../handler.ts';

/**
 * Brings an add-on's objects to what the repository declares. The inventory is written before the first object, as a
 * superset of what is and what will be, and shrunk after the last: wherever this is cut short, everything the add-on has in
 * the cluster is on record, and the next sync goes on. What keeps others from being changed (a webhook that left, or was changed) goes before
 * all, and where the record itself is refused, nothing but that goes before it.
 */
export const executeAddonApply: Handler<'addon.apply'> = async ({ spec }, deps) => {
  const context = await openAddon(spec.addon, deps);
  if (spec.only === 'record') return recordOnly(context);
  if (spec.only === 'repair') return repairOnly(spec, context);
  const addon = context.rendered.find(({ name, digest }) => name === spec.addon && digest === spec.digest);
  if (!addon) throw new KubicError('agent.internal', { detail: `add-on ${spec.addon} is not what was planned` });
  const { store, entries: recorded } = context;
  const before = new Map(recorded.map((entry) => [keyOf(entry), entry]));
  const declared = addon.objects.filter((object) => applyModeOf(object) !== 'ignore' || before.has(keyOf(object)));
  const declaredKeys = new Set(declared.map(keyOf));
  const leftovers = recorded.filter((entry) => !declaredKeys.has(keyOf(entry)));
  const { dependsOn, prune, digest, name } = addon;
  const record = (entries: readonly InventoryEntry[], appliedDigest: string | undefined): Inventory => ({
    addon: name,
    ...(appliedDigest !== undefined && { appliedDigest }),
    dependsOn,
    prune,
    entries,
  });
  const superset = [...declared.map((object) => supersetEntry(object, before)), ...leftovers];
  const wanted = new Set(spec.apply.map(context.place).map(keyOf));
  const mends = spec.apply
    .map(context.place)
    .filter((ref) => isRepair(ref) && (ref.kind === 'ResourceQuota' || before.has(keyOf(ref))));
  const repairs = mends.length > 0 || spec.prune.some(isRepair);
  const inventory = store.current();
  // before anything can fail, the dependencies among it; an add-on that has nothing yet has nothing to keep
  if (inventory) await store.save({ ...inventory, entries: recorded }, { repairs });
  await requireDependencies(addon, deps, context);
  await store.save(record(superset, spec.apply.length === 0 ? inventory?.appliedDigest : undefined), { repairs });

  const repaired = await leave(leftovers, spec, context, isRepair);
  const refs = declared.filter((object) => wanted.has(keyOf(object)));
  const repeated = new Set(refs.filter((object) => before.get(keyOf(object))?.rendered === object.digest).map(keyOf));
  const owned = await listOwned(unknownRefs(refs, before), context.target);
  const target: Parameters<typeof applyObjects>[1] = {
    ...context.target,
    rendered: context.rendered,
    isRepeated: (object) => repeated.has(keyOf(refOf(object))),
    isKnown: (object) => before.get(keyOf(refOf(object)))?.live !== undefined,
    requireReplaceable: (live, object) =>
      requireReplaceable(live, isKeptEntry(before.get(keyOf(refOf(object))), object), context.guard),
  };
  const apply = async (some: readonly IndexedObject[]): Promise<ApplyOutcome> =>
    applyObjects(await context.loadObjects(new Set(some.map(keyOf))), target);
  const mending = new Set(store.isStored() ? [] : mends.map(keyOf));
  const mended = await apply(refs.filter((ref) => mending.has(keyOf(ref))));
  // nothing else is made before it is on record in the cluster
  await saveMended(store, name, mended, deps.signal);
  const rest = await apply(refs.filter((ref) => !mending.has(keyOf(ref))));
  const applied = new Map([...mended.applied, ...rest.applied]);
  const failures = [...mended.failures, ...rest.failures];
  const adopted = await findAdopted({ applied, before, owned, inventories: context.inventories });
  const refused = new Set(failures.filter(({ error }) => error.facts.refused === true).map(({ ref }) => keyOf(ref)));
  const entries = declared.map((object) => {
    const key = keyOf(object);
    const [previous, result] = [before.get(key), applied.get(key)];
    return entryOf(object, { previous, result, isAdopted: adopted.has(key), isRefused: refused.has(key) });
  });
  // what the new objects do not replace yet may still be needed
  const settled =
    failures.length > 0 ? repaired : await leave(repaired.remaining, spec, context, (ref) => !isRepair(ref));
  const all = [...failures, ...new Set([...repaired.failures, ...settled.failures])];
  await store.save(record([...entries, ...settled.remaining], failures.length === 0 ? digest : undefined), { repairs });
  if (all.length > 0) throw failuresError('addons.apply-failed', name, all);
};

/** The API server may not have seen yet that it was mended. @throws KubicError for what could not be, or as the API server refuses the record */
async function saveMended(
  store: InventoryStore,
  addon: string,
  { failures }: ApplyOutcome,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; !store.isStored(); attempt++) {
    const inventory = store.current();
    if (!inventory) return;
    try {
      await store.save(inventory);
    } catch (error) {
      if (failures.length > 0) throw failuresError('addons.apply-failed', addon, failures);
      if (attempt >= TRIES) throw error;
      await pause(PAUSE_MS, signal);
    }
  }
}

const TRIES = 5;
const PAUSE_MS = 1000;

function supersetEntry(object: IndexedObject, before: ReadonlyMap<string, InventoryEntry>): InventoryEntry {
  return before.get(keyOf(object)) ?? { ...plainRef(object), ...(isKept(object) && { kept: true }) };
}

/** What left the add-on, as far as `which` says so: the rest stays on record for now. */
async function leave(
  leftovers: readonly InventoryEntry[],
  { prune, release }: Action<'addon.apply'>['spec'],
  { rendered, takers, inventories, target }: AddonContext,
  which: (ref: InventoryEntry) => boolean,
): Promise<LeftoversOutcome> {
  const now = leftovers.filter(which);
  if (now.length === 0) return { remaining: leftovers, failures: [] };
  const prunes = rendered.find(({ name }) => name === target.addon)?.prune ?? false;
  const { remaining, failures } = await handleLeftovers(now, { prune, release, prunes, takers, inventories }, target);
  return { remaining: [...leftovers.filter((entry) => !which(entry)), ...remaining], failures };
}

/** Writes only what is to stay, and lets go of what another add-on has by now; whether the add-on is applied is said as before. */
async function recordOnly({ store, entries, takers, inventories, target }: AddonContext): Promise<void> {
  const inventory = store.current();
  if (!inventory) return;
  await store.save({ ...inventory, entries });
  const moved = entries.filter((entry) => takers.has(keyOf(entry)));
  const plan = { prune: [], prunes: inventory.prune, takers, inventories };
  const { remaining, failures } = await handleLeftovers(moved, plan, target);
  const kept = [...entries.filter((entry) => !takers.has(keyOf(entry))), ...remaining];
  await store.save({ ...inventory, entries: kept });
  if (failures.length > 0) throw failuresError('addons.apply-failed', inventory.addon, failures);
}

/** Only what the plan names is taken away; whether the add-on is applied is said as before. */
async function repairOnly(spec: Action<'addon.apply'>['spec'], context: AddonContext): Promise<void> {
  const { store, entries } = context;
  const inventory = store.current();
  if (!inventory) return;
  await store.save({ ...inventory, entries }, { repairs: true });
  const named = new Set(spec.prune.map(context.place).map(keyOf));
  const isNamed = (entry: InventoryEntry): boolean => named.has(keyOf(entry)) && isRepair(entry);
  const { remaining, failures } = await leave(entries, spec, context, isNamed);
  await store.save({ ...inventory, entries: remaining }, { repairs: true });
  if (failures.length > 0) throw failuresError('addons.apply-failed', inventory.addon, failures);
}

/** An add-on planned in the same sync may have failed since. @throws KubicError addons.dependency-not-ready */
async function requireDependencies(
  addon: RenderedAddon,
  { rendered, signal, settings }: HandlerDeps,
  { client }: AddonContext,
): Promise<void> {
  for (const name of addon.dependsOn) {
    const digest = rendered.find((other) => other.name === name)?.digest;
    const inventory = (await openInventory(client, name, { signal, stateDir: settings.stateDir })).current();
    if (digest !== undefined && inventory?.appliedDigest === digest) continue;
    throw new KubicError('addons.dependency-not-ready', { detail: `${addon.name} waits for ${name}` });
  }
}
