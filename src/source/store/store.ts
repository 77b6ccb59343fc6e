import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { init, setConfig } from 'isomorphic-git';
import { readTextFile, writeFileAtomically } from '../../platform/files.ts';
import { storeFs, unwritable } from './store-fs.ts';

/** The local ref at what was fetched last: the one `have` a fetch sends. Its name does not depend on the branch's. */
export const FETCHED_REF = 'refs/heads/fetched';

const MAX_PACKS = 32;
const MAX_PACK_BYTES = 512 * 1024 * 1024;

/**
 * A bare repository that only kubic-init writes. It is a cache: whatever is wrong with it, it is emptied and fetched
 * anew. What must survive that (the commit acted on last) is kept elsewhere.
 */
export interface Store {
  readonly gitdir: string;
  /** The commit fetched last, if the store holds one. */
  readonly tip: string | undefined;
}

/**
 * Opens the store, or makes one; clears away what an interrupted fetch left.
 *
 * @returns `notice` when what was there could not be used and was emptied
 * @throws KubicError agent.state-unwritable
 */
export async function openStore(gitdir: string): Promise<{ readonly store: Store; readonly notice?: string }> {
  const tip = await readOids(join(gitdir, FETCHED_REF));
  if (tip === undefined) return { store: await resetStore(gitdir) };
  const shallow = await readOids(join(gitdir, 'shallow'));
  if (tip.length !== 1 || shallow?.length === 0) {
    const notice = 'the object store was corrupt (its refs are unreadable): fetched anew';
    return { store: await resetStore(gitdir), notice };
  }
  await writable(gitdir, () => clearUnfinished(gitdir));
  return { store: { gitdir, tip: tip[0] } };
}

/** The commit fetched last, as far as it can be told. Changes nothing: a fetch may be under way. */
export async function readTip(gitdir: string): Promise<string | undefined> {
  return (await readOids(join(gitdir, FETCHED_REF)))?.[0];
}

/** The object ids in a file, one a line: undefined where there is no file, none where it holds anything else. */
async function readOids(path: string): Promise<readonly string[] | undefined> {
  const text = await readTextFile(path).catch(() => 'unreadable');
  if (text === undefined) return undefined;
  const lines = text.trim().split('\n');
  return lines.every((line) => /^[0-9a-f]{40}$/.test(line)) ? lines : [];
}

/** Empties the store. The ref goes first: a crash in the middle leaves a store that counts as empty. */
export async function resetStore(gitdir: string): Promise<Store> {
  return writable(gitdir, async () => {
    const directory = await stat(gitdir).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!directory) await rm(gitdir, { force: true });
    await mkdir(gitdir, { recursive: true, mode: 0o700 });
    await rm(join(gitdir, FETCHED_REF), { force: true, recursive: true }).catch(() => {}); // its directory may be a file
    // Its contents, not itself: it may be a mount point
    for (const name of await readdir(gitdir)) await rm(join(gitdir, name), { force: true, recursive: true });
    await init({ fs: storeFs, gitdir, bare: true, defaultBranch: 'fetched' });
    // isomorphic-git insists on a place for remote refs, though we use none
    const value = '+refs/heads/*:refs/remotes/origin/*';
    await setConfig({ fs: storeFs, gitdir, path: 'remote.origin.fetch', value });
    await mkdir(join(gitdir, 'objects', 'pack'), { recursive: true });
    return { gitdir, tip: undefined };
  });
}

/** Records what the store now holds; only then does the next fetch build on it. */
export async function recordTip(store: Store, commit: string): Promise<Store> {
  await writeFileAtomically(join(store.gitdir, FETCHED_REF), `${commit}\n`);
  return { gitdir: store.gitdir, tip: commit };
}

/**
 * isomorphic-git writes down where history ends before it has all of an answer: what a failed fetch wrote must not be
 * what the next one tells the server.
 *
 * @returns what brings back the present state
 */
export async function rememberShallow(store: Store): Promise<() => Promise<void>> {
  const path = join(store.gitdir, 'shallow');
  const text = await readTextFile(path).catch(() => undefined);
  return async () => {
    if (text === undefined) await rm(path, { force: true, recursive: true });
    else await writeFileAtomically(path, text);
  };
}

/** Nothing collects garbage here: when packs pile up it is cheaper to start anew. */
export async function hasPiledUp(store: Store): Promise<boolean> {
  const packs = (await listDirectory(packDirectory(store.gitdir))).filter((name) => name.endsWith('.pack'));
  if (packs.length > MAX_PACKS) return true;
  const sizes = await Promise.all(
    packs.map(async (name) => (await stat(join(packDirectory(store.gitdir), name))).size),
  );
  return packs.length > 1 && sizes.reduce((sum, size) => sum + size, 0) > MAX_PACK_BYTES;
}

async function clearUnfinished(gitdir: string): Promise<void> {
  for (const directory of [gitdir, join(gitdir, 'refs', 'heads'), packDirectory(gitdir)]) {
    const names = await listDirectory(directory);
    const orphaned = (name: string): boolean =>
      name.endsWith('.tmp') || (name.endsWith('.pack') && !names.includes(name.replace(/pack$/, 'idx')));
    for (const name of names.filter(orphaned)) await rm(join(directory, name), { force: true });
  }
  // Remote refs are isomorphic-git's, not ours; one of another branch (`a`) may stand in the way of the next (`a/b`).
  await rm(join(gitdir, 'refs', 'remotes'), { force: true, recursive: true });
}

/** Names in a directory; none where it cannot be read: that the store is damaged shows when an object is read. */
async function listDirectory(path: string): Promise<readonly string[]> {
  return readdir(path).catch((): string[] => []);
}

function packDirectory(gitdir: string): string {
  return join(gitdir, 'objects', 'pack');
}

async function writable<T>(gitdir: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw unwritable(gitdir, cause);
  }
}
