import { describe, expect, test } from 'vitest';
import { askAgain } from '../../src/execute/addons/ask-again.ts';

/** Asks how often it was asked; answers the pauses between, and what came of it. */
async function ask(settledBy: number, totalMs: number): Promise<{ pauses: number[]; answer: number }> {
  const times: number[] = [];
  const answer = await askAgain(
    async () => times.push(performance.now()),
    (count) => count >= settledBy,
    { totalMs, longestPauseMs: 90, signal: new AbortController().signal },
  );
  return { pauses: times.slice(1).map((time, index) => time - (times[index] ?? 0)), answer };
}

describe('asking again', () => {
  test('ends with the first answer that settles it, with pauses that grow up to the longest', async () => {
    expect(await ask(1, 60_000)).toEqual({ pauses: [], answer: 1 });
    const { pauses, answer } = await ask(4, 60_000);
    expect(answer).toBe(4);
    for (const [index, shortest] of [50, 90, 90].entries()) expect(pauses[index]).toBeGreaterThan(shortest - 5);
  });

  test('ends with the last answer once there is no patience left', async () => {
    const { pauses, answer } = await ask(Number.POSITIVE_INFINITY, 100);
    expect(answer).toBe(pauses.length + 1);
    expect(pauses.reduce((sum, each) => sum + each)).toBeGreaterThan(95);
  });

  test('ends at once where it is told to stop', async () => {
    const asking = askAgain(
      async () => 1,
      () => false,
      { totalMs: 60_000, longestPauseMs: 60_000, signal: AbortSignal.abort() },
    );
    await expect(asking).rejects.toMatchObject({ code: 'agent.aborted' });
  });
});
