import { KubicError } from '../../errors/kubic-error.ts';
import type { ObjectReader } from '../pack/object-reader.ts';
import type { Snapshot, SnapshotEntry } from '../snapshot.ts';
import { readCommit } from './commit.ts';
import { parseTree, type TreeEntry } from './tree.ts';

export interface SnapshotLimits {
  /** Files, directories, links and submodules together. */
  readonly entries: number;
  /** A larger file is reported as `oversized`, not read. */
  readonly fileBytes: number;
  readonly totalBytes: number;
  readonly depth: number;
}

const MAX_TREE = 16 * 1024 * 1024;

/**
 * Reads what a commit holds below `path` straight from the object database. Nothing is ever checked out, so a link, a
 * hook or a file name can do nothing; links and submodules are reported as what they are.
 *
 * @throws KubicError source.path-missing, source.tree-invalid, source.too-large, source.store-corrupt
 */
export function readSnapshot(objects: ObjectReader, oid: string, path: string, limits: SnapshotLimits): Snapshot {
  const { tree, parents: _, ...info } = readCommit(objects, oid);
  const walk: Walk = { objects, limits, entries: [], trees: [], seen: 0, bytes: 0 };
  walkTree(walk, findDirectory(objects, tree, path), '', 0);
  return { ...info, entries: sortByBytes(walk.entries), trees: sortByBytes(walk.trees) };
}

interface Walk {
  readonly objects: ObjectReader;
  readonly limits: SnapshotLimits;
  readonly entries: [string, SnapshotEntry][];
  readonly trees: [string, string][];
  seen: number;
  bytes: number;
}

function findDirectory(objects: ObjectReader, root: string, path: string): string {
  let tree = root;
  for (const name of path.split('/').filter((part) => part !== '' && part !== '.')) {
    const entries = parseTree(objects.read(tree, 'tree', MAX_TREE), '');
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry?.kind !== 'directory') {
      const there = entries.filter(({ kind }) => kind === 'directory').map((directory) => directory.name);
      const found = entry === undefined ? '' : ` ('${name}' is a ${entry.kind})`;
      throw new KubicError('source.path-missing', {
        detail: `'${path}'${found}`,
        facts: { path, directories: there.slice(0, 10) },
      });
    }
    tree = entry.oid;
  }
  return tree;
}

function walkTree(walk: Walk, oid: string, prefix: string, depth: number): void {
  if (depth > walk.limits.depth) {
    throw new KubicError('source.too-large', { detail: `directories are nested deeper than ${walk.limits.depth}` });
  }
  for (const entry of parseTree(walk.objects.read(oid, 'tree', MAX_TREE), prefix)) {
    walk.seen += 1;
    if (walk.seen > walk.limits.entries) {
      throw new KubicError('source.too-large', { detail: `more than ${walk.limits.entries} files and directories` });
    }
    const path = `${prefix}${entry.name}`;
    if (entry.kind === 'directory') {
      walk.trees.push([path, entry.oid]);
      walkTree(walk, entry.oid, `${path}/`, depth + 1);
    } else {
      walk.entries.push([path, readEntry(walk, entry)]);
    }
  }
}

function readEntry(walk: Walk, { kind, oid }: TreeEntry): SnapshotEntry {
  if (kind === 'symlink' || kind === 'submodule') return { type: kind, oid };
  const { limits, objects } = walk;
  const size = objects.sizeOf(oid);
  if (size > limits.fileBytes) return { type: 'oversized', oid, size };
  walk.bytes += size;
  if (walk.bytes > limits.totalBytes) {
    throw new KubicError('source.too-large', { detail: `its files exceed ${limits.totalBytes} bytes together` });
  }
  return { type: 'file', oid, content: objects.read(oid, 'blob', limits.fileBytes) };
}

function sortByBytes<T>(entries: readonly [string, T][]): ReadonlyMap<string, T> {
  const keyed = entries.map((entry) => ({ key: Buffer.from(entry[0]), entry }));
  return new Map(keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ entry }) => entry));
}
