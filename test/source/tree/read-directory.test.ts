import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDirectory } from '../../../src/source/tree/read-directory.ts';
import { runGit } from '../../support/cluster-repository.ts';
import { runCommand } from '../../support/command.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-directory-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function write(path: string, content = 'x'): Promise<void> {
  await mkdir(join(directory, path, '..'), { recursive: true });
  await writeFile(join(directory, path), content);
}

test('files come with the ids Git gives them, in byte order', async () => {
  for (const path of ['b/z', 'b.yaml', 'a', 'é', 'Z']) await write(path, `content of ${path}\n`);
  await runGit(directory, ['init', '--quiet']);
  const { entries } = await readDirectory(directory);
  expect([...entries.keys()]).toEqual(['Z', 'a', 'b.yaml', 'b/z', 'é']);
  expect(entries.get('a')?.oid).toBe(await runGit(directory, ['hash-object', 'a']));
});

test('what .gitignore names and .git itself are left out, also below the top of the work tree', async () => {
  await runGit(directory, ['init', '--quiet']);
  await write('.gitignore', '*.key\n/clusters/demo/tmp/\n');
  for (const path of ['cluster.yaml', 'secret.key', 'tmp/x.yaml', 'addons/web/a.yaml'])
    await write(`clusters/demo/${path}`);
  const { entries } = await readDirectory(join(directory, 'clusters/demo'));
  expect([...entries.keys()]).toEqual(['addons/web/a.yaml', 'cluster.yaml']);
});

test('what is left out is what git leaves out', async () => {
  await runGit(directory, ['init', '--quiet']);
  await write('.git/info/exclude', 'excluded\n');
  await write('.gitignore', '*.tmp\n!keep.tmp\nbuild/\n/top\n**/deep/x\nlogs/*\n!logs/kept/\n\\#odd\n');
  await write('a/.gitignore', '!again.tmp\n/here\n*.yaml\n');
  await write('a/b/.gitignore', '!c.yaml\n');
  await write('build/.gitignore', '!*\n');
  const paths = [
    'x.tmp',
    'keep.tmp',
    'a/again.tmp',
    'a/x.tmp',
    'build/x',
    'a/build/y',
    'c/build',
    'top',
    'a/top',
    'a/deep/x',
  ];
  const more = [
    'deep/x',
    'logs/x',
    'logs/kept/y',
    '#odd',
    'a/here',
    'a/b/here',
    'a/b/c.yaml',
    'a/b/d.yaml',
    'excluded',
    'a/excluded',
  ];
  for (const path of [...paths, ...more]) await write(path);
  const { entries } = await readDirectory(directory);
  const listed = await runGit(directory, ['ls-files', '--others', '--exclude-standard', '-z']);
  expect([...entries.keys()]).toEqual(
    listed
      .split('\0')
      .filter((path) => path !== '')
      .toSorted(),
  );
});

test('a directory that is left out is not walked, however much is in it', async () => {
  await runGit(directory, ['init', '--quiet']);
  await write('.gitignore', 'node_modules/\n');
  await write(`node_modules/${'d/'.repeat(40)}x`); // refused elsewhere: it is nested too deep
  await write('cluster.yaml');
  expect([...(await readDirectory(directory)).entries.keys()]).toEqual(['.gitignore', 'cluster.yaml']);
});

test('a .gitignore too large to be one is refused', async () => {
  await runGit(directory, ['init', '--quiet']);
  await write('.gitignore', 'x\n'.repeat(600_000));
  await write('cluster.yaml');
  await expect(readDirectory(directory)).rejects.toMatchObject({ code: 'source.too-large' });
});

test('links, nested repositories and large files are told and not read; pipes are left out', async () => {
  await symlink('/etc/passwd', join(directory, 'link'));
  await symlink('..', join(directory, 'loop'));
  await write('sub/.git', 'gitdir: ../.git/modules/sub');
  await write('sub/inside');
  await write('big');
  await truncate(join(directory, 'big'), 100_000_000);
  await runCommand(['mkfifo', join(directory, 'pipe')]);
  const { entries } = await readDirectory(directory);
  expect([...entries].map(([path, { type }]) => [path, type])).toEqual([
    ['big', 'oversized'],
    ['link', 'symlink'],
    ['loop', 'symlink'],
    ['sub', 'submodule'],
  ]);
});

test('nesting without end is refused', async () => {
  await write(`${'d/'.repeat(40)}x`);
  await expect(readDirectory(directory)).rejects.toMatchObject({ code: 'source.too-large' });
});

test('a file that cannot be read is told with its path', async () => {
  // root may read whatever its mode says; what is refused here is refused to everybody
  await expect(readDirectory('/proc/self/task')).rejects.toMatchObject({
    code: 'source.unreadable',
    message: expect.stringMatching(/^a file cannot be read: \/proc\/self\/task\/.+ \(.+\)$/),
  });
});
