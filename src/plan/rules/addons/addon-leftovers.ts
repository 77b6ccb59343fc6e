import type { AddonState, Going } from '../../../addons/addon-state.ts';
import { isCascading } from '../../../addons/deletion/cascade.ts';
import { isOfTheCluster } from '../../../addons/deletion/protection.ts';
import type { InventoryEntry } from '../../../addons/inventory.ts';
import { stageOf } from '../../../addons/order.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { formatRef } from '../../../objects/kube-object.ts';
import { keyOf } from '../../../objects/object-key.ts';
import { type ObjectRef, plainRef } from '../../../objects/object-ref.ts';
import type { Held } from '../../actions.ts';
import { type Guards, holdDeletions, type Leftover } from './addon-deletions.ts';

export interface Leftovers {
  readonly prune: readonly ObjectRef[];
  readonly held: readonly Held[];
  /** What stays in the cluster. */
  readonly release: readonly ObjectRef[];
  /** How many another add-on has by now. */
  readonly taken: number;
  /** The add-ons that declare what it still has, and have not applied it yet: one name for each object. */
  readonly awaited: readonly string[];
}

type Fate =
  | { readonly kind: 'delete' | 'release' | 'taken' }
  | { readonly kind: 'wait'; readonly taker: string }
  | { readonly kind: 'going'; readonly going: Going };

interface Sorted extends Leftover {
  readonly fate: Fate;
}

/**
 * What becomes of everything that left an add-on, by add-on. It is asked for all of them at once: what one deletes may take along
 * what another declares.
 */
export function sortLeftovers(
  rendered: readonly RenderedAddon[],
  states: readonly AddonState[],
  guards: Guards,
): ReadonlyMap<string, Leftovers> {
  const declaredBy = new Map<string, string>();
  for (const { name, objects } of rendered) for (const object of objects) declaredBy.set(keyOf(object), name);
  const hasTaken = findTaken(states);
  const sorted = states.flatMap((state) => {
    const prunes = rendered.find(({ name }) => name === state.name)?.prune ?? state.prune;
    const going = new Map((state.going ?? []).map((each) => [keyOf(each.ref), each]));
    return state.inventory.flatMap((entry): Sorted[] => {
      const key = keyOf(entry);
      const taker = declaredBy.get(key);
      if (taker === state.name) return [];
      const ref = plainRef(entry);
      if (taker === undefined) return [{ ref, addon: state.name, fate: fateOf(entry, prunes, going.get(key)) }];
      // it is let go of once the other has it on its own record
      return [{ ref, addon: state.name, fate: hasTaken(taker, key) ? { kind: 'taken' } : { kind: 'wait', taker } }];
    });
  });
  const whatIsToStay = () => [
    ...whatIsDeclared(rendered),
    ...whatStays(states, new Set([...declaredBy.keys(), ...leaving(sorted)])),
  ];
  const candidates = sorted.filter(({ fate }) => fate.kind === 'delete');
  // as a rule nothing leaves: then nothing is asked of the thousands that stay
  const held =
    candidates.length === 0 ? NOTHING_HELD : holdDeletions({ guards, states, candidates, staying: whatIsToStay() });
  const byAddon = Map.groupBy(sorted, ({ addon }) => addon);
  return new Map(states.map(({ name }) => [name, leftoversOf(byAddon.get(name) ?? [], held)]));
}

const NOTHING_HELD: ReadonlyMap<string, Held> = new Map();

/** Whether an add-on has an object by a key: it does once it has applied it. */
function findTaken(states: readonly AddonState[]): (addon: string, key: string) => boolean {
  const found = new Map<string, ReadonlySet<string>>();
  return (addon, key) => {
    const inventory = states.find(({ name }) => name === addon)?.inventory ?? [];
    const keys = found.get(addon) ?? new Set(inventory.filter(({ live }) => live !== undefined).map(keyOf));
    found.set(addon, keys);
    return keys.has(key);
  };
}

function fateOf(entry: InventoryEntry, prunes: boolean, going: Going | undefined): Fate {
  if (entry.kept || entry.adopted || !prunes || isOfTheCluster(entry)) return { kind: 'release' };
  return going ? { kind: 'going', going } : { kind: 'delete' };
}

function whatIsDeclared(rendered: readonly RenderedAddon[]) {
  return rendered.flatMap(({ name, objects }) =>
    objects.map((object) => ({ ref: plainRef(object), why: `is declared by add-on ${name}` })),
  );
}

/** What is recorded and neither declared nor to be deleted. */
function whatStays(states: readonly AddonState[], others: ReadonlySet<string>) {
  return states.flatMap(({ inventory }) =>
    inventory.filter((entry) => !others.has(keyOf(entry))).map((entry) => ({ ref: entry, why: whyItStays(entry) })),
  );
}

function leaving(sorted: readonly Sorted[]): readonly string[] {
  return sorted.flatMap(({ ref, fate }) => (fate.kind === 'delete' || fate.kind === 'going' ? keyOf(ref) : []));
}

function whyItStays({ kept, adopted }: InventoryEntry): string {
  if (kept) return 'is to stay';
  return adopted ? 'was there before and stays' : 'is on record and stays';
}

function leftoversOf(sorted: readonly Sorted[], holding: ReadonlyMap<string, Held>): Leftovers {
  const going = sorted.flatMap(({ fate }) => (fate.kind === 'going' ? [fate.going] : []));
  // what is deleted first has to be gone before the rest follows: a controller stays until its objects are cleaned up
  const from = Math.max(-1, ...going.map(({ ref }) => stageOf(ref)));
  const doomed = sorted.filter(({ ref, fate }) => fate.kind === 'delete' && !holding.has(keyOf(ref)));
  return {
    prune: doomed.filter(({ ref }) => stageOf(ref) >= from).map(({ ref }) => ref),
    held: [...sorted.flatMap(({ ref }) => holding.get(keyOf(ref)) ?? []), ...going.map(heldGoing)],
    release: sorted.filter(({ fate }) => fate.kind === 'release').map(({ ref }) => ref),
    taken: sorted.filter(({ fate }) => fate.kind === 'taken').length,
    awaited: sorted.flatMap(({ fate }) => (fate.kind === 'wait' ? fate.taker : [])),
  };
}

function heldGoing({ ref, reason }: Going): Held {
  // Kubernetes itself empties these before they go, which may take minutes
  const code = isCascading(ref) ? 'addons.deletion-going' : 'addons.deletion-stuck';
  return { code, subject: formatRef(ref), reason: `it left the repository, was deleted, and ${reason}` };
}
