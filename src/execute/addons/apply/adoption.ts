import { isMadeByUs } from '../../../addons/field-owners.ts';
import type { Inventory, InventoryEntry } from '../../../addons/inventory.ts';
import { keyOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import type { OwnedKind } from '../delete/list-owned.ts';
import type { AppliedObject } from './apply-object.ts';

interface AdoptionInput {
  readonly applied: ReadonlyMap<string, AppliedObject>;
  /** The add-on's own record before. */
  readonly before: ReadonlyMap<string, InventoryEntry>;
  /** What carried the add-on's label before. */
  readonly owned: ReadonlyMap<string, OwnedKind>;
  readonly inventories: () => Promise<readonly Inventory[]>;
}

/**
 * Keys of applied objects that were there before us: the API server did not make them, no add-on had them on record, and they did not carry our
 * label since we made them. What an add-on had adopted stays so when another one takes it.
 */
export async function findAdopted({
  applied,
  before,
  owned,
  inventories,
}: AdoptionInput): Promise<ReadonlySet<string>> {
  const there = [...applied].filter(([, { created }]) => !created).map(([key]) => key);
  const isKnown = (key: string): boolean => before.get(key)?.live !== undefined;
  const stillAdopted = there.filter((key) => isKnown(key) && before.get(key)?.adopted);
  const found = there.filter((key) => !isKnown(key));
  if (found.length === 0) return new Set(stillAdopted);
  const labelled = new Map([...owned.values()].flatMap(({ objects }) => [...objects]));
  const recorded = recordedBy(await inventories());
  const isAdopted = (key: string): boolean => {
    const [live, other] = [labelled.get(key), recorded.get(key)];
    return other ? other.adopted === true : !live || !isMadeByUs(live);
  };
  return new Set([...stillAdopted, ...found.filter(isAdopted)]);
}

function recordedBy(inventories: readonly Inventory[]): ReadonlyMap<string, InventoryEntry> {
  const entries = inventories.flatMap((inventory) => inventory.entries);
  return new Map(entries.filter(({ live }) => live !== undefined).map((entry) => [keyOf(entry), entry]));
}

/** Objects that the add-on has not applied before, as far as it knows. */
export function unknownRefs(refs: readonly ObjectRef[], before: ReadonlyMap<string, InventoryEntry>) {
  return refs.filter((ref) => before.get(keyOf(ref))?.live === undefined);
}
