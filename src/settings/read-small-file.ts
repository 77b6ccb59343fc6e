import { constants, open } from 'node:fs/promises';
import { KubicError } from '../errors/kubic-error.ts';

/**
 * A regular file of at most `limit` bytes; a pipe or device in its place cannot make us wait.
 *
 * @throws KubicError settings.unreadable; what open(2) throws, ENOENT among it
 */
export async function readSmallFile(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new KubicError('settings.unreadable', { detail: `${path} is not a regular file` });
    const buffer = Buffer.alloc(limit + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    if (bytesRead > limit) {
      throw new KubicError('settings.unreadable', { detail: `${path} has more than ${limit} bytes` });
    }
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
