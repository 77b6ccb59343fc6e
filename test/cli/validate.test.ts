import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CLUSTER, NODES } from '../definition/repository-files.ts';
import { createClusterRepository } from '../support/cluster-repository.ts';
import { type CommandResult, runCommand } from '../support/command.ts';
import { startGitServer } from '../support/git-server.ts';

const root = join(import.meta.dirname, '../..');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-cli-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function kubicInit(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
  const argv = [process.execPath, join(root, 'src/main.ts'), ...args];
  return runCommand(argv, { check: false, env: { ...process.env, ...env } });
}

describe('validate', () => {
  const broken = { 'cluster.yaml': CLUSTER.replace('seeder', 'sedeer'), 'nodes.yaml': NODES };

  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(directory, path, '..'), { recursive: true });
      await writeFile(join(directory, path), content);
    }
  }

  test('a valid directory exits 0 and says in a line what it is', async () => {
    await write({ 'cluster.yaml': CLUSTER, 'nodes.yaml': NODES });
    expect(await kubicInit(['validate', directory])).toEqual({
      stdout: 'valid: cluster demo, Kubernetes v1.36.3, 2 accepted, 0 rejected, 0 add-ons (no problems)\n',
      stderr: '',
      exitCode: 0,
    });
  });

  test('a broken one exits 65 and tells each problem with its remedy', async () => {
    await write(broken);
    expect(await kubicInit(['validate', directory])).toEqual({
      stdout: `cluster.yaml:4:1 error definition.missing-field: \`seeder\` is missing in \`spec\`
    → Add it, for example \`seeder: cp-1\`.
cluster.yaml:6:3 error definition.unknown-field: unknown field \`sedeer\`; did you mean \`seeder\`?
    → Write \`seeder\`.
nodes.yaml:4:3 error definition.missing-fingerprint: accepted node \`cp-1\` has no \`key\`; only the seeder may lack it, until it has bootstrapped
    → Add \`key:\` with the fingerprint from the machine's console or from \`kubic-init identity\`.
3 errors
`,
      stderr: '',
      exitCode: 65,
    });
  });

  test('a manifest that is none makes it invalid', async () => {
    await write({ 'cluster.yaml': CLUSTER, 'nodes.yaml': NODES, 'addons/web/a.yaml': 'kind: ConfigMap\n' });
    const { exitCode, stdout } = await kubicInit(['validate', directory]);
    expect(exitCode).toBe(65);
    expect(stdout).toContain('addons/web/a.yaml:1:1 error addons.');
  });

  test.each([
    ['json', JSON.parse],
    ['yaml', parse],
  ])('-o %s prints the list of diagnostics', async (format, read) => {
    await write(broken);
    const { stdout, exitCode } = await kubicInit(['validate', directory, '-o', format]);
    expect(exitCode).toBe(65);
    expect((read as (text: string) => unknown)(stdout)).toContainEqual({
      severity: 'error',
      file: 'cluster.yaml',
      line: 6,
      column: 3,
      code: 'definition.unknown-field',
      message: 'unknown field `sedeer`; did you mean `seeder`?',
      remedy: 'Write `seeder`.',
    });
  });

  test('--path names the folder in it; no directory at all is a usage error', async () => {
    await write({ 'clusters/demo/cluster.yaml': CLUSTER, 'clusters/demo/nodes.yaml': NODES });
    expect((await kubicInit(['validate', directory, '--path', 'clusters/demo'])).exitCode).toBe(0);
    for (const [target, problem] of [
      [join(directory, 'none'), 'is not there'],
      [join(directory, 'clusters/demo/cluster.yaml'), 'is no directory'],
      ['git@example.com:cluster.git', 'is an SSH address: only https:// and http:// are read'],
    ] as const) {
      const { exitCode, stderr } = await kubicInit(['validate', target]);
      expect([exitCode, stderr.split('\n')[0]]).toEqual([64, `error: ${target} ${problem}`]);
    }
  });

  test('a URL of another kind is refused as an argument, without repeating its password', async () => {
    const { exitCode, stderr } = await kubicInit(['validate', 'ssh://git:hunter2@example.com/c']);
    expect([exitCode, stderr.split('\n')[0]]).toEqual([
      64,
      'error: this is a URL of ssh://: only https:// and http:// are fetched',
    ]);
    expect(stderr).not.toContain('hunter2');
  });

  test('without cluster.yaml that is said at once, and nothing is walked', async () => {
    const { exitCode, stdout, stderr } = await kubicInit(['validate', '/']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 65, stderr: '' });
    expect(stdout).toMatch(/^cluster.yaml error definition.missing-file: cluster.yaml is missing\n/);
    await write({ 'cluster.yml': CLUSTER, 'nodes/w-1.yaml': NODES, [`${'d/'.repeat(40)}deep`]: '' });
    expect(
      (await kubicInit(['validate', directory])).stdout,
    ).toBe(`cluster.yaml error definition.missing-file: cluster.yaml is missing
    → Add the file; \`kubic-init new\` writes one with comments. Or set the right path in the settings.
cluster.yml error definition.misplaced-file: cluster.yml is not read
    → Name it \`cluster.yaml\`.
2 errors
`);
  });

  test('a URL is fetched, from a branch and a path, and nothing is left behind', async () => {
    const repository = await createClusterRepository(join(directory, 'root', 'fleet.git'), { branch: 'next' });
    await repository.commit({ files: { 'demo/cluster.yaml': CLUSTER, 'demo/nodes.yaml': NODES } });
    const server = await startGitServer({ root: join(directory, 'root') });
    const temporary = join(directory, 'tmp');
    await mkdir(temporary);
    try {
      const url = `${server.url}/fleet.git`;
      const result = await kubicInit(['validate', url, '--branch', 'next', '--path', 'demo'], { TMPDIR: temporary });
      expect(result).toMatchObject({ stderr: `fetching ${url}\n`, exitCode: 0 });
      expect(result.stdout).toMatch(/^valid: cluster demo/);
      expect(await readdir(temporary)).toEqual([]);
    } finally {
      await server.close();
    }
  });

  test('a URL with credentials in it is refused without repeating them', async () => {
    const { exitCode, stdout, stderr } = await kubicInit(['validate', 'https://user:hunter2@127.0.0.1/c.git']);
    expect(exitCode).toBe(65);
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('new', () => {
  test('writes a repository that is valid at once', async () => {
    const target = join(directory, 'fleet');
    const options = [
      '--name',
      'prod',
      '--endpoint',
      '[fd00::11]:6443',
      '--seeder',
      '7',
      '--kubernetes-version',
      'v1.36.1',
    ];
    const { exitCode, stdout } = await kubicInit(['new', target, ...options]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`wrote ${target}/cluster.yaml\n`);
    expect((await kubicInit(['validate', target])).stdout).toBe(
      'valid: cluster prod, Kubernetes v1.36.1, 1 accepted, 0 rejected, 0 add-ons (no problems)\n',
    );
  });

  test('its comments show fields that are valid too', async () => {
    await kubicInit(['new', directory]);
    const file = join(directory, 'cluster.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(/^( +)# ( *[a-zA-Z]+:)/gm, '$1$2'));
    expect(await readFile(file, 'utf8')).not.toBe(text);
    expect((await kubicInit(['validate', directory])).stdout).toMatch(/^valid: .* \(no problems\)\n$/);
  });

  test('leaves a directory that is not empty alone', async () => {
    await writeFile(join(directory, 'mine'), '');
    const { exitCode, stderr } = await kubicInit(['new', directory]);
    expect([exitCode, stderr.split('\n')[0]]).toEqual([64, `error: ${directory} is not an empty directory`]);
    expect(await readdir(directory)).toEqual(['mine']);
  });

  test('a place that cannot be written is told in a line', async () => {
    const file = join(directory, 'file');
    await writeFile(file, 'mine');
    for (const [target, problem] of [
      [file, 'not a directory'],
      [join(file, 'x'), 'not a directory'],
      [join(directory, 'x'.repeat(300)), 'name too long'],
      ['/sys/fleet', '(operation not permitted|permission denied|read-only file system)'], // not even by root
    ] as const) {
      const { exitCode, stderr } = await kubicInit(['new', target]);
      expect([exitCode, stderr.split('\n').length]).toEqual([64, 3]);
      expect(stderr).toMatch(new RegExp(`^error: cannot write into ${target}: ${problem}\n`));
    }
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  test('writes nothing when the values make no cluster', async () => {
    const { exitCode, stderr } = await kubicInit(['new', directory, '--endpoint', 'nowhere', '--seeder', 'a\nb: c']);
    expect(exitCode).toBe(64);
    expect(stderr).toContain('`spec.controlPlaneEndpoint` cannot be `nowhere`');
    expect(await readdir(directory)).toEqual([]);
  });
});
