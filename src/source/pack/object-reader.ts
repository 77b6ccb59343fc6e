import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { KubicError } from '../../errors/kubic-error.ts';
import { readDeltaSizes } from './delta.ts';
import { hashObject } from './hash-object.ts';
import type { ObjectType } from './pack-entry.ts';
import { openPackFile, type PackFile } from './pack-file.ts';
import { createResolver, type GitObject } from './resolve-object.ts';
import { createWorkBudget } from './work-budget.ts';

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
/** For all packs together. */
const CACHE_BYTES = 32 * 1024 * 1024;

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
  const budget = createWorkBudget();
  const resolvers = packs.map((pack) => ({ pack, resolve: createResolver(pack, budget, CACHE_BYTES / packs.length) }));
  const find = (oid: string): Found => {
    for (const { pack, resolve } of resolvers) {
      const offset = pack.locate(oid);
      if (offset !== undefined) return { pack, offset, resolve };
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

interface Found {
  readonly pack: PackFile;
  readonly offset: number;
  readonly resolve: (offset: number) => GitObject;
}

function sizeOf({ pack, offset }: Found): number {
  const entry = pack.entryAt(offset);
  return entry.type === 'delta' ? readDeltaSizes(pack.inflateStart(entry)).result : entry.size;
}

function readChecked(oid: string, type: ObjectType, found: Found, maxBytes: number): Buffer {
  const size = sizeOf(found);
  if (size > maxBytes) throw new KubicError('source.too-large', { detail: `${type} ${oid}`, facts: { oid, size } });
  const object = found.resolve(found.offset);
  if (object.type !== type || hashObject(object.type, object.content) !== oid)
    throw new Error(`object ${oid} is damaged`);
  return object.content;
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
