import type { ExecutedAction } from '../execute/execute.ts';

/**
 * True where what was executed changed what can be observed, and all of it went well: a join, or a control plane that has become
 * healthy. After a failure the next sync goes on, and not this one.
 */
export function needsAnotherRound(executed: readonly ExecutedAction[]): boolean {
  return executed.some(opensMore) && executed.every(({ outcome }) => outcome.result === 'done');
}

function opensMore({ action }: ExecutedAction): boolean {
  return action.kind === 'kubeadm.join' || action.kind === 'control-plane.wait';
}
