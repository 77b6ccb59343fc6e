import { keyOf } from '../../objects/object-key.ts';
import type { Inventory, InventoryEntry } from '../inventory.ts';
import type { RenderedAddon } from '../rendered-addon.ts';
import { isOfTheCluster } from './protection.ts';

export interface Wishes {
  readonly rendered: readonly Pick<RenderedAddon, 'name' | 'prune'>[];
  /** Keys of what add-ons declare. */
  readonly declared: ReadonlySet<string>;
  /** Keys of what the head before said is to stay. */
  readonly kept: readonly string[] | undefined;
}

export interface SortedRecords {
  /** What nobody declares any more, and nothing keeps. */
  readonly leaving: readonly { readonly addon: string; readonly entry: InventoryEntry }[];
  /** Keys of what is declared, and of what is on record and is not deleted when it leaves. */
  readonly staying: ReadonlySet<string>;
}

/** What is on record, by whether it is to be deleted. What one record lets go and another keeps is in both. */
export function sortRecorded(inventories: readonly Inventory[], { rendered, declared, kept }: Wishes): SortedRecords {
  const said = new Set(kept);
  const prunes = new Map(rendered.map(({ name, prune }) => [name, prune]));
  const all = inventories.flatMap(({ addon, prune, entries }) =>
    entries.map((entry) => {
      const key = keyOf(entry);
      const stays = !(prunes.get(addon) ?? prune) || declared.has(key) || said.has(key) || staysAnyway(entry);
      return { addon, entry, key, stays };
    }),
  );
  return {
    leaving: all.filter(({ stays }) => !stays).map(({ addon, entry }) => ({ addon, entry })),
    staying: new Set([...declared, ...all.filter(({ stays }) => stays).map(({ key }) => key)]),
  };
}

function staysAnyway(entry: InventoryEntry): boolean {
  return entry.kept === true || entry.adopted === true || isOfTheCluster(entry);
}
