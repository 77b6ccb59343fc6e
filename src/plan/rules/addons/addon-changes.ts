import type { AddonState } from '../../../addons/addon-state.ts';
import { isProtected } from '../../../addons/deletion/protection.ts';
import type { InventoryEntry } from '../../../addons/inventory.ts';
import { applyModeOf, isKeptEntry } from '../../../addons/object-options.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { digestOf } from '../../../json/canonical.ts';
import { type KubeObject, refOf } from '../../../objects/kube-object.ts';
import { keyOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';

export interface Changes {
  readonly added: readonly ObjectRef[];
  readonly changed: readonly ObjectRef[];
  readonly drifted: readonly ObjectRef[];
  /** Those of the changed and drifted that may be deleted and made anew. */
  readonly replaced: readonly ObjectRef[];
  /** They would have to be deleted to be changed, and are to stay. */
  readonly refused: readonly ObjectRef[];
}

type Difference = 'added' | 'changed' | 'drifted' | 'refused' | 'same';

/** Which objects of an add-on differ from what is recorded of it, and how. */
export function compareObjects(
  addon: RenderedAddon,
  state: AddonState | undefined,
  protect: readonly string[],
): Changes {
  const entries = new Map(state?.inventory.map((entry) => [keyOf(entry), entry]));
  const drifted = new Set(state?.drifted.map(keyOf));
  const fought = new Set(state?.fought.map(keyOf));
  const sorted = addon.objects
    .filter((object) => applyModeOf(object) !== 'ignore')
    .map((object) => {
      const key = keyOf(refOf(object));
      const how = compareObject(object, entries.get(key), protect);
      return { object, how: how === 'same' && drifted.has(key) && !fought.has(key) ? 'drifted' : how };
    });
  const refs = (wanted: Difference): ObjectRef[] =>
    sorted.filter(({ how }) => how === wanted).map(({ object }) => refOf(object));
  const replaced = sorted.filter(
    ({ object, how }) => (how === 'changed' || how === 'drifted') && applyModeOf(object) === 'replace',
  );
  return {
    added: refs('added'),
    changed: refs('changed'),
    drifted: refs('drifted'),
    refused: refs('refused'),
    replaced: replaced.map(({ object }) => refOf(object)),
  };
}

function compareObject(
  object: KubeObject,
  entry: InventoryEntry | undefined,
  protect: readonly string[],
): Exclude<Difference, 'drifted'> {
  if (entry?.rendered === undefined) return 'added';
  const digest = digestOf(object);
  if (entry.rendered === digest) return 'same';
  const stays = isProtected(entry, protect) || isKeptEntry(entry, object);
  return entry.refused === digest && stays ? 'refused' : 'changed';
}
