import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { isMapping } from '../../json/at.ts';
import { isNotFound } from '../../platform/files.ts';
import { invalidKubeconfig, type KubeconfigFields, listField, mappingField, textField } from './kubeconfig-fields.ts';

/** The files that `kubectl` would read. */
export interface KubeconfigSelection {
  readonly files: readonly string[];
  /** Named one by one (`--kubeconfig`): each must be there. Otherwise those that are missing are left out, as kubectl does. */
  readonly mustExist: boolean;
  /** Instead of the current one. */
  readonly context?: string;
}

/** Several kubeconfigs as one. Paths in it are resolved. */
export interface UserKubeconfig {
  readonly currentContext: string | undefined;
  readonly contexts: ReadonlyMap<string, KubeconfigFields>;
  readonly clusters: ReadonlyMap<string, KubeconfigFields>;
  readonly users: ReadonlyMap<string, KubeconfigFields>;
  /** The file that each user is of. */
  readonly userFiles: ReadonlyMap<string, string>;
}

/** Where a kubeconfig names files: relative to itself, as in `ResolveLocalPaths` of client-go. */
const PATHS = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

/**
 * Reads kubeconfigs as one. The first file to name a context, a cluster, a user or a current context wins, and nothing is mixed out of two
 * entries of one name: the rule of `ClientConfigLoadingRules` in client-go (KubeConfig of client-node refuses such files, and lets the last
 * current context win).
 *
 * @throws KubicError kube.kubeconfig-invalid
 */
export async function loadUserKubeconfig({ files, mustExist }: KubeconfigSelection): Promise<UserKubeconfig> {
  const merged = {
    contexts: new Map<string, KubeconfigFields>(),
    clusters: new Map<string, KubeconfigFields>(),
    users: new Map<string, KubeconfigFields>(),
    userFiles: new Map<string, string>(),
  };
  let currentContext: string | undefined;
  let found = 0;
  for (const file of files) {
    const config = await readKubeconfig(file, mustExist);
    if (config === undefined) continue;
    found += 1;
    currentContext ??= textField(config, 'current-context', file);
    addMissing(merged.contexts, entriesOf(config, 'contexts', 'context', file));
    addMissing(merged.clusters, entriesOf(config, 'clusters', 'cluster', file));
    const users = entriesOf(config, 'users', 'user', file);
    addMissing(merged.users, users);
    addMissing(merged.userFiles, new Map([...users.keys()].map((name) => [name, file])));
  }
  if (found === 0) throw invalidKubeconfig(files.join(', '), files.length === 1 ? 'no such file' : 'no such files');
  return { currentContext, ...merged };
}

async function readKubeconfig(file: string, mustExist: boolean): Promise<KubeconfigFields | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isNotFound(error) && !mustExist) return undefined;
    const code = isMapping(error) && typeof error.code === 'string' ? error.code : 'unknown error';
    throw invalidKubeconfig(file, isNotFound(error) ? 'no such file' : `cannot be read (${code})`);
  }
  return parseKubeconfig(text, file);
}

/** What the parser says of a broken file may quote it, and the file holds keys: its words are not passed on. */
async function parseKubeconfig(text: string, file: string): Promise<KubeconfigFields> {
  const { parse } = await import('yaml');
  let config: unknown;
  try {
    config = parse(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
  } catch {
    throw invalidKubeconfig(file, 'is not YAML');
  }
  if (config === null || config === undefined) return {}; // an empty file is one without entries
  if (!isMapping(config)) throw invalidKubeconfig(file, 'is not a mapping');
  return config;
}

function addMissing<Entry>(merged: Map<string, Entry>, entries: ReadonlyMap<string, Entry>): void {
  for (const [name, entry] of entries) if (!merged.has(name)) merged.set(name, entry);
}

function entriesOf(
  config: KubeconfigFields,
  list: string,
  key: string,
  file: string,
): ReadonlyMap<string, KubeconfigFields> {
  const entries = new Map<string, KubeconfigFields>();
  for (const item of listField(config, list, file)) {
    const name = textField(item, 'name', `${file}: ${list}`) ?? '';
    if (entries.has(name)) throw invalidKubeconfig(file, `${list} has ${name} twice`);
    entries.set(name, resolvePaths(mappingField(item, key, `${file}: ${list} ${name}`) ?? {}, resolve(dirname(file))));
  }
  return entries;
}

function resolvePaths(fields: KubeconfigFields, directory: string): KubeconfigFields {
  const locate = (path: string): string => (isAbsolute(path) ? path : join(directory, path));
  const resolved: Record<string, unknown> = { ...fields };
  for (const key of PATHS) {
    const path = fields[key];
    if (typeof path === 'string' && path !== '') resolved[key] = locate(path);
  }
  const { exec } = fields;
  // a bare name is looked for on the PATH
  if (isMapping(exec) && typeof exec.command === 'string' && exec.command.includes(sep)) {
    resolved.exec = { ...exec, command: locate(exec.command) };
  }
  return resolved;
}
