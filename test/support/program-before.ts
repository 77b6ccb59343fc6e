import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathExists } from '../../src/platform/files.ts';
import { runCommand } from './command.ts';

/** The last commit before records were read in two forms: its clusters go on under the program of today. */
const COMMIT_BEFORE = 'eaa1525f30008c74b6b6e543fc216ba04663bf69';

/**
 * The program of that commit, built from this repository's own history and kept outside the work tree.
 *
 * @returns the path of its one executable
 */
export async function buildProgramBefore(): Promise<string> {
  const kept = join(homedir(), '.cache/kubic-init/programs', COMMIT_BEFORE, 'kubic-init');
  if (await pathExists(kept)) return kept;
  const root = await mkdtemp(join(tmpdir(), 'kubic-before-'));
  try {
    await runCommand(['git', 'archive', '--output', join(root, 'before.tar'), COMMIT_BEFORE]);
    await runCommand(['tar', '-xf', join(root, 'before.tar'), '-C', root]);
    await symlink(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
    await runCommand(['env', '--chdir', root, process.execPath, 'test/tools/build.ts']);
    await mkdir(join(kept, '..'), { recursive: true });
    await cp(join(root, 'dist/kubic-init'), `${kept}.${process.pid}`);
    await runCommand(['mv', `${kept}.${process.pid}`, kept]);
    return kept;
  } finally {
    await rm(root, { recursive: true });
  }
}
