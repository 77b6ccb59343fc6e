import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KubicError } from '../../errors/kubic-error.ts';
import { writeFileAtomically } from '../../platform/files.ts';
import { unwritable } from '../store/store-fs.ts';
import { indexPack } from './index-pack.ts';

/** Where the pack of one fetch goes: to disk, as it arrives. */
export interface PackSink {
  write(data: Uint8Array): Promise<void>;
  /**
   * Checks, indexes and keeps what was written; a pack is in the store whole and with its index, or not at all.
   *
   * @throws KubicError source.truncated, source.protocol, agent.state-unwritable
   */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

const TRAILER = 20;

/** A sink that writes a pack into the store at `gitdir`, under a temporary name until it is whole. */
export function createPackSink(gitdir: string): PackSink {
  const directory = join(gitdir, 'objects', 'pack');
  const temporary = join(directory, `incoming-${randomBytes(4).toString('hex')}.tmp`);
  const sum = createHash('sha1');
  let file: FileHandle | undefined;
  let tail: Buffer = Buffer.alloc(0);

  const close = async (): Promise<void> => {
    await file?.close();
    file = undefined;
  };
  return {
    write: (data) =>
      writable(directory, async () => {
        await mkdir(directory, { recursive: true });
        file ??= await open(temporary, 'wx', 0o600);
        for (let at = 0; at < data.length; ) at += (await file.write(data, at)).bytesWritten;
        // The last 20 bytes are the checksum of the others
        const seen = Buffer.concat([tail, data]);
        sum.update(seen.subarray(0, -TRAILER));
        tail = seen.subarray(-TRAILER);
      }),
    keep: async () => {
      if (file === undefined) return; // nothing new was needed
      await writable(directory, async () => file?.sync());
      await close();
      const checksum = sum.digest();
      if (!checksum.equals(tail))
        throw new KubicError('source.truncated', { detail: 'the pack does not match its checksum' });
      const index = await indexPack(temporary);
      const pack = join(directory, `pack-${checksum.toString('hex')}.pack`);
      await writable(directory, async () => {
        await rename(temporary, pack);
        await writeFileAtomically(pack.replace(/pack$/, 'idx'), index, 0o600);
      });
    },
    discard: async () => {
      await close();
      await rm(temporary, { force: true });
    },
  };
}

async function writable<T>(directory: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw unwritable(directory, cause);
  }
}
