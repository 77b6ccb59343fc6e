import type * as AskAgain from '../../src/execute/addons/ask-again.ts';

/** What waits a minute for the cluster waits fifteen seconds: only for tests where what is waited for never comes. */
export function shortenPatience({ askAgain }: typeof AskAgain): typeof AskAgain {
  return {
    askAgain: (ask, isSettled, patience) => askAgain(ask, isSettled, { ...patience, totalMs: patience.totalMs / 4 }),
  };
}
