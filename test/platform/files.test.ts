import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'files-'));
});
afterEach(() => rm(directory, { recursive: true }));

test.each([
  ['077', '0o644', 0o644],
  ['077', '0o755', 0o755],
  ['022', '0o600', 0o600],
  ['000', 'undefined', 0o644],
])('under umask %s, a file that is to have mode %s has it', async (umask, given, mode) => {
  const path = join(directory, 'below', 'file');
  const program = `
    import { writeFileAtomically } from ${JSON.stringify(join(import.meta.dirname, '../../src/platform/files.ts'))};
    process.umask(0o${umask});
    await writeFileAtomically(${JSON.stringify(path)}, 'content', ${given});
  `;
  await runCommand([process.execPath, '--input-type=module', '--eval', program]);
  expect((await stat(path)).mode & 0o777).toBe(mode);
  expect(await readFile(path, 'utf8')).toBe('content');
});
