import { createHash } from 'node:crypto';
import { canonicalJson } from '../../json/canonical.ts';
import { groupKindOf } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';

/**
 * What a commit writes into guards.confirm to let a held deletion go: a digest of what would be deleted, by kind and name.
 * The digest has nothing of a commit, of time or of what is in the cluster in it: it does not change as long as the deletion is held.
 */
export function confirmationOf(ref: ObjectRef): string {
  const { namespace, name } = ref;
  const text = canonicalJson({ action: 'delete', kind: groupKindOf(ref), name, ...(namespace && { namespace }) });
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** True where a commit has let this deletion go. @param confirm guards.confirm */
export function isConfirmed(ref: ObjectRef, confirm: readonly string[]): boolean {
  return confirm.includes(confirmationOf(ref));
}
