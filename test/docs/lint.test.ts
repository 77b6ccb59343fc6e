import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';
import { root } from './documents.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lint-'));
  await mkdir(join(directory, 'src/platform'), { recursive: true });
  await copyFile(join(root, 'biome.json'), join(directory, 'biome.json'));
  await writeFile(join(directory, 'src/platform/work.ts'), 'export async function work(): Promise<void> {}\n');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The rules of biome.json that a file of ours would break. */
async function lint(path: string, text: string): Promise<readonly string[]> {
  await writeFile(join(directory, path), text);
  const biome = join(root, 'node_modules/.bin/biome');
  const command = ['env', '--chdir', directory, biome, 'lint', '--vcs-enabled=false', '--reporter=json', path];
  const { stdout } = await runCommand(command, { check: false });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { category: string }[] };
  return diagnostics.map(({ category }) => category.replace(/^lint\/\w+\//, ''));
}

describe('the linter', () => {
  it('refuses a promise nobody waits for, also one from another file', async () => {
    const text = "import { work } from './work.ts';\n\nexport function begin(): void {\n  work();\n}\n";
    expect(await lint('src/platform/begin.ts', text)).toEqual(['noFloatingPromises']);
  });
});
