import * as fs from 'node:fs/promises';
import { writeFileAtomically } from '../platform/files.ts';

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
