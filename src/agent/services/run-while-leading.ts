import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { toKubicError } from '../../errors/to-kubic-error.ts';
import type { Leadership } from '../leadership.ts';

const RETRY_MS = 10_000;

/**
 * Takes the Lease, does the work while it is held, and takes it anew when it was lost or could not be had, until told to
 * stop. The work ends when its signal aborts.
 */
export async function runWhileLeading(
  leadership: Leadership,
  work: (signal: AbortSignal) => Promise<void>,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      const lost = await leadership.lead();
      log.info('leading: the Lease is held');
      await work(AbortSignal.any([stop, lost]));
    } catch (cause) {
      const error = toKubicError(cause);
      if (!stop.aborted) log.warn({ code: error.code, error: error.message }, 'not leading');
    }
    await delay(RETRY_MS, undefined, { signal: stop }).catch(() => {});
  }
}
