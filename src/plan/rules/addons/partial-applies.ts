import type { AddonState } from '../../../addons/addon-state.ts';
import { isToStay } from '../../../addons/object-options.ts';
import { isRepair } from '../../../addons/order.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { keyOf } from '../../../objects/object-key.ts';
import type { Action } from '../../actions.ts';
import type { Leftovers } from './addon-leftovers.ts';
import { count, impactOf } from './addon-reasons.ts';
import { describeDeletions } from './deletion-reasons.ts';

/** The add-on an action is about. */
export function addonOf({ spec }: Action): string | undefined {
  return 'addon' in spec ? spec.addon : undefined;
}

const ONLY_HERE = 'its record is only on this machine, where the API server did not take it';

function recordOnly(addon: string, digest: string, what: string): Action {
  const spec = { addon, digest, apply: [], prune: [], only: 'record' as const };
  return { kind: 'addon.apply', scope: 'cluster', impact: 'safe', reason: `${addon}: ${what}`, spec };
}

/** What moved to an add-on that comes later in this very plan is let go of after that. */
export function proposeHandovers(
  rendered: readonly RenderedAddon[],
  leftovers: ReadonlyMap<string, Leftovers>,
  order: readonly (string | undefined)[],
): readonly Action[] {
  return rendered.flatMap(({ name, digest }): Action[] => {
    const own = order.indexOf(name);
    const taken = (leftovers.get(name)?.awaited ?? []).filter((taker) => order.indexOf(taker) > own);
    return taken.length === 0 ? [] : [recordOnly(name, digest, `${count(taken.length, 'object')} to let go of`)];
  });
}

/**
 * What left an add-on that waits, and may keep others from being changed: it does not wait, for it may be what the others wait for (a webhook
 * whose pods are gone keeps those of a dependency from being made).
 */
export function proposeRepair({ name, digest }: RenderedAddon, left: Leftovers | undefined): readonly Action[] {
  const doomed = (left?.prune ?? []).filter(isRepair);
  if (doomed.length === 0) return [];
  const reason = `${name}: ${doomed.length} to delete (${describeDeletions(doomed)}), although the rest of it waits`;
  const spec = { addon: name, digest, apply: [], prune: doomed, only: 'repair' as const };
  return [{ kind: 'addon.apply', scope: 'cluster', impact: impactOf(doomed), reason, spec }];
}

/**
 * What a head says is to stay is recorded whatever becomes of it there: also where its add-on waits, or has nothing else to do, or
 * where the object is still on the record of another one.
 */
export function proposeRecords(
  rendered: readonly RenderedAddon[],
  states: readonly AddonState[],
  actions: readonly Action[],
): readonly Action[] {
  const stays = new Set(rendered.flatMap(({ objects }) => objects.filter(isToStay).map(keyOf)));
  const acting = new Set(actions.map(addonOf));
  return states.flatMap(({ name, inventory, onlyHere }): Action[] => {
    const unsaid = inventory.filter((entry) => !entry.kept && stays.has(keyOf(entry)));
    if ((unsaid.length === 0 && !onlyHere) || acting.has(name)) return [];
    const digest = rendered.find((addon) => addon.name === name)?.digest ?? '';
    const what = unsaid.length > 0 ? `${count(unsaid.length, 'object')} to be recorded as staying` : ONLY_HERE;
    return [recordOnly(name, digest, what)];
  });
}
