import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../admission/temporary-directory.ts';
import { createClusterRepository, runGit } from '../support/cluster-repository.ts';
import { type CommandResult, runCommand } from '../support/command.ts';
import { createTestAuthority } from '../support/git-server-certificates.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const KEY = `SHA256:${'k'.repeat(42)}A`;
const OTHER_KEY = `SHA256:${'o'.repeat(42)}A`;

const CLUSTER = `apiVersion: kubic.suse.com/v1beta1
kind: Cluster
metadata: {name: demo}
spec:
  kubernetesVersion: v1.36.3
  seeder: cp-1   # the first
  controlPlaneEndpoint: 10.250.0.11:6443
  network: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16}
`;
const NODES = `apiVersion: kubic.suse.com/v1beta1
kind: NodeList
# the machines
accepted:
- {name: cp-1, role: control-plane}  # no key yet
- {name: w-1, key: "${OTHER_KEY}"}
`;

/** A clone of a fresh cluster repository, as an administrator has one. */
async function makeClone(files: Readonly<Record<string, string>> = { 'cluster.yaml': CLUSTER, 'nodes.yaml': NODES }) {
  const root = await temporaryDirectory();
  const repository = await createClusterRepository(join(root, 'cluster.git'));
  await repository.commit({ files });
  await runGit(root, ['clone', '--quiet', repository.path, 'clone']);
  const directory = join(root, 'clone');
  const run = (...args: readonly string[]): Promise<CommandResult> =>
    runCommand([process.execPath, MAIN, 'nodes', ...args, '--dir', directory], {
      check: false,
      env: {
        ...process.env,
        HOME: root,
        KUBECONFIG: '',
        GIT_AUTHOR_NAME: 'Ada',
        GIT_AUTHOR_EMAIL: 'ada@example.com',
        GIT_COMMITTER_NAME: 'Ada',
        GIT_COMMITTER_EMAIL: 'ada@example.com',
      },
    });
  const read = (path: string): Promise<string> => readFile(join(directory, path), 'utf8');
  const git = (...args: readonly string[]): Promise<string> => runGit(directory, args);
  return { root, repository, directory, run, read, git };
}

test('accept commits one line to the list with the own git of the user, and pushes it', async () => {
  const clone = await makeClone();
  await writeFile(join(clone.directory, 'notes.txt'), 'mine');
  await clone.git('add', 'notes.txt');
  const { stdout, exitCode } = await clone.run(
    'accept',
    'w-7',
    KEY,
    '--label',
    'disk=ssd',
    '--taint',
    'gpu=1:NoSchedule',
  );
  expect({ stdout, exitCode }).toEqual({ stdout: `accepted w-7 with ${KEY}\n`, exitCode: 0 });
  const line = `- {name: w-7, key: "${KEY}", role: worker, labels: {disk: ssd}, taints: [{key: gpu, value: "1", effect: NoSchedule}]}`;
  expect(await clone.read('nodes.yaml')).toBe(`${NODES}${line}\n`);
  expect(await clone.repository.git(['show', '--format=%an: %s', '--name-only', 'main'])).toBe(
    'Ada: Accept w-7\n\nnodes.yaml',
  );
  expect(await clone.git('status', '--porcelain')).toBe('A  notes.txt'); // what was staged stays staged, and uncommitted
});

test('accepting what is accepted already changes nothing', async () => {
  const clone = await makeClone();
  const before = await clone.git('rev-parse', 'HEAD');
  const { stdout, exitCode } = await clone.run('accept', 'w-1', OTHER_KEY, '-o', 'json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ name: 'w-1', key: OTHER_KEY, result: 'unchanged' });
  expect(await clone.git('rev-parse', 'HEAD')).toBe(before);
});

test('accepting the seeder adds its key and the cluster CA to what is there', async () => {
  const clone = await makeClone();
  const hash = `sha256:${'0'.repeat(64)}`;
  const { exitCode } = await clone.run('accept', 'cp-1', KEY, '--cluster-ca', hash);
  expect(exitCode).toBe(0);
  expect(await clone.read('nodes.yaml')).toBe(NODES.replace('{name: cp-1,', `{name: cp-1, key: "${KEY}",`));
  expect(await clone.read('cluster.yaml')).toBe(
    CLUSTER.replace('# the first\n', `# the first\n  clusterCA: "${hash}"\n`),
  );
  expect(await clone.repository.git(['log', '--format=%s', '-1', 'main'])).toBe('Accept cp-1');
});

test('a repository with a file per machine gets one more', async () => {
  const [head = '', cp = ''] = [NODES.split('# the machines')[0], '- {name: cp-1, role: control-plane}'];
  const clone = await makeClone({ 'cluster.yaml': CLUSTER, 'nodes/cp-1.yaml': `${head}accepted:\n${cp}\n` });
  expect((await clone.run('accept', 'w-7', KEY)).exitCode).toBe(0);
  expect(await clone.read('nodes/w-7.yaml')).toContain(`- {name: w-7, key: "${KEY}", role: worker}`);
  expect((await clone.run('accept', 'cp-1', OTHER_KEY)).exitCode).toBe(0);
  expect(await clone.read('nodes/cp-1.yaml')).toContain(`{name: cp-1, key: "${OTHER_KEY}", role: control-plane}`);
});

test.each([
  ['a name that another key holds', ['w-1', KEY], /w-1 is bound to the key/],
  ['a key that has another name', ['w-7', OTHER_KEY], /is bound to the name w-1/],
])('%s is left to a commit by hand', async (_what, args, message) => {
  const clone = await makeClone();
  const { stderr, exitCode } = await clone.run('accept', ...args);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(message);
  expect(await clone.git('status', '--porcelain')).toBe('');
});

test('a list with changes that are not committed is not touched', async () => {
  const clone = await makeClone();
  await writeFile(join(clone.directory, 'nodes.yaml'), `${NODES}# mine\n`);
  const { stderr, exitCode } = await clone.run('accept', 'w-7', KEY);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('admission.uncommitted');
  expect(await clone.read('nodes.yaml')).toBe(`${NODES}# mine\n`);
});

test('what would make the repository invalid is taken back, and said', async () => {
  const clone = await makeClone();
  const { stderr, exitCode } = await clone.run('accept', 'cp-1', KEY, '--cluster-ca', 'none');
  expect(exitCode).toBe(65);
  expect(stderr).toContain('cluster.yaml');
  expect(await clone.git('status', '--porcelain')).toBe('');
});

test("a hook of the user's that refuses the commit leaves everything as it was", async () => {
  const clone = await makeClone();
  const hook = join(clone.directory, '.git', 'hooks', 'pre-commit');
  await mkdir(join(clone.directory, '.git', 'hooks'), { recursive: true });
  await writeFile(hook, '#!/bin/sh\necho not today >&2\nexit 1\n');
  await chmod(hook, 0o755);
  const { stdout, stderr, exitCode } = await clone.run('accept', 'w-7', KEY);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toContain('not today');
  expect(stderr).toContain('admission.git-failed');
  expect(await clone.git('status', '--porcelain')).toBe('');
});

test('a remote that is ahead is told with what to do, and the commit is kept', async () => {
  const clone = await makeClone();
  await clone.repository.commit({ files: { 'README.md': 'x' } });
  const { stderr, exitCode } = await clone.run('accept', 'w-7', KEY);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('git pull --rebase');
  expect(await clone.git('log', '--format=%s', '-1')).toBe('Accept w-7');
});

test('accepting again pushes what could not be pushed, and says so', async () => {
  const clone = await makeClone();
  await clone.repository.commit({ files: { 'README.md': 'x' } });
  expect((await clone.run('accept', 'w-7', KEY)).stderr).toContain('admission.not-pushed');
  const again = await clone.run('accept', 'w-7', KEY);
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('admission.not-pushed') });
  const already = `w-7 was accepted already with ${KEY}`;
  expect(await clone.run('accept', 'w-7', KEY, '--no-push')).toMatchObject({
    exitCode: 0,
    stdout: `${already}, but the branch had 1 commit not pushed: push to make it count\n`,
  });
  await clone.git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'pull', '--quiet', '--rebase');
  expect(await clone.run('accept', 'w-7', KEY)).toMatchObject({
    exitCode: 0,
    stdout: `${already}, but the branch had 1 commit not pushed: pushed now\n`,
  });
  expect(await clone.repository.git(['log', '--format=%s', '-1', 'main'])).toBe('Accept w-7');
  expect((await clone.run('accept', 'w-7', KEY)).stdout).toBe(`${already}\n`);
});

test('commits that are not of the node list are not pushed by accepting again', async () => {
  const clone = await makeClone();
  await clone.git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--allow-empty', '-qm', 'mine');
  expect((await clone.run('accept', 'w-1', OTHER_KEY)).stdout).toBe(`w-1 was accepted already with ${OTHER_KEY}\n`);
  expect(await clone.repository.git(['log', '--format=%s', '-1', 'main'])).toBe('Change the cluster');
});

test('labels and taints of an entry that is there are left to a commit by hand', async () => {
  const clone = await makeClone();
  const flags = ['--label', 'disk=ssd', '--taint', 'gpu=1:NoSchedule'];
  expect((await clone.run('accept', 'w-7', KEY, ...flags)).exitCode).toBe(0);
  expect((await clone.run('accept', 'w-7', KEY, ...flags)).exitCode).toBe(0);
  for (const other of [
    ['w-7', KEY, '--label', 'disk=hdd'],
    ['w-7', KEY, '--taint', 'gpu=2:NoSchedule'],
    ['cp-1', `SHA256:${'c'.repeat(42)}A`, '--label', 'disk=ssd'],
  ]) {
    const { exitCode, stderr } = await clone.run('accept', ...other);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/admission.list-conflict.*labels and taints of .* by hand/s),
    ]);
  }
});

test('--no-push leaves the commit in the clone', async () => {
  const clone = await makeClone();
  const { stdout } = await clone.run('accept', 'w-7', KEY, '--no-push');
  expect(stdout).toContain('push the commit');
  expect(await clone.repository.git(['log', '--format=%s', '-1', 'main'])).toBe('Change the cluster');
});

test('a cluster that accepts connections and never answers does not keep a known key from being accepted', async () => {
  const clone = await makeClone();
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const server = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { certificate } = await createTestAuthority();
  const ca = Buffer.from(certificate).toString('base64');
  const kubeconfig = join(clone.root, 'kubeconfig');
  await writeFile(
    kubeconfig,
    `current-context: c
clusters: [{name: c, cluster: {server: "${server}", certificate-authority-data: ${ca}}}]
users: [{name: u, user: {token: t}}]
contexts: [{name: c, context: {cluster: c, user: u}}]
`,
  );
  const connected = once(silent, 'connection');
  expect((await clone.run('accept', 'w-7', KEY, '--kubeconfig', kubeconfig)).exitCode).toBe(0);
  await connected; // it was asked
});

test('without a fingerprint and without a cluster to ask nothing is accepted', async () => {
  const clone = await makeClone();
  const { stderr, exitCode } = await clone.run('accept', 'w-7');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('kube.kubeconfig-invalid');
});

test.each([
  [['accept', 'w-7', 'SHA256:short'], /fingerprint/],
  [['accept', 'W_7', KEY], /argument 'name'. Write lower-case letters, digits and hyphens/i],
  [['accept', 'w-7', KEY, '--label', 'foo bar=x'], /'--label .*Write a Kubernetes label key/i],
  [['accept', 'w-7', KEY, '--label', 'disk=s s d'], /'--label .*Write a Kubernetes label value/i],
  [['accept', 'w-7', KEY, '--taint', 'a b=1:NoSchedule'], /'--taint .*Write a Kubernetes label key/i],
  [['accept', 'w-7', KEY, '--label', 'x'], /key=value/],
  [['accept', 'w-7', KEY, '--taint', 'x:Never'], /NoSchedule/],
])('%j is a usage error', async (args, message) => {
  const clone = await makeClone();
  const { stderr, exitCode } = await clone.run(...args);
  expect(exitCode).toBe(64);
  expect(stderr).toMatch(message);
});

test.each([
  [['acept', 'w-3', KEY, '--label', 'disk=ssd'], "unknown command 'nodes acept'\n(Did you mean accept?)\n"],
  [['acept'], "unknown command 'nodes acept'\n(Did you mean accept?)\n"],
  [['frobnicate'], "unknown command 'nodes frobnicate'\n(kubic-init nodes --help"],
])('%j is told as an unknown command', async (args, message) => {
  const clone = await makeClone();
  const { stderr, exitCode } = await clone.run(...args);
  expect([exitCode, stderr]).toEqual([64, expect.stringContaining(message)]);
});

test('a directory that is no clone is told so, and what it lacks', async () => {
  const directory = await temporaryDirectory();
  const run = (...args: string[]) =>
    runCommand([process.execPath, MAIN, 'nodes', ...args, '--dir', directory], {
      check: false,
      env: { ...process.env, KUBECONFIG: '/dev/null/none' },
    });
  const empty = await run('accept', 'w-7', KEY);
  expect(empty.exitCode).toBe(1);
  expect(empty.stderr).toContain('it has no cluster.yaml [admission.not-a-clone]');
  await writeFile(join(directory, 'cluster.yaml'), CLUSTER);
  for (const args of [['accept', 'w-7', KEY], ['list']])
    expect((await run(...args)).stderr).toContain('it is in no Git work tree, `git init` makes one');
});

test('where git is not installed that is said, and not that there is no clone', async () => {
  const clone = await makeClone();
  const argv = [process.execPath, MAIN, 'nodes', 'accept', 'w-7', KEY, '--dir', clone.directory];
  const { stderr } = await runCommand(argv, { check: false, env: { ...process.env, PATH: '/nonexistent' } });
  expect(stderr).toContain('a program is not installed: git');
});

test('the list shows what the clone says where there is no cluster', async () => {
  const clone = await makeClone();
  const { stdout } = await clone.run();
  expect(stdout).toBe(
    `NAME  STATE     ROLE           KEY\ncp-1  accepted  control-plane  -\nw-1   accepted  worker         ${OTHER_KEY}\n`,
  );
});

test('identity prints the fingerprint of the key, and makes one only when told to', async () => {
  const directory = join(await temporaryDirectory(), 'state');
  const run = (...args: readonly string[]): Promise<CommandResult> =>
    runCommand([process.execPath, MAIN, 'identity', ...args, '--state-dir', directory], { check: false });
  expect(await run()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('admission.no-identity') });
  const { stdout } = await run('create');
  expect(stdout).toMatch(/^SHA256:[A-Za-z0-9+/]{43}\n$/);
  expect(await run()).toMatchObject({ exitCode: 0, stdout });
  expect(JSON.parse((await run('-o', 'json')).stdout)).toEqual({ fingerprint: stdout.trim() });
});
