import { KubicError } from '../../errors/kubic-error.ts';
import { unlessFatal } from '../../kube/errors/unless-fatal.ts';
import { formatRef } from '../../objects/kube-object.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';

/** One object that could not be applied or deleted; the others go on. */
export interface ObjectFailure {
  readonly ref: ObjectRef;
  readonly error: KubicError;
}

const MAX_NAMED = 10;
const MAX_FACTS = 100;

/** The failure of one object. @throws the error again where it is about all of them, or is none of ours */
export function toFailure(ref: ObjectRef, error: unknown): ObjectFailure {
  return { ref, error: unlessFatal(error) };
}

/** One error for all objects of an add-on that failed, each named with its reason. */
export function failuresError(
  code: 'addons.apply-failed' | 'addons.remove-failed',
  addon: string,
  failures: readonly ObjectFailure[],
): KubicError {
  const lines = failures.map(describe).toSorted((a, b) => (a < b ? -1 : 1));
  const more = lines.length > MAX_NAMED ? [`and ${lines.length - MAX_NAMED} more`] : [];
  const hints = new Set(failures.map(({ error }) => error.hint));
  const [hint] = hints;
  return new KubicError(code, {
    detail: `${addon}: ${[...lines.slice(0, MAX_NAMED), ...more].join('; ')}`,
    facts: { addon, objects: lines.slice(0, MAX_FACTS) },
    ...(hints.size === 1 && hint !== undefined && { hint }),
    retry: failures.every(({ error }) => error.retry === 'next-commit') ? 'next-commit' : 'soon',
  });
}

/** `ConfigMap default/x: the API server …`, the object named once. */
function describe({ ref, error }: ObjectFailure): string {
  const name = formatRef(ref);
  const verbs = ['apply', 'create', 'delete', 'read'];
  return `${name}: ${verbs.reduce((text, verb) => text.replace(`${verb} ${name}: `, ''), error.message)}`;
}
