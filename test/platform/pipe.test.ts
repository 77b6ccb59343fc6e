import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createExec } from '../../src/platform/exec.ts';
import { fillPipe, makePipe } from '../../src/platform/pipe.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-pipe-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const deps = { exec: createExec([]), signal: new AbortController().signal, timeoutMs: 20_000 };
const pipe = () => join(directory, 'pipe');

test('a pipe takes the place of a link, is for its owner alone, and gives one reader all of it', async () => {
  await writeFile(join(directory, 'target'), 'as it was');
  await symlink(join(directory, 'target'), pipe());
  await makePipe(pipe(), deps);
  const { mode } = await lstat(pipe());
  expect(mode & 0o777).toBe(0o600);
  const [read] = await Promise.all([readFile(pipe(), 'utf8'), fillPipe(pipe(), 'a key', deps)]);
  expect(read).toBe('a key');
  expect(await readFile(join(directory, 'target'), 'utf8')).toBe('as it was');
});

test('a directory in the place of a pipe is an error that names it', async () => {
  await mkdir(pipe());
  await expect(makePipe(pipe(), deps)).rejects.toMatchObject({
    code: 'agent.state-unwritable',
    message: expect.stringContaining(pipe()),
  });
});

test('nothing is written to a file, through a link, or to nothing at all, where a pipe should be', async () => {
  const refused = { code: 'agent.state-unwritable', message: expect.stringContaining('is no named pipe') };
  await expect(fillPipe(pipe(), 'a key', deps)).rejects.toMatchObject(refused);
  await writeFile(pipe(), '');
  await expect(fillPipe(pipe(), 'a key', deps)).rejects.toMatchObject(refused);
  expect(await readFile(pipe(), 'utf8')).toBe('');
  await symlink(pipe(), join(directory, 'link'));
  await expect(fillPipe(join(directory, 'link'), 'a key', deps)).rejects.toMatchObject(refused);
});
