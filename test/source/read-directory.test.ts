import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDirectory } from '../../src/source/read-directory.ts';
import { runGit } from '../support/cluster-repository.ts';
import { runCommand } from '../support/command.ts';

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
