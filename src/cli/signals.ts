import { stderr } from 'node:process';
import type { SyncSignals } from '../reconcile/run-sync.ts';

/** The first SIGINT or SIGTERM lets the action under way end; the second aborts it. */
export function watchSignals(): SyncSignals {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) {
      abort.abort();
      return;
    }
    stderr.write('stopping after the action under way; once more to abort it\n');
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { stopSignal: stop.signal, signal: abort.signal };
}
