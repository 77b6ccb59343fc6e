/**
 * A clock that goes by the faster of two: the monotonic one, which nobody sets, and the wall clock, which goes on while the machine is
 * suspended (CLOCK_MONOTONIC does not, clock_gettime(2)). One that is set back changes nothing; one that is set forward looks like a suspend.
 */
export function createWakingClock(monotonic: () => number, wall: () => number): () => number {
  let [before, at] = [{ monotonic: monotonic(), wall: wall() }, 0];
  return () => {
    const now = { monotonic: monotonic(), wall: wall() };
    at += Math.max(now.monotonic - before.monotonic, now.wall - before.wall);
    before = now;
    return at;
  };
}
