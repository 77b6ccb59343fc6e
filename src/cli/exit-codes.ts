import type { Status } from '../definition/status.generated.ts';
import { isTemporary } from '../errors/catalogue.ts';

/** Exit codes, as sysexits(3) has them where it has a word for it. */
export const EXIT = { done: 0, failed: 1, changes: 2, usage: 64, invalid: 65, temporary: 75 } as const;

/** The exit code that tells an error's kind to scripts and to systemd (`RestartPreventExitStatus=64 65`). */
export function exitCodeOf(code: string): number {
  if (code.startsWith('definition.') || code.startsWith('settings.')) return EXIT.invalid;
  return isTemporary(code) ? EXIT.temporary : EXIT.failed;
}

/** The exit code of a sync. What waits for a human's commit (pending, held) is no failure of the sync. */
export function exitCodeOfStatus(status: Status): number {
  if (status.error) return exitCodeOf(status.error.code);
  const failed = status.lastSync?.actions.find((action) => action.result === 'failed');
  return failed ? exitCodeOf(failed.error?.code ?? '') : EXIT.done;
}
