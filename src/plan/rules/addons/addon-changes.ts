import type { AddonState } from '../../../addons/addon-state.ts';
import { isProtected } from '../../../addons/deletion/protection.ts';
import type { Drifted } from '../../../addons/drift/assess-drift.ts';
import { type DriftMode, driftModeOf } from '../../../addons/drift/drift-mode.ts';
import type { IndexedObject } from '../../../addons/indexed-object.ts';
import type { InventoryEntry } from '../../../addons/inventory.ts';
import { applyModeOf, isKeptEntry } from '../../../addons/object-options.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { keyOf } from '../../../objects/object-key.ts';
import { type ObjectRef, plainRef } from '../../../objects/object-ref.ts';

export interface Changes {
  readonly added: readonly ObjectRef[];
  readonly changed: readonly ObjectRef[];
  /** Those of the changed that are applied over what somebody touched in the cluster since their last apply. */
  readonly overwritten: readonly ObjectRef[];
  readonly drifted: readonly Drifted[];
  /** Objects that drifted and are left as they are: by what is declared of drift, or because putting them right would go on for ever. */
  readonly left: readonly LeftDrift[];
  /** Objects that changed or drifted, and may be deleted and made anew. */
  readonly replaced: readonly ObjectRef[];
  /** Objects that would have to be deleted to be changed, and are to stay. */
  readonly refused: readonly ObjectRef[];
}

/** An object that drifted and is not put right. */
export interface LeftDrift {
  readonly object: IndexedObject;
  readonly drift: Drifted;
  readonly mode: DriftMode;
}

type Difference = 'added' | 'changed' | 'refused' | 'same';

/** Which objects of an add-on differ from what is recorded of it, and how. */
export function compareObjects(
  addon: RenderedAddon,
  state: AddonState | undefined,
  protect: readonly string[],
): Changes {
  const entries = new Map(state?.inventory.map((entry) => [keyOf(entry), entry]));
  const drifts = new Map(state?.drifted.map((drift) => [keyOf(drift), drift]));
  const compared = addon.objects
    .filter((object) => applyModeOf(object) !== 'ignore')
    .map((object) => {
      const key = keyOf(object);
      const how = compareObject(object, entries.get(key), protect);
      return { object, how, drift: drifts.get(key), mode: driftModeOf(object, addon) };
    });
  const refs = (wanted: Difference): ObjectRef[] =>
    compared.filter(({ how }) => how === wanted).map(({ object }) => plainRef(object));
  const found = compared.flatMap(({ how, drift, ...rest }) => (how === 'same' && drift ? [{ drift, ...rest }] : []));
  const drifted = found.filter(({ drift, mode }) => mode === 'correct' && drift.fought === undefined);
  const left = found.filter(({ drift, mode }) => mode === 'warn' || (mode === 'correct' && drift.fought !== undefined));
  const replaced = [...compared.filter(({ how }) => how === 'changed'), ...drifted]
    .map(({ object }) => object)
    .filter((object) => applyModeOf(object) === 'replace');
  return {
    added: refs('added'),
    changed: refs('changed'),
    overwritten: compared
      .filter(({ how, drift }) => how === 'changed' && drift?.how === 'overwritten')
      .filter(({ object }) => applyModeOf(object) !== 'once')
      .map(({ object }) => plainRef(object)),
    drifted: drifted.map(({ drift }) => drift),
    // where somebody else's fields are all that differs, there is nothing to show
    left: left.filter(({ drift }) => drift.how !== 'changed' || drift.fields.length > 0),
    refused: refs('refused'),
    replaced: replaced.map(plainRef),
  };
}

function compareObject(
  object: IndexedObject,
  entry: InventoryEntry | undefined,
  protect: readonly string[],
): Difference {
  if (entry?.rendered === undefined) return 'added';
  const { digest } = object;
  if (entry.rendered === digest) return 'same';
  const stays = isProtected(entry, protect) || isKeptEntry(entry, object);
  return entry.refused === digest && stays ? 'refused' : 'changed';
}
