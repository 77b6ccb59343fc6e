import type { Inside } from '../../../addons/addon-state.ts';
import { isCascading, isDefinition, isNamespace, takesText } from '../../../addons/deletion/cascade.ts';
import { confirmationOf } from '../../../addons/deletion/confirmation.ts';
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

/** What is inside and on nobody's record, in words. */
export function describeInside(inside: Inside | undefined): readonly string[] {
  if (inside?.unknown !== undefined) return [inside.unknown];
  if (inside === undefined || inside.count === 0) return [];
  return [`${namesOf(inside)} ${inside.count > 1 ? 'are' : 'is'} on no add-on's record`];
}

function namesOf({ names, count }: Inside): string {
  const more = count - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What a plan says of deletions: the first few by name, with what each takes along, also where a commit has confirmed that. */
export function describeDeletions(prune: readonly ObjectRef[], insides: readonly Inside[] = []): string {
  const named = prune.toSorted((a, b) => Number(isCascading(b)) - Number(isCascading(a))).slice(0, 3);
  return named
    .map((ref) => {
      const inside = insides.find((each) => each.count > 0 && keyOf(each.ref) === keyOf(ref));
      const strangers = inside && `${namesOf(inside)} that no add-on has on record`;
      const along = isNamespace(ref) || isDefinition(ref) ? takesText(ref) : undefined;
      const both = along !== undefined && strangers !== undefined ? `${along}, among them ${strangers}` : undefined;
      const taken = both ?? along ?? strangers;
      return taken === undefined ? formatRef(ref) : `${formatRef(ref)} with ${taken}`;
    })
    .join(', ');
}
