import { nextRound } from '../../addons/drift/fight.ts';
import type { IndexedObject } from '../../addons/indexed-object.ts';
import type { InventoryEntry } from '../../addons/inventory.ts';
import { isKept, isPruned } from '../../addons/object-options.ts';
import { plainRef } from '../../objects/object-ref.ts';
import type { AppliedObject } from './apply/apply-object.ts';

/** What one apply showed of an object. */
interface EntryFacts {
  readonly previous: InventoryEntry | undefined;
  /** What the apply answered; undefined where the object was not applied, or not well. */
  readonly result: AppliedObject | undefined;
  readonly isAdopted: boolean;
  /** True for an object that would have had to be deleted, and is to stay. */
  readonly isRefused: boolean;
}

/** What is recorded of an object after an apply. What is to stay by the head before counts until it was applied without that. */
export function entryOf(object: IndexedObject, { previous, result, isAdopted, isRefused }: EntryFacts): InventoryEntry {
  const { digest: rendered, apiVersion, kind, name } = object;
  if (!result) {
    const { refused: _, ...entry } = previous ?? { ...plainRef(object), ...(isKept(object) && { kept: true }) };
    return isRefused ? { ...entry, refused: rendered } : entry;
  }
  return {
    apiVersion,
    kind,
    name,
    ...(result.namespace !== undefined && { namespace: result.namespace }),
    rendered,
    live: result.live,
    ...(result.dropped.length > 0 && { dropped: result.dropped }),
    ...(isKept(object) && { kept: true }),
    ...(object.goesWhenDone && { goesWhenDone: true }),
    ...(isAdopted && !isPruned(object) && { adopted: true }),
    ...(previous?.rendered === rendered && roundsOf(previous, result, Date.now() / 1000)),
  };
}

/** What was put right, or made again, of an object whose manifest did not change. */
function roundsOf(
  { corrections, contested, remade, goesWhenDone: goes }: InventoryEntry,
  { corrected, created }: AppliedObject,
  now: number,
): Pick<InventoryEntry, 'corrections' | 'contested' | 'remade'> {
  // one round only follows another where the same fields were changed back
  const again = corrected.filter((path) => contested?.includes(path));
  const isNew = corrected.length > 0 && again.length === 0;
  const fields = corrected.length === 0 ? contested : isNew ? corrected : again;
  const times = corrected.length === 0 ? corrections : nextRound(isNew ? [] : corrections, now);
  const made = created && !goes ? nextRound(remade, now) : remade;
  return {
    ...(times && { corrections: times }),
    ...(fields && { contested: fields }),
    ...(made && { remade: made }),
  };
}
