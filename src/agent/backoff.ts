const FIRST_MS = 5_000;
const MAX_MS = 5 * 60_000;

/**
 * Milliseconds to wait after the nth failure in a row (from 1): doubling from 5 s, at most 5 minutes, with up to a fifth
 * of jitter so that machines that failed together do not come back together.
 */
export function backoffMs(failures: number, random: number): number {
  const base = Math.min(FIRST_MS * 2 ** Math.min(failures - 1, 10), MAX_MS);
  return Math.round(base * (0.9 + random * 0.2));
}
