/** A fight is to have put an object right so many times, and somebody undid it each time. */
const ROUNDS = 5;
/** A fight is over when nobody changed the object for so many seconds: then it is tried once more. */
const QUIET_SECONDS = 1800;
/** What was put right longer ago than this has nothing to do with what happens now. */
const MEMORY_SECONDS = 4 * QUIET_SECONDS;

/** The times of a run of rounds with one more, oldest first; seconds since 1970. */
export function nextRound(previous: readonly number[] | undefined, now: number): readonly number[] {
  const last = previous?.at(-1);
  const run = previous !== undefined && last !== undefined && now - last < MEMORY_SECONDS ? previous : [];
  return [...run, Math.floor(now)].slice(-ROUNDS);
}

/** True while another round would be undone as those before it: `touched` is when somebody last changed the object. */
export function isFight(rounds: readonly number[] | undefined, now: number, touched = 0): boolean {
  const last = rounds?.at(-1);
  if (rounds === undefined || last === undefined || rounds.length < ROUNDS) return false;
  return now - Math.max(last, Math.min(touched, now)) < QUIET_SECONDS;
}
