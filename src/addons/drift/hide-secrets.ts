import { canonicalJson } from '../../json/canonical.ts';
import { isKubernetesGroup } from '../../objects/kubernetes-groups.ts';
import { groupOf, type ObjectRef } from '../../objects/object-ref.ts';
import { printable } from '../../text/printable.ts';
import { isHarmless } from './harmless-value.ts';

const MAX_VALUE = 80; // of what is behind that nothing is shown, nor looked at
export const HIDDEN = '(hidden)';

/** What a field is called, or says, that holds a secret more often than not. */
const NAME =
  /pass(word|wd|phrase)|pass$|pwd|secret|token|credential|(api|private|access|encryption|signing|account)[-_.]?key|^auth$|dsn|connection[-_.]?string/i;
const TEXT =
  /(pass(word|wd|phrase)?|pwd|secret|token|credentials?|(api|private|access)[-_.]?key)[\\"']{0,4}[\s=:,]|-----BEGIN|:\/\/[^/\s"]*@|bearer /i;

/**
 * True where no value of an object is shown: a Secret's, and those of every kind that is not Kubernetes' own, for nobody knows where an operator
 * wants its passwords.
 */
export function isHiddenKind(object: Pick<ObjectRef, 'apiVersion' | 'kind'>): boolean {
  const group = groupOf(object);
  return !isKubernetesGroup(group) || (group === '' && object.kind === 'Secret');
}

/**
 * A value for people, cut; hidden where it is not known to be harmless (harmless-value.ts), and where its object, a name on the way to it, or what it
 * says is of a secret, whatever it is.
 */
export function formatValue(
  value: unknown,
  steps: readonly string[],
  object: Pick<ObjectRef, 'apiVersion' | 'kind'>,
): string {
  if (isHiddenKind(object) || steps.some(isSecretStep) || !isHarmless(value, fieldsOf(steps))) return HIDDEN;
  const text = canonicalJson(value);
  if (TEXT.test(text.slice(0, 4 * MAX_VALUE))) return HIDDEN;
  return printable(text, MAX_VALUE);
}

function fieldsOf(steps: readonly string[]): readonly string[] {
  return steps.filter((step) => step.startsWith('f:')).map((step) => step.slice(2));
}

/** `f:password`, or `k:{"name":"DB_PASSWORD"}` of an environment. */
function isSecretStep(step: string): boolean {
  if (step.startsWith('f:')) return NAME.test(step.slice(2));
  return step.startsWith('k:') && NAME.test(/"name":"([^"]*)"/.exec(step)?.[1] ?? '');
}
