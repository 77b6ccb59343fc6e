import { EXIT, exitCodeOf } from '../errors/catalogue.ts';
import type { Status } from '../generated/status.generated.ts';

/**
 * The exit code of a sync. What waits for a human's commit (pending, held) is no failure of the sync; what was not begun, for the
 * sync was told to stop, is left for the next one.
 */
export function exitCodeOfStatus(status: Status): number {
  if (status.error) return exitCodeOf(status.error.code);
  const actions = status.lastSync?.actions ?? [];
  const unfinished =
    actions.find(({ result }) => result === 'failed') ?? actions.find(({ result }) => result === 'skipped');
  return unfinished ? exitCodeOf(unfinished.error?.code ?? '') : EXIT.done;
}
