import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { constants, inflateSync } from 'node:zlib';

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

/** An entry of a pack before its deltas are resolved. */
export interface PackEntry {
  readonly offset: number;
  readonly type: ObjectType | 'delta';
  /** Bytes after inflation; of a delta: of the delta itself. */
  readonly size: number;
  readonly base: number | string | undefined;
  readonly dataStart: number;
  readonly dataEnd: number;
}

/** One pack on disk with its version 2 index. Only the index is held in memory: objects are read where they lie. */
export interface PackFile {
  /** Offset of an object, or undefined when the pack does not hold it. */
  locate(oid: string): number | undefined;
  entryAt(offset: number): PackEntry;
  /** @throws when the data does not inflate to the size the entry states */
  inflate(entry: PackEntry): Buffer;
  /** The first bytes of an entry's data, inflated: enough for a delta's header. */
  inflateStart(entry: PackEntry): Buffer;
  close(): void;
}

const TYPES: Readonly<Record<number, ObjectType | 'delta'>> = {
  1: 'commit',
  2: 'tree',
  3: 'blob',
  4: 'tag',
  6: 'delta',
  7: 'delta',
};
const FANOUT = 8;
const NAMES = FANOUT + 256 * 4;
const TRAILER = 20;

/**
 * Opens `path` (ending in .pack) and the .idx beside it; formats as in gitformat-pack(5).
 *
 * @throws Error when either is damaged: the index by its checksum, the pack by its trailer; each object by its own id
 */
export function openPackFile(path: string): PackFile {
  const index = readIndex(path.replace(/pack$/, 'idx'));
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
  const endOf = (offset: number): number => index.nextOffset(offset) ?? size - TRAILER;
  return {
    locate: index.locate,
    entryAt: (offset) => parseEntry(read(offset, 64), offset, endOf(offset)),
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

interface PackIndex {
  readonly packChecksum: Buffer;
  locate(oid: string): number | undefined;
  /** Where the entry after `offset` begins; undefined for the last one. */
  nextOffset(offset: number): number | undefined;
}

function readIndex(path: string): PackIndex {
  const data = readFileSync(path);
  const sum = createHash('sha1').update(data.subarray(0, -TRAILER)).digest();
  if (data.length < NAMES + 2 * TRAILER || !sum.equals(data.subarray(-TRAILER))) throw new Error(`${path} is damaged`);
  if (data.readUInt32BE(0) !== 0xff744f63 || data.readUInt32BE(4) !== 2)
    throw new Error(`${path} is no version 2 index`);
  const count = data.readUInt32BE(NAMES - 4);
  const offsetsAt = NAMES + count * 24; // names, then checksums
  if (data.length !== offsetsAt + count * 4 + 2 * TRAILER) throw new Error(`${path} has another size than stated`);
  const offsets = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) offsets[i] = data.readUInt32BE(offsetsAt + i * 4);
  const sorted = offsets.toSorted();
  return {
    packChecksum: data.subarray(-2 * TRAILER, -TRAILER),
    locate: (oid) => {
      const at = binarySearch(count, (i) =>
        Buffer.compare(data.subarray(NAMES + i * 20, NAMES + i * 20 + 20), Buffer.from(oid, 'hex')),
      );
      return at === undefined ? undefined : offsets[at];
    },
    nextOffset: (offset) => {
      const at = binarySearch(count, (i) => (sorted[i] ?? 0) - offset);
      if (at === undefined) throw new Error(`${path} knows no object at ${offset}`);
      return sorted[at + 1];
    },
  };
}

function binarySearch(count: number, compare: (i: number) => number): number | undefined {
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compare(middle);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

function parseEntry(head: Buffer, offset: number, end: number): PackEntry {
  let at = 0;
  const next = (): number => head.readUInt8(at++);
  let byte = next();
  const code = (byte >> 4) & 7;
  const type = TYPES[code];
  let size = byte & 15;
  for (let scale = 16; byte & 128; scale *= 128) {
    byte = next();
    size += (byte & 127) * scale;
  }
  if (type === undefined || !Number.isSafeInteger(size)) throw new Error(`no object at ${offset}`);
  let base: number | string | undefined;
  if (code === 6) {
    byte = next();
    let distance = byte & 127;
    while (byte & 128) {
      byte = next();
      distance = (distance + 1) * 128 + (byte & 127);
    }
    base = offset - distance;
  } else if (code === 7) {
    base = head.toString('hex', at, at + 20);
    at += 20;
  }
  return { offset, type, size, base, dataStart: offset + at, dataEnd: end };
}
