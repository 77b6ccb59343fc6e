import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignoreModule, { type Ignore } from 'ignore';
import { KubicError } from '../../errors/kubic-error.ts';

const createRules = ignoreModule.default;
const MAX_BYTES = 1024 * 1024;

/** Whether Git leaves a path out; a directory's path ends in `/`. */
export type IsIgnored = (path: string) => Promise<boolean>;

/**
 * What the .gitignore files of a work tree leave out. Each is read once: isomorphic-git's isIgnored reads all that stand
 * above a file anew for each file, which takes minutes where both are many.
 *
 * @returns a function of paths relative to the work tree, `/`-separated; it throws KubicError source.too-large
 */
export function createIgnoredFiles(workTree: string): IsIgnored {
  const known = new Map<string, Promise<Ignore>>();
  const rulesOf = (directory: string): Promise<Ignore> => {
    const rules = known.get(directory) ?? loadRules(workTree, directory);
    known.set(directory, rules);
    return rules;
  };
  return async (path) => {
    const names = path.replace(/\/$/, '').split('/');
    let ignored = false;
    for (const level of names.keys()) {
      const rules = await rulesOf(
        names
          .slice(0, level)
          .map((name) => `${name}/`)
          .join(''),
      );
      const below = names.slice(level).join('/');
      const parent = names.slice(level, -1).join('/');
      // What lies in a directory that is left out cannot be taken in again
      if (parent !== '' && rules.ignores(`${parent}/`)) return true;
      const found = rules.test(path.endsWith('/') ? `${below}/` : below);
      ignored = ignored ? !found.unignored : found.ignored;
    }
    return ignored;
  };
}

async function loadRules(workTree: string, directory: string): Promise<Ignore> {
  const rules = createRules();
  if (directory === '') rules.add(await readRules(join(workTree, '.git', 'info', 'exclude')));
  return rules.add(await readRules(join(workTree, directory, '.gitignore')));
}

/** The text of a .gitignore file; empty where there is none. Git follows no link here. */
async function readRules(path: string): Promise<string> {
  const stat = await lstat(path).catch(() => undefined);
  if (stat?.isFile() !== true) return '';
  if (stat.size > MAX_BYTES) throw new KubicError('source.too-large', { detail: `${path}: ${stat.size} bytes` });
  return readFile(path, 'utf8');
}
