import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type FileIndex, indexFile } from '../../addons/file-index.ts';
import type { IndexedObject } from '../../addons/indexed-object.ts';
import type { LookUpFile } from '../../addons/render-addons.ts';
import { isMapping } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import {
  findUnfinishedWrites,
  listFiles,
  readTextFile,
  removeFile,
  writeFileAtomically,
} from '../../platform/files.ts';
import { identifyProgram } from '../../platform/identify-program.ts';

/** What the manifests of a repository declare, kept by the Git ids of their files: one that did not change is not read again. */
export interface IndexCache {
  readonly lookUp: LookUpFile;
  /** Keeps what was looked up, and nothing else. @throws KubicError agent.state-unwritable */
  readonly save: () => Promise<void>;
}

/** Takes what was read because it was not known: of an add-on, by its name. */
export type OnNewObject = (addon: string, object: KubeObject, index: IndexedObject) => void;

export interface IndexCacheOptions {
  readonly onNew?: OnNewObject | undefined;
  /** Of all add-ons together, in characters; default MAX_SIZE. */
  readonly maxSize?: number;
}

/** What is kept of one add-on, in a file of its own. */
type Kept = Readonly<Record<string, { readonly oid: string; readonly index: FileIndex }>>;

/**
 * Of all add-ons together, in characters: some 100,000 objects. What is beyond is read anew each time. It is read beside the repository
 * itself, in a process of bounded memory, and must never be what that runs out of.
 */
const MAX_SIZE = 32 * 1024 * 1024;

/**
 * The cache in a directory of its own. What is half-written, of another program or damaged counts as not there. Only this program's
 * own process, under the store's lock, writes it.
 */
export async function openIndexCache(
  directory: string,
  { onNew, maxSize = MAX_SIZE }: IndexCacheOptions = {},
): Promise<IndexCache> {
  const program = await identifyProgram();
  const before = await readFiles(directory, maxSize).catch(() => new Map<string, string>());
  const known = new Map([...before.values()].flatMap((text) => Object.entries(parseKept(text, program) ?? {})));
  const used = new Map<string, Record<string, Kept[string]>>();
  return {
    lookUp: (path, { text, oid = '' }) => {
      const kept = known.get(path);
      const isSame = oid !== '' && kept?.oid === oid;
      const options = { before: kept?.index, onNew: onNew?.bind(undefined, addonOf(path)) };
      const index = isSame ? kept.index : indexFile(path, text, options);
      if (oid !== '') {
        const file = fileOf(directory, path);
        const entries = used.get(file) ?? {};
        entries[path] = { oid, index };
        used.set(file, entries);
      }
      return index;
    },
    save: async () => {
      // a process that was killed while it wrote
      for (const file of await findUnfinishedWrites(directory)) await removeFile(file);
      const next = new Set<string>();
      let left = maxSize;
      for (const [file, entries] of used) {
        const text = formatKept(entries, program);
        if (text.length > left) continue;
        left -= text.length;
        next.add(file);
        if (text !== before.get(file)) await writeFileAtomically(file, text, 0o600);
      }
      for (const file of await listFiles(directory)) if (!next.has(file)) await removeFile(file);
    },
  };
}

/** Files by their names, as many as there is room for. */
async function readFiles(directory: string, maxSize: number): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  let left = maxSize;
  for (const file of await listFiles(directory)) {
    const text = await readTextFile(file);
    if (text === undefined || text.length > left) continue;
    left -= text.length;
    texts.set(file, text);
  }
  return texts;
}

function addonOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** By a digest: an add-on's name may have characters that a file's has not. */
function fileOf(directory: string, path: string): string {
  return join(directory, `${createHash('sha256').update(addonOf(path)).digest('hex').slice(0, 32)}.index`);
}

/** Two lines: of which program it is, with a digest of the other. */
function formatKept(entries: Kept, program: string): string {
  const body = JSON.stringify(entries);
  return `${headerOf(body, program)}\n${body}`;
}

function parseKept(text: string, program: string): Kept | undefined {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== headerOf(body, program)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isMapping(value) ? (value as unknown as Kept) : undefined;
  } catch {
    return undefined;
  }
}

function headerOf(body: string, program: string): string {
  return `${program} ${createHash('sha256').update(body).digest('hex')}`;
}
