import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AcceptedNode, Definition } from '../definition/definition.ts';
import { invalidDefinition } from '../definition/invalid-definition.ts';
import { loadDefinition } from '../definition/load-definition.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { isNotFound } from '../platform/files.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { hasFile, readDirectory } from '../source/tree/read-directory.ts';
import { acceptInNodeList, addToSpec, holdsName, type NewEntry, renderNodeList } from './edit-node-list.ts';
import { createUserGit, type UserGit } from './user-git.ts';

export interface AcceptOptions {
  /** The directory of the clone that holds cluster.yaml. */
  readonly directory: string;
  readonly entry: NewEntry;
  /** `sha256:…`: written to cluster.yaml, where the entry is the seeder's. */
  readonly clusterCA?: string;
  readonly push: boolean;
}

export interface AcceptResult {
  readonly result: 'pushed' | 'committed' | 'unchanged';
  readonly commit?: string;
  /** With an entry that was there already: how many commits of the list the branch had that were not pushed. */
  readonly unpushed?: number;
}

/**
 * Accepts a machine: edits the node list of a clone, checks the repository as it then is, commits with the user's git, and pushes where
 * the branch has an upstream. Whatever fails before the commit leaves the files as they were. Of an entry that is there already, a commit
 * that is not pushed yet is.
 *
 * @throws KubicError admission.not-a-clone, admission.uncommitted, admission.list-conflict, admission.git-failed,
 * admission.not-pushed, definition.invalid
 */
export async function acceptNode({ directory, entry, clusterCA, push }: AcceptOptions): Promise<AcceptResult> {
  const git = createUserGit(directory);
  const { snapshot, definition } = await loadClone(directory, git);
  const isSeeder = definition.cluster.seeder === entry.name;
  const known = checkList(definition, entry);
  const changes = new Map<string, string>();
  if (!known) changes.set(...(await changeNodeList(directory, snapshot, entry)));
  if (isSeeder && clusterCA !== undefined && definition.cluster.clusterCA === undefined) {
    changes.set('cluster.yaml', await changeCluster(directory, clusterCA));
  }
  const unpushed = changes.size === 0 ? await countUnpushed(git) : undefined;
  if (unpushed === 0) return { result: 'unchanged' };
  if (changes.size > 0) await commitChanges(directory, git, changes, entry);
  const commit = (await git.ask('rev-parse', 'HEAD')) ?? '';
  const done = { commit, ...(unpushed !== undefined && { unpushed }) };
  const upstream = await git.ask('rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}');
  if (!push || upstream === undefined) return { result: 'committed', ...done };
  if (!(await git.run('push')))
    throw new KubicError('admission.not-pushed', { detail: `${commit.slice(0, 12)} is in this clone` });
  return { result: 'pushed', ...done };
}

/** Commits of the node list that the upstream lacks; none where the branch has no upstream. */
async function countUnpushed(git: UserGit): Promise<number> {
  const range = ['@{upstream}..HEAD', '--', 'cluster.yaml', 'nodes.yaml', 'nodes'];
  return Number((await git.ask('rev-list', '--count', ...range)) ?? 0);
}

/** The repository as it stands in the clone, which has to be valid before anything is added to it. */
export async function loadClone(
  directory: string,
  git: UserGit = createUserGit(directory),
): Promise<{ snapshot: Snapshot; definition: Definition }> {
  const notOne = (why: string) => new KubicError('admission.not-a-clone', { detail: `${directory}: ${why}` });
  if (!(await hasFile(directory, 'cluster.yaml'))) throw notOne(NO_CLUSTER);
  const top = await git.ask('rev-parse', '--show-toplevel');
  if (top === undefined) throw notOne('it is in no Git work tree, `git init` makes one');
  const snapshot = await readDirectory(directory);
  if (!snapshot.entries.has('cluster.yaml')) throw notOne(NO_CLUSTER);
  return { snapshot, definition: requireValid(snapshot) };
}

const NO_CLUSTER = 'it has no cluster.yaml';

function requireValid(snapshot: Snapshot): Definition {
  const { definition, diagnostics } = loadDefinition(snapshot);
  if (!definition) throw invalidDefinition('this clone', diagnostics);
  return definition;
}

/** True where the list has this very entry already. */
function checkList({ accepted, rejected }: Definition, entry: NewEntry): boolean {
  const { name, key } = entry;
  const conflict = (detail: string): KubicError => new KubicError('admission.list-conflict', { detail });
  if (rejected.some((node) => node.key === key)) throw conflict(`${key} is rejected`);
  const sameKey = accepted.find((node) => node.key === key);
  if (sameKey && sameKey.name !== name) throw conflict(`${key} is bound to the name ${sameKey.name}`);
  const sameName = accepted.find((node) => node.name === name);
  if (sameName?.key !== undefined && sameName.key !== key)
    throw conflict(`${name} is bound to the key ${sameName.key}`);
  if (sameName) requireHolds(sameName, entry);
  return sameKey !== undefined;
}

/** Labels and taints of an entry that is there are never changed: what was asked for has to stand there already. */
function requireHolds(existing: AcceptedNode, { name, labels, taints }: NewEntry): void {
  const isThere =
    Object.entries(labels).every(([key, value]) => existing.labels[key] === value) &&
    taints.every((taint) => existing.taints?.some((other) => isDeepStrictEqual(other, taint)) ?? false);
  if (isThere) return;
  throw new KubicError('admission.list-conflict', {
    detail: `${name} is accepted, with other labels or taints`,
    hint: `Edit the labels and taints of ${name} in nodes.yaml (or nodes/*.yaml) by hand, and commit.`,
  });
}

async function changeNodeList(directory: string, snapshot: Snapshot, entry: NewEntry): Promise<[string, string]> {
  const paths = [...snapshot.entries.keys()].filter(
    (path) => path === 'nodes.yaml' || /^nodes\/[^/]+\.yaml$/.test(path),
  );
  for (const path of paths) {
    const text = await readFile(join(directory, path), 'utf8');
    const isItsFile = path === 'nodes.yaml' || holdsName(text, entry.name);
    if (isItsFile) return [path, acceptInNodeList(text, entry)];
  }
  return [`nodes/${entry.name}.yaml`, renderNodeList(entry)];
}

async function changeCluster(directory: string, clusterCA: string): Promise<string> {
  const text = await readFile(join(directory, 'cluster.yaml'), 'utf8');
  const edited = addToSpec(text, 'clusterCA', clusterCA, 'seeder');
  if (edited !== undefined) return edited;
  throw new KubicError('admission.list-conflict', {
    detail: 'cannot add clusterCA to the way cluster.yaml is written',
    hint: `Add it by hand below spec: clusterCA: "${clusterCA}"`,
  });
}

async function commitChanges(
  directory: string,
  git: UserGit,
  changes: ReadonlyMap<string, string>,
  { name, key }: NewEntry,
): Promise<void> {
  const paths = [...changes.keys()];
  const dirty = await git.ask('status', '--porcelain', '--', ...paths);
  if (dirty !== '') throw new KubicError('admission.uncommitted', { detail: paths.join(', ') });
  const before = await Promise.all(paths.map((path) => readOptional(join(directory, path))));
  const restore = async (): Promise<void> => {
    for (const [index, path] of paths.entries()) {
      const text = before[index];
      await (text === undefined ? rm(join(directory, path)) : writeFile(join(directory, path), text));
    }
  };
  try {
    for (const [path, text] of changes) await writeFile(join(directory, path), text);
    requireValid(await readDirectory(directory));
    const added = await git.run('add', '--', ...paths);
    const message = ['-m', `Accept ${name}`, '-m', key];
    if (!added || !(await git.run('commit', '--quiet', ...message, '--only', '--', ...paths))) {
      await git.run('reset', '--quiet', '--', ...paths);
      throw new KubicError('admission.git-failed', { detail: 'nothing was committed' });
    }
  } catch (error) {
    await restore();
    throw error;
  }
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
