import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { crc32, createInflate, inflateSync } from 'node:zlib';
import { KubicError } from '../errors/kubic-error.ts';
import { hashObject } from './object-reader.ts';
import { type PackEntry, parseEntry } from './pack-entry.ts';
import { formatPackIndex, type IndexedObject } from './pack-index.ts';
import { createResolver } from './resolve-object.ts';

const HEADER = 12;
const TRAILER = 20;
const MAX_OBJECTS = 500_000;
/** Above this an object is hashed as it streams by, and never held. */
const SMALL = 1024 * 1024;

/**
 * Finds the objects of a pack and their ids with a bounded amount of memory, however large they are. The pack's checksum
 * has been verified.
 *
 * @returns the index, for the file beside the pack
 * @throws KubicError source.protocol for a malformed pack, source.too-large
 */
export async function indexPack(path: string): Promise<Buffer> {
  const pack = openPack(path);
  try {
    const scanned = await scan(pack);
    resolveDeltas(pack, scanned);
    const objects = scanned.flatMap(({ oid, offset, crc }): IndexedObject[] =>
      oid === undefined ? [] : [{ oid, offset, crc }],
    );
    return formatPackIndex(objects, pack.read(pack.size - TRAILER, TRAILER));
  } catch (cause) {
    if (cause instanceof KubicError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new KubicError('source.protocol', { detail: `its pack is malformed (${message})`, cause });
  } finally {
    pack.close();
  }
}

interface Scanned {
  readonly entry: PackEntry;
  readonly offset: number;
  readonly crc: number;
  oid: string | undefined;
}

interface OpenPack {
  readonly path: string;
  readonly size: number;
  read(start: number, length: number): Buffer;
  close(): void;
}

function openPack(path: string): OpenPack {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  return {
    path,
    size,
    read: (start, length) => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - start)));
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, start));
    },
    close: () => closeSync(file),
  };
}

/** Goes through the pack from front to back; objects that are no deltas get their ids. */
async function scan(pack: OpenPack): Promise<Scanned[]> {
  const header = pack.read(0, HEADER);
  if (header.toString('latin1', 0, 4) !== 'PACK' || header.readUInt32BE(4) !== 2) throw new Error('no version 2 pack');
  const count = header.readUInt32BE(8);
  if (count > MAX_OBJECTS) {
    throw new KubicError('source.too-large', {
      detail: `${count} objects at once`,
      facts: { count, limit: MAX_OBJECTS },
    });
  }
  const end = pack.size - TRAILER;
  const objects: Scanned[] = [];
  let offset = HEADER;
  for (let i = 0; i < count; i += 1) {
    const start = parseEntry(pack.read(offset, 64), offset, end);
    const { length, oid } = inflateSmall(pack, start) ?? (await inflateLarge(pack, start));
    const entry = { ...start, dataEnd: start.dataStart + length };
    objects.push({ entry, offset, crc: checksum(pack, offset, entry.dataEnd), oid });
    offset = entry.dataEnd;
  }
  if (offset !== end) throw new Error('it holds more than it states');
  return objects;
}

interface Inflated {
  /** Of the compressed data. */
  readonly length: number;
  readonly oid: string | undefined;
}

/** @returns undefined where this must be done in pieces: a large object, or one compressed to more than its own size */
function inflateSmall(pack: OpenPack, { type, size, dataStart, dataEnd }: PackEntry): Inflated | undefined {
  if (size > SMALL) return undefined;
  const window = pack.read(dataStart, Math.min(dataEnd - dataStart, size + (size >> 8) + 256));
  let result: { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
  try {
    // The types do not know what `info` returns
    result = inflateSync(window, { info: true, maxOutputLength: Math.max(size, 1) }) as unknown as typeof result;
  } catch {
    return undefined; // in pieces it either works or fails with the right words
  }
  if (result.buffer.length !== size) throw new Error(`an object of ${size} bytes has ${result.buffer.length}`);
  return { length: result.engine.bytesWritten, oid: type === 'delta' ? undefined : hashObject(type, result.buffer) };
}

async function inflateLarge(pack: OpenPack, { type, size, dataStart, dataEnd }: PackEntry): Promise<Inflated> {
  const input = createReadStream(pack.path, { start: dataStart, end: dataEnd - 1, highWaterMark: 256 * 1024 });
  const inflate = createInflate({ chunkSize: 256 * 1024 });
  input.on('error', (error) => inflate.destroy(error));
  input.pipe(inflate);
  const hash = createHash('sha1').update(`${type} ${size}\0`);
  let seen = 0;
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      seen += chunk.length;
      if (seen > size) throw new Error(`an object of ${size} bytes has more`);
      hash.update(chunk);
    }
  } finally {
    input.destroy();
  }
  if (seen !== size) throw new Error(`an object of ${size} bytes has ${seen}`);
  return { length: inflate.bytesWritten, oid: type === 'delta' ? undefined : hash.digest('hex') };
}

function checksum(pack: OpenPack, start: number, end: number): number {
  let crc = 0;
  for (let at = start; at < end; at += SMALL) crc = crc32(pack.read(at, Math.min(SMALL, end - at)), crc);
  return crc;
}

/**
 * Gives deltas their ids, in rounds, since one may name a base that itself is a delta further on. Those that start from an
 * object too large to hold, or from one that is not here, stay without: should one be needed, it is missing.
 */
function resolveDeltas(pack: OpenPack, objects: readonly Scanned[]): void {
  const byOffset = new Map(objects.map((object) => [object.offset, object]));
  const byOid = new Map(objects.flatMap(({ oid, offset }) => (oid === undefined ? [] : [[oid, offset] as const])));
  const resolve = createResolver({
    locate: (oid) => byOid.get(oid),
    entryAt: (offset) => {
      const entry = byOffset.get(offset)?.entry;
      if (entry === undefined) throw new Error(`no object at ${offset}`);
      return entry;
    },
    inflate: ({ dataStart, dataEnd, size }) =>
      inflateSync(pack.read(dataStart, dataEnd - dataStart), { maxOutputLength: Math.max(size, 1) }),
  });
  let pending = objects.filter(({ oid }) => oid === undefined);
  for (let before = Number.POSITIVE_INFINITY; pending.length < before; ) {
    before = pending.length;
    pending = pending.filter((object) => {
      try {
        const { type, content } = resolve(object.offset);
        object.oid = hashObject(type, content);
        byOid.set(object.oid, object.offset);
        return false;
      } catch {
        return true;
      }
    });
  }
}
