import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { constants, inflateSync } from 'node:zlib';
import { type PackEntry, parseEntry } from './pack-entry.ts';
import { parsePackIndex } from './pack-index.ts';
import type { PackData } from './resolve-object.ts';

/** One pack on disk with its index. Only the index is held in memory: objects are read where they lie. */
export interface PackFile extends PackData {
  /** The first bytes of an entry's data, inflated: enough for a delta's header. */
  inflateStart(entry: PackEntry): Buffer;
  close(): void;
}

const TRAILER = 20;

/**
 * Opens `path` (ending in .pack) and the .idx beside it.
 *
 * @throws Error when either is damaged: the index by its checksum, the pack by its trailer; each object by its own id
 */
export function openPackFile(path: string): PackFile {
  const indexPath = path.replace(/pack$/, 'idx');
  const index = parsePackIndex(readFileSync(indexPath), indexPath);
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  const read = (start: number, length: number): Buffer => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - start)));
    if (readSync(file, buffer, 0, buffer.length, start) !== buffer.length) throw new Error(`${path} cannot be read`);
    return buffer;
  };
  if (!read(size - TRAILER, TRAILER).equals(index.packChecksum)) {
    closeSync(file);
    throw new Error(`${path} does not belong to its index`);
  }
  return {
    locate: index.locate,
    // An object that was not indexed may lie before the next one; inflation ends where the data does
    entryAt: (offset) => parseEntry(read(offset, 64), offset, index.nextOffset(offset) ?? size - TRAILER),
    inflate: ({ dataStart, dataEnd, size: expected, offset }) => {
      const data = inflateSync(read(dataStart, dataEnd - dataStart), { maxOutputLength: Math.max(expected, 1) });
      if (data.length !== expected) throw new Error(`${path}: the object at ${offset} has another size than stated`);
      return data;
    },
    inflateStart: ({ dataStart, dataEnd }) =>
      inflateSync(read(dataStart, Math.min(dataEnd - dataStart, 1_024)), { finishFlush: constants.Z_SYNC_FLUSH }),
    close: () => closeSync(file),
  };
}
