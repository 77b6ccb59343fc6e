import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandResult, runCommand } from '../support/command.ts';

const root = join(import.meta.dirname, '../..');

/** What a target of the small project below does: real runs of vitest, and commands that are no tests. */
const MAKEFILE = `
VITEST = node_modules/.bin/vitest run --reporter=default --reporter=json --outputFile.json=$(VITEST_RESULTS)/$@.json
good mixed broken absent:
	$(VITEST) $@
verify:
	test "$(CI)" = true
dead:
	exit 3
silent:
	true
hang:
	sleep 1000
`;

const TESTS: Readonly<Record<string, string>> = {
  'good.test.ts': `test('a', () => {}); test('b', () => {}); test.skip('c', () => {});`,
  'mixed.test.ts': `test('a', () => {}); test('b', () => expect(1).toBe(2));`,
  'broken.test.ts': `import './not-there.ts'; test('a', () => {});`,
};

let directory: string;

function runCi(targets: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
  return runCommand(['bash', join(directory, '.ci/run'), ...targets], {
    env: { PATH: process.env.PATH, HOME: directory, CI: 'true', ...env },
    timeoutMs: 60_000,
    check: false,
  });
}

function lastLine({ stdout }: CommandResult): string | undefined {
  return stdout.trimEnd().split('\n').at(-1);
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ci-run-'));
  await mkdir(join(directory, '.ci'));
  await mkdir(join(directory, 'test/tools'), { recursive: true });
  await copyFile(join(root, '.ci/run'), join(directory, '.ci/run'));
  await copyFile(join(root, 'test/tools/count-results.ts'), join(directory, 'test/tools/count-results.ts'));
  await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
  await writeFile(join(directory, 'Makefile'), MAKEFILE);
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }');
  for (const [name, body] of Object.entries(TESTS)) {
    await writeFile(join(directory, name), `import { expect, test } from 'vitest';\n${body}\n`);
  }
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('.ci/run', () => {
  it('ends with the sum of what passed and failed in all targets, and shows what the runner said', async () => {
    const result = await runCi(['good', 'verify', 'mixed', 'broken', 'dead']);
    expect(lastLine(result)).toBe('4 passed, 3 failed');
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toMatch(/Tests .*1 failed.*1 passed/);
  });

  it('succeeds when all passed', async () => {
    const result = await runCi(['good']);
    expect(lastLine(result)).toBe('2 passed, 0 failed');
    expect(result.exitCode).toBe(0);
  });

  it('counts a run that finds no test, or tells of none, as failed', async () => {
    const result = await runCi(['absent', 'silent']);
    expect(lastLine(result)).toBe('0 passed, 2 failed');
    expect(result.exitCode).toBe(1);
  });

  it('ends what hangs, and counts it as failed', async () => {
    const result = await runCi(['hang'], { CI_RUN_SECONDS: '1' });
    expect(lastLine(result)).toBe('0 passed, 1 failed');
    expect(result.exitCode).toBe(1);
  });
});
