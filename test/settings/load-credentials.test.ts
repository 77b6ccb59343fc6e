import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCredentials } from '../../src/settings/load-credentials.ts';
import type { CredentialFiles } from '../../src/settings/settings.ts';
import { runCommand } from '../support/command.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-credentials-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function file(content: string): Promise<string> {
  const path = join(directory, 'secret');
  await writeFile(path, content, { mode: 0o600 });
  return path;
}

function load(credentials?: CredentialFiles): ReturnType<typeof loadCredentials> {
  return loadCredentials({
    repository: { url: 'https://a/b', branch: 'main', path: '.', ...(credentials && { credentials }) },
  });
}

test('without credentials there are none', async () => {
  expect(await load()).toBeUndefined();
});

test('a token is read anew each time, without the line end an editor leaves', async () => {
  const tokenFile = await file('first\r\n');
  expect(await load({ tokenFile })).toEqual({ type: 'token', token: 'first' });
  await file('second');
  expect(await load({ tokenFile })).toEqual({ type: 'token', token: 'second' });
});

test('a name and a password, the name as a setting or in a file', async () => {
  const passwordFile = await file('s3cret\n');
  expect(await load({ basic: { username: 'deploy', passwordFile } })).toEqual({
    type: 'basic',
    username: 'deploy',
    password: 's3cret',
  });
  expect(await load({ basic: { usernameFile: passwordFile, passwordFile } })).toMatchObject({ username: 's3cret' });
});

test.each([
  ['', 'is empty'],
  ['  \n', 'is empty'],
  ['secret\r\nX-Injected: yes', 'holds more than one line'],
])('a file with %j %s, and what it holds is not told', async (content, wrong) => {
  const tokenFile = await file(content);
  const error = await load({ tokenFile }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    code: 'settings.credentials-unreadable',
    message: `a file with credentials cannot be read: ${tokenFile} ${wrong}`,
  });
  expect(JSON.stringify(error)).not.toContain('Injected');
});

test('a missing file, a pipe and a file without end are errors, and nothing is waited for', async () => {
  await expect(load({ tokenFile: join(directory, 'none') })).rejects.toMatchObject({
    code: 'settings.credentials-unreadable',
  });
  await runCommand(['mkfifo', join(directory, 'pipe')]);
  await expect(load({ tokenFile: join(directory, 'pipe') })).rejects.toMatchObject({
    code: 'settings.credentials-unreadable',
  });
  await expect(load({ tokenFile: await file('x'.repeat(20_000)) })).rejects.toMatchObject({
    code: 'settings.credentials-unreadable',
  });
});
