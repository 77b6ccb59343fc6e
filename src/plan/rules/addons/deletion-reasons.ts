import type { Inside } from '../../../addons/addon-state.ts';
import { isCascading, isContainer, takesText } from '../../../addons/deletion/cascade.ts';
import { confirmationOf } from '../../../addons/deletion/confirmation.ts';
import { listNames } from '../../../addons/deletion/describe-inside.ts';
import { formatRef } from '../../../objects/kube-object.ts';
import { keyOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import type { Held } from '../../actions.ts';

/** Held until a commit confirms it. */
export function holdUntilConfirmed(ref: ObjectRef, reasons: readonly string[]): Held {
  return { ...holdFor(ref, `but ${reasons.join(', ')}, and would go with it`), confirm: confirmationOf(ref) };
}

/** Held, whatever a commit says. */
export function holdFor(ref: ObjectRef, reason: string): Held {
  return { code: 'addons.protected', subject: formatRef(ref), reason: `it left the repository, ${reason}` };
}

/** What a plan says of deletions: the first few by name, with what each takes along, also where a commit has confirmed that. */
export function describeDeletions(prune: readonly ObjectRef[], insides: readonly Inside[] = []): string {
  const named = prune.toSorted((a, b) => Number(isCascading(b)) - Number(isCascading(a))).slice(0, 3);
  return named
    .map((ref) => {
      const confirmed = describeConfirmed(insides.find((each) => keyOf(each.ref) === keyOf(ref)));
      const along = isContainer(ref) ? takesText(ref) : undefined;
      const taken = [along, confirmed].filter((part) => part !== undefined).join(', among them ');
      return taken === '' ? formatRef(ref) : `${formatRef(ref)} with ${taken}`;
    })
    .join(', ');
}

function describeConfirmed(inside: Inside | undefined): string | undefined {
  const parts = [
    inside && inside.count > 0 && `${listNames(inside)} that no add-on has on record`,
    inside?.stays && `${listNames(inside.stays)} that ${inside.stays.count > 1 ? 'were' : 'was'} to stay`,
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? undefined : parts.join(', ');
}
