import type { AddonState, Inside } from '../../../addons/addon-state.ts';
import { isCascading } from '../../../addons/deletion/cascade.ts';
import { formatRef } from '../../../objects/kube-object.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import type { Held, Impact } from '../../actions.ts';
import type { Changes } from './addon-changes.ts';
import { describeDeletions } from './deletion-reasons.ts';
import { describeDrift, describeOverwritten } from './drift-reasons.ts';

/** Held: nothing is known of what it owns, so nothing may be done. */
export function unreadable(state: AddonState): Held {
  const reason = 'the record of what it owns cannot be read';
  return { code: 'addons.inventory-unreadable', subject: state.name, reason };
}

/** Held: only a deletion could make the change, and the object is to stay. */
export function refuse(ref: ObjectRef): Held {
  const reason = 'a field that cannot be changed was changed: it would be deleted and made anew, and is to stay';
  return { code: 'addons.protected', subject: formatRef(ref), reason };
}

/** What leaves an add-on. */
interface Leaving {
  readonly prune: readonly ObjectRef[];
  readonly insides: readonly Inside[] | undefined;
  /** How many objects are let go of. */
  readonly released: number;
}

/** What differs, in words. */
export function reasonOf(
  { added, changed, overwritten, drifted }: Changes,
  { prune, insides, released }: Leaving,
): string {
  const parts = [
    added.length > 0 && `${count(added.length, 'object')} new`,
    changed.length > 0 && `${count(changed.length, 'object')} changed in Git${describeOverwritten(overwritten)}`,
    ...describeDrift(drifted),
    prune.length > 0 && `${prune.length} to delete (${describeDeletions(prune, insides)})`,
    released > 0 && `${released} to let go of`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : 'its settings changed, or its last apply did not end';
}

/** `2 objects` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What deleting these does to running work. */
export function impactOf(deleted: readonly ObjectRef[]): Impact {
  if (deleted.some(isCascading)) return 'destructive';
  return deleted.length > 0 ? 'disruptive' : 'safe';
}

/** The one of two impacts that weighs more. */
export function worst(a: Impact, b: Impact): Impact {
  const order: readonly Impact[] = ['safe', 'disruptive', 'destructive'];
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}
