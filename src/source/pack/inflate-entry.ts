import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInflate, inflateSync } from 'node:zlib';
import { hashObject } from './hash-object.ts';
import type { OpenPack } from './open-pack.ts';
import type { PackEntry } from './pack-entry.ts';

/** Above this an object is hashed as it streams by, and never held. */
const SMALL = 1024 * 1024;

/** What inflating an entry of a pack tells of it. */
export interface Inflated {
  /** Of the compressed data. */
  readonly length: number;
  readonly oid: string | undefined;
}

/**
 * Inflates an entry and gives it its id, unless it is a delta.
 *
 * @throws Error when its data does not inflate to the size it states
 */
export async function inflateEntry(pack: OpenPack, entry: PackEntry): Promise<Inflated> {
  return inflateSmall(pack, entry) ?? (await inflateLarge(pack, entry));
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
