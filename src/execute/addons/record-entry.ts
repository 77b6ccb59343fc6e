import { nextRound } from '../../addons/drift/fight.ts';
import { goesWhenDone } from '../../addons/health/goes-when-done.ts';
import type { InventoryEntry } from '../../addons/inventory.ts';
import { isKept, isPruned } from '../../addons/object-options.ts';
import { digestOf } from '../../json/canonical.ts';
import { type KubeObject, refOf } from '../../objects/kube-object.ts';
import type { AppliedObject } from './apply/apply-object.ts';

/** What one apply showed of an object. */
interface EntryFacts {
  readonly previous: InventoryEntry | undefined;
  /** Undefined where it was not applied, or not well. */
  readonly result: AppliedObject | undefined;
  readonly isAdopted: boolean;
  /** It would have had to be deleted, and is to stay. */
  readonly isRefused: boolean;
}

/** What is recorded of an object after an apply. What is to stay by the head before counts until it was applied without that. */
export function entryOf(object: KubeObject, { previous, result, isAdopted, isRefused }: EntryFacts): InventoryEntry {
  const rendered = digestOf(object);
  if (!result) {
    const { refused: _, ...entry } = previous ?? { ...refOf(object), ...(isKept(object) && { kept: true }) };
    return isRefused ? { ...entry, refused: rendered } : entry;
  }
  const { apiVersion, kind, name } = refOf(object);
  return {
    apiVersion,
    kind,
    name,
    ...(result.namespace !== undefined && { namespace: result.namespace }),
    rendered,
    live: result.live,
    ...(isKept(object) && { kept: true }),
    ...(goesWhenDone(object) && { goesWhenDone: true }),
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
