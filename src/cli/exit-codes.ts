import { isTemporary } from '../errors/catalogue.ts';
import type { Status } from '../generated/status.generated.ts';

/** Exit codes, as sysexits(3) has them where it has a word for it. */
export const EXIT = { done: 0, failed: 1, changes: 2, usage: 64, invalid: 65, temporary: 75 } as const;

/** The exit code that tells an error's kind to scripts and to systemd (`RestartPreventExitStatus=64 65`). */
export function exitCodeOf(code: string): number {
  if (code.startsWith('definition.') || code.startsWith('settings.')) return EXIT.invalid;
  return isTemporary(code) ? EXIT.temporary : EXIT.failed;
}

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
