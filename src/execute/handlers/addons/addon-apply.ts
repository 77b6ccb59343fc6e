import { goesWhenDone } from '../../../addons/health/goes-when-done.ts';
import type { Inventory, InventoryEntry } from '../../../addons/inventory.ts';
import { applyModeOf, isKept } from '../../../addons/object-options.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { KubicError } from '../../../errors/kubic-error.ts';
import { digestOf } from '../../../json/canonical.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { type KubeObject, refOf } from '../../../objects/kube-object.ts';
import { keyOf } from '../../../objects/object-key.ts';
import type { AppliedObject } from '../../addons/apply-object.ts';
import { applyObjects } from '../../addons/apply-objects.ts';
import { openInventory } from '../../addons/inventory-store.ts';
import { handleLeftovers } from '../../addons/leftovers.ts';
import { failuresError } from '../../addons/object-failure.ts';
import type { Handler } from '../handler.ts';

const CORRECTIONS_KEPT = 5;

/**
 * Brings an add-on's objects to what the repository declares. The inventory is written before the first object, as a
 * superset of what is and what will be, and shrunk after the last: wherever this is cut short, everything the add-on has in
 * the cluster is on record, and the next sync goes on.
 */
export const executeAddonApply: Handler<'addon.apply'> = async ({ spec }, deps) => {
  const addon = deps.rendered.find(({ name, digest }) => name === spec.addon && digest === spec.digest);
  if (!addon) throw new KubicError('agent.internal', { detail: `add-on ${spec.addon} is not what was planned` });
  const client = await deps.adminClient();
  const { signal, rendered, progress } = deps;
  await requireDependencies(addon, rendered, client, signal);
  const store = await openInventory(client, addon.name, signal);
  const { dependsOn, prune: prunes, digest, name } = addon;
  const before = new Map(store.current()?.entries.map((entry) => [keyOf(entry), entry]));
  const wanted = new Set(spec.apply.map(keyOf));
  const declared = addon.objects.filter(
    (object) => applyModeOf(object) !== 'ignore' || before.has(keyOf(refOf(object))),
  );
  const declaredKeys = new Set(declared.map((object) => keyOf(refOf(object))));
  const leftovers = [...before].filter(([key]) => !declaredKeys.has(key)).map(([, entry]) => entry);
  const record = (entries: readonly InventoryEntry[], complete: boolean): Inventory => ({
    addon: name,
    ...(complete && { appliedDigest: digest }),
    dependsOn,
    prune: prunes,
    entries,
  });
  const recorded = declared.map((object) => before.get(keyOf(refOf(object))) ?? refOf(object));
  await store.save(record([...recorded, ...leftovers], false));

  const target = { client, addon: name, signal, rendered, progress };
  const objects = declared.filter((object) => wanted.has(keyOf(refOf(object))));
  const { applied, failures } = await applyObjects(objects, target);
  const entries = declared.map((object) => entryOf(object, before, applied));
  // what the new objects do not replace yet may still be needed
  const settled =
    failures.length > 0
      ? { remaining: leftovers, failures: [] }
      : await handleLeftovers(
          leftovers,
          { prune: spec.prune, prunes, rendered: rendered.filter((other) => other !== addon) },
          target,
        );
  const all = [...failures, ...settled.failures];
  await store.save(record([...entries, ...settled.remaining], all.length === 0));
  if (all.length > 0) throw failuresError('addons.apply-failed', name, all);
};

function entryOf(
  object: KubeObject,
  before: ReadonlyMap<string, InventoryEntry>,
  applied: ReadonlyMap<string, AppliedObject>,
): InventoryEntry {
  const key = keyOf(refOf(object));
  const previous = before.get(key);
  const result = applied.get(key);
  if (!result) return previous ?? refOf(object);
  const rendered = digestOf(object);
  const { namespace, live } = result;
  // the same manifest applied again: somebody had changed the object
  const corrections =
    previous?.rendered === rendered ? [...(previous.corrections ?? []), Math.floor(Date.now() / 1000)] : [];
  return {
    ...refOf(object),
    ...(namespace !== undefined && { namespace }),
    rendered,
    live,
    ...(isKept(object) && { kept: true }),
    ...(goesWhenDone(object) && { goesWhenDone: true }),
    ...(corrections.length > 0 && { corrections: corrections.slice(-CORRECTIONS_KEPT) }),
  };
}

/** An add-on planned in the same sync may have failed since. @throws KubicError addons.dependency-not-ready */
async function requireDependencies(
  addon: RenderedAddon,
  rendered: readonly RenderedAddon[],
  client: KubeClient,
  signal: AbortSignal,
): Promise<void> {
  for (const name of addon.dependsOn) {
    const digest = rendered.find((other) => other.name === name)?.digest;
    const inventory = (await openInventory(client, name, signal)).current();
    if (digest !== undefined && inventory?.appliedDigest === digest) continue;
    throw new KubicError('addons.dependency-not-ready', { detail: `${addon.name} waits for ${name}` });
  }
}
