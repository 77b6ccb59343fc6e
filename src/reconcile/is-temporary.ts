import type { ErrorCode } from '../errors/catalogue.ts';

/** Whether a code says that somebody else is not there yet or away for now: nothing on this machine is wrong. */
export function isTemporary(code: string): boolean {
  return TEMPORARY.has(code);
}

const TEMPORARY: ReadonlySet<string> = new Set<ErrorCode>([
  'source.unreachable',
  'source.server-error',
  'source.too-slow',
  'source.truncated',
  'kube.unreachable',
  'kube.timeout',
  'kube.overloaded',
  'admission.unreachable',
  'admission.pending',
  'admission.busy',
  'addons.dependency-not-ready',
  'agent.locked',
  'agent.aborted',
  'agent.not-leader',
]);
