import * as fs from 'node:fs/promises';
import { KubicError } from '../../errors/kubic-error.ts';
import { writeFileAtomically } from '../../platform/files.ts';

/**
 * The file system isomorphic-git writes the store through. Its own writes are neither atomic nor synced; ours are whole
 * or absent after kill -9, and a full disk is our error, not a half-written pack.
 */
export const storeFs = {
  promises: {
    ...fs,
    writeFile: (path: string, content: string | Uint8Array): Promise<void> => writeFileAtomically(path, content),
  },
};

/** What a failed write of the store becomes: the code tells a full disk from a read-only one. */
export function unwritable(path: string, cause: unknown): KubicError {
  if (cause instanceof KubicError) return cause;
  const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new KubicError('agent.state-unwritable', { detail: `${path}${reason}`, cause });
}
