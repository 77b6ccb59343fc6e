import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/settings/load-settings.ts';
import { runCommand } from '../support/command.ts';
import { loadDocument, root } from './documents.ts';

/** Commands that need no machine of a cluster, and leave nothing outside of the directory they run in. */
const HARMLESS = /^kubic-init (new|validate|version|explain)\b/;

const readme = loadDocument('README.md');
const shell = readme.blocks.filter(({ language }) => language === 'sh').map(({ code }) => code.trim().split('\n'));
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'readme-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the README', () => {
  it('begins with the two commands that do all set-up', () => {
    expect(shell[0]?.map((line) => line.replace(/\s+#.*/, ''))).toEqual(['make demo', 'make test']);
  });

  it('shows commands that run, one after the other', async () => {
    const lines = shell.flat().filter((line) => HARMLESS.test(line));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      const [, ...args] = line.split(/\s+/);
      await runCommand(['env', '--chdir', directory, process.execPath, join(root, 'src/main.ts'), ...args]);
    }
  });

  it('shows settings that are valid', async () => {
    const token = join(directory, 'token');
    await writeFile(token, 'secret\n', { mode: 0o600 });
    const [block] = readme.blocks.filter(({ code }) => code.includes('kind: KubicInitConfiguration'));
    const config = join(directory, 'kubic-init.yaml');
    await writeFile(config, block?.code.replace('/etc/kubic/token', token) ?? '');
    const settings = await loadSettings({ flags: { config }, env: {} });
    expect(settings.repository.url).toBe('https://git.example.com/clusters/demo.git');
    expect(settings.warnings).toEqual([]);
  });
});
