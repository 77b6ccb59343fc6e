import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';

const root = join(import.meta.dirname, '../..');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-cli-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('sync --once', () => {
  it('ends with the error where it cannot even begin: the lock it holds does not keep it, and what was left behind is gone', async () => {
    await writeFile(join(directory, 'identity.key'), 'exposed', { mode: 0o644 });
    const leftover = join(directory, 'identity.key.0123abcd.tmp'); // of a process that was killed
    await writeFile(leftover, 'key', { mode: 0o600 });
    const argv = [
      process.execPath,
      join(root, 'src/main.ts'),
      'sync',
      '--once',
      '--repository',
      'https://127.0.0.1:1/x',
    ];
    const env = { ...process.env, KUBIC_INIT_STATE_DIR: directory, KUBIC_INIT_RUNTIME_DIR: directory };
    const { exitCode, stderr } = await runCommand(argv, { check: false, env, timeoutMs: 20_000 });
    expect(stderr).toContain('admission.identity-exposed');
    expect(exitCode).toBe(1);
    expect(existsSync(leftover)).toBe(false);
  });
});
