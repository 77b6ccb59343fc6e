import { crc32, inflateSync } from 'node:zlib';
import { KubicError } from '../../errors/kubic-error.ts';
import { hashObject } from './hash-object.ts';
import { inflateEntry } from './inflate-entry.ts';
import { type OpenPack, openPack } from './open-pack.ts';
import { type PackEntry, parseEntry } from './pack-entry.ts';
import { formatPackIndex, type IndexedObject } from './pack-index.ts';
import { createResolver, type GitObject, type PackData } from './resolve-object.ts';
import { createWorkBudget, type WorkBudget } from './work-budget.ts';

const HEADER = 12;
const TRAILER = 20;
const MAX_OBJECTS = 500_000;
const CACHE_BYTES = 32 * 1024 * 1024;
/** Bytes read at a time for a checksum. */
const PIECE = 1024 * 1024;

/**
 * Finds the objects of a pack and their ids with a bounded amount of memory, however large they are. The pack's checksum
 * has been verified.
 *
 * @returns the index, for the file beside the pack
 * @throws KubicError source.protocol for a malformed pack, source.too-large
 */
export async function indexPack(path: string, budget: WorkBudget = createWorkBudget()): Promise<Buffer> {
  const pack = openPack(path);
  try {
    const objects = resolveDeltas(pack, await scan(pack, budget), budget);
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
  readonly oid: string | undefined;
}

/** Goes through the pack from front to back; objects that are no deltas get their ids. */
async function scan(pack: OpenPack, budget: WorkBudget): Promise<Scanned[]> {
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
    budget.spend(start.size);
    const { length, oid } = await inflateEntry(pack, start);
    const entry = { ...start, dataEnd: start.dataStart + length };
    objects.push({ entry, offset, crc: checksum(pack, offset, entry.dataEnd), oid });
    offset = entry.dataEnd;
  }
  if (offset !== end) throw new Error('it holds more than it states');
  return objects;
}

function checksum(pack: OpenPack, start: number, end: number): number {
  let crc = 0;
  for (let at = start; at < end; at += PIECE) crc = crc32(pack.read(at, Math.min(PIECE, end - at)), crc);
  return crc;
}

/**
 * Gives deltas their ids: each once, after the object it starts from, wherever in the pack that lies. Those that start from
 * an object too large to hold, or from one that is not here, stay without: should one be needed, it is missing.
 *
 * @returns all objects that have an id, each after those it is made from
 * @throws KubicError source.too-large for more work than the budget has
 */
function resolveDeltas(pack: OpenPack, scanned: readonly Scanned[], budget: WorkBudget): readonly IndexedObject[] {
  const byOid = new Map<string, number>();
  const resolve = createResolver(describePack(pack, scanned, byOid), budget, CACHE_BYTES);
  const waiting = Map.groupBy(scanned, ({ entry }) => entry.base);
  const resolved: IndexedObject[] = [];
  const next: IndexedObject[] = [];
  const identifyDeltas = (base: number | string): void => {
    for (const { offset, crc } of waiting.get(base) ?? []) {
      const oid = identify(offset, resolve, budget);
      if (oid !== undefined) next.push({ oid, offset, crc });
    }
    waiting.delete(base);
  };
  for (const { oid: known, offset, crc } of scanned) {
    if (known !== undefined) next.push({ oid: known, offset, crc });
    for (let object = next.pop(); object !== undefined; object = next.pop()) {
      resolved.push(object);
      // Of two copies the first: the second may be made from what is made from it, and so from itself
      if (!byOid.has(object.oid)) byOid.set(object.oid, object.offset);
      identifyDeltas(object.offset);
      identifyDeltas(object.oid);
    }
  }
  return resolved;
}

function describePack(pack: OpenPack, scanned: readonly Scanned[], byOid: ReadonlyMap<string, number>): PackData {
  const byOffset = new Map(scanned.map((object) => [object.offset, object.entry]));
  return {
    locate: (oid) => byOid.get(oid),
    entryAt: (offset) => {
      const entry = byOffset.get(offset);
      if (entry === undefined) throw new Error(`no object at ${offset}`);
      return entry;
    },
    inflate: ({ dataStart, dataEnd, size }) =>
      inflateSync(pack.read(dataStart, dataEnd - dataStart), { maxOutputLength: Math.max(size, 1) }),
  };
}

function identify(offset: number, resolve: (offset: number) => GitObject, budget: WorkBudget): string | undefined {
  try {
    const { type, content } = resolve(offset);
    return hashObject(type, content);
  } catch (error) {
    if (budget.exceeded) throw error;
    return undefined;
  }
}
