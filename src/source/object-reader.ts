import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { KubicError } from '../errors/kubic-error.ts';
import { applyDelta, readDeltaSizes } from './delta.ts';
import { type ObjectType, openPackFile, type PackEntry, type PackFile } from './pack-file.ts';

/** Reads single objects of a store by id. Every object read has been checked against its id. */
export interface ObjectReader {
  has(oid: string): boolean;
  /** Bytes of an object, known without inflating it. */
  sizeOf(oid: string): number;
  /** @throws KubicError source.store-corrupt when it is missing or damaged, source.too-large above `maxBytes` */
  read(oid: string, type: ObjectType, maxBytes: number): Buffer;
  close(): void;
}

/** Git knows this object without storing it. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const MAX_CHAIN = 4_096;
/** What a delta may start from: larger than any file we read, small enough to hold two. */
const MAX_BASE = 128 * 1024 * 1024;

/**
 * A reader of its own beside isomorphic-git's, which loads whole packs, inflates an object to learn its size, and does
 * not check that what it found has the id asked for.
 *
 * @throws KubicError source.store-corrupt
 */
export function openObjects(gitdir: string): ObjectReader {
  const directory = join(gitdir, 'objects', 'pack');
  const packs = guard('its packs', () =>
    readdirSync(directory)
      .filter((name) => name.endsWith('.idx'))
      .map((name) => openPackFile(join(directory, name.replace(/idx$/, 'pack')))),
  );
  const find = (oid: string): Chain => {
    for (const pack of packs) {
      const offset = pack.locate(oid);
      if (offset !== undefined) return { pack, links: resolveChain(pack, offset) };
    }
    throw new KubicError('source.store-corrupt', { detail: `object ${oid} is missing`, facts: { oid } });
  };
  return {
    has: (oid) => packs.some((pack) => pack.locate(oid) !== undefined),
    sizeOf: (oid) => guard(oid, () => sizeOf(find(oid))),
    read: (oid, type, maxBytes) =>
      oid === EMPTY_TREE ? Buffer.alloc(0) : guard(oid, () => readChecked(oid, type, find(oid), maxBytes)),
    close: () => {
      for (const pack of packs) pack.close();
    },
  };
}

/** The entry asked for, then what each delta starts from; the last one is whole. */
interface Chain {
  readonly pack: PackFile;
  readonly links: readonly PackEntry[];
}

function resolveChain(pack: PackFile, offset: number): readonly PackEntry[] {
  const links: PackEntry[] = [];
  let at: number | undefined = offset;
  while (at !== undefined) {
    const entry = pack.entryAt(at);
    links.push(entry);
    if (entry.type !== 'delta') return links;
    at = typeof entry.base === 'string' ? pack.locate(entry.base) : entry.base;
    if (links.length > MAX_CHAIN) break;
  }
  throw new Error(`the object at ${offset} starts from nothing`);
}

function sizeOf({ pack, links }: Chain): number {
  const [first] = links;
  if (first === undefined) return 0;
  return first.type === 'delta' ? readDeltaSizes(pack.inflateStart(first)).result : first.size;
}

function readChecked(oid: string, type: ObjectType, chain: Chain, maxBytes: number): Buffer {
  const size = sizeOf(chain);
  const largest = chain.links.reduce((max, link) => Math.max(max, link.size), 0);
  if (size > maxBytes || largest > MAX_BASE) {
    throw new KubicError('source.too-large', {
      detail: `${type} ${oid}`,
      facts: { oid, size: Math.max(size, largest) },
    });
  }
  let content: Buffer = Buffer.alloc(0);
  for (const link of chain.links.toReversed()) {
    const data = chain.pack.inflate(link);
    if (link.type === 'delta' && readDeltaSizes(data).result > MAX_BASE)
      throw new Error('a delta makes too large an object');
    content = link.type === 'delta' ? applyDelta(content, data) : data;
  }
  const found = chain.links.at(-1)?.type;
  const sum = createHash('sha1').update(`${found} ${content.length}\0`).update(content).digest('hex');
  if (sum !== oid || found !== type) throw new Error(`object ${oid} is damaged`);
  return content;
}

function guard<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof KubicError) throw cause;
    const detail = cause instanceof Error ? cause.message : what;
    throw new KubicError('source.store-corrupt', { detail, cause });
  }
}
