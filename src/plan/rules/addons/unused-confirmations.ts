import type { AddonState } from '../../../addons/addon-state.ts';
import { confirmationOf } from '../../../addons/deletion/confirmation.ts';
import { applyModeOf } from '../../../addons/object-options.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { keyOf } from '../../../objects/object-key.ts';
import type { Held } from '../../actions.ts';

/**
 * Digests in guards.confirm that confirm no deletion: they are of another object, mistyped, or done with, and would let go of a later
 * object of that name unasked. Nothing is said before there is a cluster, nor while
 * a record cannot be read: what it has may be meant.
 */
export function findUnusedConfirmations(
  confirm: readonly string[],
  rendered: readonly RenderedAddon[],
  states: readonly AddonState[] | undefined,
): readonly Held[] {
  if (confirm.length === 0 || states === undefined || states.some(({ readable }) => !readable)) return [];
  const objects = rendered.flatMap((addon) => addon.objects);
  const declared = new Set(objects.map(keyOf));
  const leaving = states.flatMap(({ inventory }) => inventory).filter((entry) => !declared.has(keyOf(entry)));
  // what is made anew may be confirmed, too
  const replaced = objects.filter((object) => applyModeOf(object) === 'replace');
  const known = new Set([...leaving, ...replaced].map(confirmationOf));
  return [...new Set(confirm)]
    .filter((digest) => !known.has(digest))
    .map((digest) => ({
      code: 'addons.confirm-unused',
      subject: 'guards.confirm',
      reason: `${digest} is of nothing that is to be deleted: take it out of cluster.yaml, or correct it`,
    }));
}
