import { stderr } from 'node:process';
import type { SyncSignals } from '../../agent/run-sync.ts';

/** The first SIGINT or SIGTERM lets the action under way end; the second aborts it. */
export function watchSignals(): SyncSignals {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) {
      abort.abort();
      return;
    }
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { stopSignal: stop.signal, signal: abort.signal };
}

/** Says what a signal does while something is under way that is let end. */
export function announceStop(stopSignal: AbortSignal): Disposable {
  const announce = (): void => void stderr.write('stopping after the action under way; once more to abort it\n');
  stopSignal.addEventListener('abort', announce);
  return { [Symbol.dispose]: () => stopSignal.removeEventListener('abort', announce) };
}
