import { pause } from '../../kube/patient-connection.ts';

export interface Patience {
  readonly totalMs: number;
  /** The first pause is of 50 ms, and each one twice as long as the one before, up to this. */
  readonly longestPauseMs: number;
  readonly signal: AbortSignal;
}

/**
 * Asks until an answer settles it, or there is no patience left; answers the last answer.
 *
 * @throws KubicError agent.aborted, and what `ask` throws
 */
export async function askAgain<T>(
  ask: () => Promise<T>,
  isSettled: (answer: T) => boolean,
  { totalMs, longestPauseMs, signal }: Patience,
): Promise<T> {
  const deadline = performance.now() + totalMs;
  for (let wait = 50; ; wait *= 2) {
    const answer = await ask();
    if (isSettled(answer) || performance.now() > deadline) return answer;
    await pause(Math.min(wait, longestPauseMs), signal);
  }
}
