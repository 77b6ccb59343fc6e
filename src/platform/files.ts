import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KubicError } from '../errors/kubic-error.ts';

/** A file's text, or undefined where there is none. */
export async function readTextFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** True for the error of a file or directory that is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Writes a file so that a crash leaves the old one or the new one, whole: a temporary file beside it, fsync, rename,
 * fsync of the directory. `mode` and `owner` are in force before the first byte is written.
 *
 * @throws KubicError agent.state-unwritable
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
  owner?: Owner,
): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx', mode);
    try {
      if (owner) await file.chown(owner.uid, owner.gid); // before the mode: it takes some bits away
      await file.chmod(mode); // the umask may have narrowed it
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new KubicError('agent.state-unwritable', { detail: path, cause });
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

const TEMPORARY = /(?<=.)\.[0-9a-f]{8}\.tmp$/;

/**
 * Where a file is written before it gets its name. Each writer has a place of its own: two that shared one could give the
 * other's half-written file the name, and not all of them hold the machine's lock (`plan` writes the store, `identity
 * create` the key).
 */
export function temporaryBeside(path: string): string {
  return `${path}.${randomBytes(4).toString('hex')}.tmp`;
}

/** The files of a directory, temporary ones excepted; none where there is no directory. */
export async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    if (isNotFound(error)) return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile() && !TEMPORARY.test(entry.name))
    .map(({ name }) => join(directory, name));
}

/** What writers that were killed left in a directory, as far as it bears our names; none where there is no directory. */
export async function findUnfinishedWrites(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    if (isNotFound(error)) return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile() && TEMPORARY.test(entry.name))
    .map(({ name }) => join(directory, name));
}

/** What writers that were killed left of one file, in a directory that is not ours alone. */
export async function findUnfinishedWritesOf(path: string): Promise<string[]> {
  return (await findUnfinishedWrites(dirname(path))).filter((written) => written.replace(TEMPORARY, '') === path);
}

/** Removes a file; that there is none is fine. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Names in a directory; none where there is no directory. */
export async function listDirectory(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

/**
 * Appends to a file, 0600, and has it on disk before it returns.
 *
 * @throws KubicError agent.state-unwritable
 */
export async function appendDurably(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a', 0o600);
    try {
      await file.appendFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new KubicError('agent.state-unwritable', { detail: path, cause });
  }
}

/** True for a path that is there, whatever it is. @throws an error of the file system where it cannot be told */
export async function pathExists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
