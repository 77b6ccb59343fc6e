import { InvalidArgumentError } from 'commander';
import { explainFields } from '../../clone/edit-node-list.ts';
import { toKubicError } from '../../errors/to-kubic-error.ts';
import type { Taint } from '../../objects/taint.ts';
import { parseFingerprint } from '../../pki/fingerprint.ts';

/** An argument as a fingerprint. @throws InvalidArgumentError */
export function toFingerprint(text: string): string {
  try {
    return parseFingerprint(text);
  } catch (error) {
    const { message, hint } = toKubicError(error);
    throw new InvalidArgumentError(`${message}. ${hint}`);
  }
}

/** An argument as the name of a node. @throws InvalidArgumentError */
export function toName(text: string): string {
  requireValid({ name: text });
  return text;
}

/** An argument that the list cannot hold is blamed as that, not as an error of the repository. */
function requireValid(fields: Parameters<typeof explainFields>[0]): void {
  const problem = explainFields(fields);
  if (problem !== undefined) throw new InvalidArgumentError(problem);
}

/** Adds an argument `key=value` to the labels given before it. @throws InvalidArgumentError */
export function collectLabel(text: string, labels: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('write key=value');
  const label = { [text.slice(0, at)]: text.slice(at + 1) };
  requireValid({ labels: label });
  return { ...labels, ...label };
}

/** Adds an argument `key=value:effect` to the taints given before it. @throws InvalidArgumentError */
export function collectTaint(text: string, taints: readonly Taint[]): Taint[] {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(text) ?? [];
  if (key === undefined) throw new InvalidArgumentError('write key=value:NoSchedule, key:NoExecute or the like');
  const taint = { key, ...(value !== undefined && { value }), effect: effect as Taint['effect'] };
  requireValid({ taints: [taint] });
  return [...taints, taint];
}
