import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { getSystemErrorMessage } from 'node:util';
import { findRoot } from 'isomorphic-git';
import { KubicError } from '../../errors/kubic-error.ts';
import { isNotFound } from '../../platform/files.ts';
import { SNAPSHOT_LIMITS as LIMITS, type Snapshot, type SnapshotEntry, uncommitted } from '../snapshot.ts';
import { createIgnoredFiles, type IsIgnored } from './ignored-files.ts';

interface Walk {
  readonly root: string;
  /** Where there is a Git work tree, what its .gitignore files name is left out. */
  readonly isIgnored: IsIgnored;
  /** The root in its work tree: empty, or ending in `/`. */
  readonly place: string;
  readonly entries: [string, SnapshotEntry][];
  seen: number;
  bytes: number;
}

/**
 * A directory as the snapshot its next commit would give: no ignored files, links and nested repositories told as what
 * they are and never followed.
 *
 * @throws KubicError source.too-large, source.unreadable
 */
export async function readDirectory(directory: string): Promise<Snapshot> {
  const root = resolve(directory);
  const workTree = await findRoot({ fs, filepath: root }).catch(() => undefined);
  const place = workTree === undefined ? '' : `${relative(workTree, root).replaceAll('\\', '/')}/`.replace(/^\/$/, '');
  const isIgnored = workTree === undefined ? async () => false : createIgnoredFiles(workTree);
  const walk: Walk = { root, isIgnored, place, entries: [], seen: 0, bytes: 0 };
  await walkDirectory(walk, '', 0);
  const entries = new Map(walk.entries.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  return uncommitted(entries);
}

/**
 * Whether a directory has this file at all, before anything is walked: without, it may be any directory, and a whole disk below it.
 *
 * @throws KubicError source.unreadable
 */
export async function hasFile(directory: string, name: string): Promise<boolean> {
  return readable(join(directory, name), (file) => lstat(file)).then(
    () => true,
    (error: unknown) => {
      if (error instanceof KubicError && isNotFound(error.cause)) return false;
      throw error;
    },
  );
}

async function walkDirectory(walk: Walk, prefix: string, depth: number): Promise<void> {
  if (depth > LIMITS.depth) throw tooLarge(`directories are nested deeper than ${LIMITS.depth}`);
  const names = await readable(join(walk.root, prefix), (path) => readdir(path));
  for (const name of names) {
    if (name !== '.git') await walkEntry(walk, `${prefix}${name}`, depth);
  }
}

async function walkEntry(walk: Walk, path: string, depth: number): Promise<void> {
  const stat = await readable(join(walk.root, path), (entry) => lstat(entry));
  if (await walk.isIgnored(`${walk.place}${path}${stat.isDirectory() ? '/' : ''}`)) return;
  walk.seen += 1;
  if (walk.seen > LIMITS.entries) throw tooLarge(`more than ${LIMITS.entries} files and directories`);
  if (stat.isDirectory() && !(await isRepository(join(walk.root, path)))) {
    await walkDirectory(walk, `${path}/`, depth + 1);
  } else {
    const entry = await readEntry(walk, path, stat);
    if (entry !== undefined) walk.entries.push([path, entry]);
  }
}

async function isRepository(directory: string): Promise<boolean> {
  return lstat(join(directory, '.git')).then(
    () => true,
    () => false,
  );
}

/** Pipes, sockets and devices are nothing Git would commit. */
async function readEntry(walk: Walk, path: string, stat: fs.Stats): Promise<SnapshotEntry | undefined> {
  if (stat.isSymbolicLink()) return { type: 'symlink', oid: '' };
  if (stat.isDirectory()) return { type: 'submodule', oid: '' };
  if (!stat.isFile()) return undefined;
  if (stat.size > LIMITS.fileBytes) return { type: 'oversized', oid: '', size: stat.size };
  const content = await readable(join(walk.root, path), (file) => readFile(file));
  walk.bytes += content.length;
  if (walk.bytes > LIMITS.totalBytes) throw tooLarge(`its files exceed ${LIMITS.totalBytes} bytes together`);
  return { type: 'file', oid: blobId(content), content };
}

/** What a call to the file system answers; its failure names the path. */
async function readable<Answer>(path: string, read: (path: string) => Promise<Answer>): Promise<Answer> {
  try {
    return await read(path);
  } catch (cause) {
    const { errno } = cause as NodeJS.ErrnoException;
    const reason = errno === undefined ? '' : ` (${getSystemErrorMessage(errno)})`;
    throw new KubicError('source.unreadable', { detail: `${path}${reason}`, cause });
  }
}

/** The id Git would give it. */
function blobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

function tooLarge(detail: string): KubicError {
  return new KubicError('source.too-large', { detail });
}
