import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { asForKubectl } from '../../src/cli/nodes/as-for-kubectl.ts';
import type { ErrorCode } from '../../src/errors/catalogue.ts';
import { kubeErrors } from '../../src/errors/codes/kube-errors.ts';
import { KubicError } from '../../src/errors/kubic-error.ts';
import { directoryWith, kubeconfigOf } from '../kube/user/user-kubeconfig-files.ts';
import { runCommand } from '../support/command.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const CLUSTER = { server: 'https://127.0.0.1:1' };
const EXEC = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: './plugin' };

const environment = (directory: string, KUBECONFIG = '') => ({ ...process.env, HOME: directory, KUBECONFIG });

test('Ctrl-C ends a credential plugin that hangs, and says so', async () => {
  const directory = await directoryWith({
    config: kubeconfigOf(CLUSTER, { exec: EXEC }),
    plugin:
      '#!/bin/sh\ncd "$(dirname "$0")"\ntrap "echo x > ended; exit 1" TERM\necho x > begun\nwhile :; do sleep 0.1; done\n',
  });
  const args = [MAIN, 'nodes', 'pending', '--kubeconfig', join(directory, 'config')];
  const child = spawn(process.execPath, args, { env: environment(directory), stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await expect.poll(() => existsSync(join(directory, 'begun')), { timeout: 20_000 }).toBe(true);
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).not.toBe(0);
  expect(said).toMatch(/agent\.aborted/);
  await expect.poll(() => existsSync(join(directory, 'ended')), { timeout: 5_000 }).toBe(true);
});

test('what a credential plugin says to the user is seen as it stands, and nothing of what it prints', async () => {
  const directory = await directoryWith({
    config: kubeconfigOf(CLUSTER, { exec: EXEC }),
    plugin: '#!/bin/sh\necho "please log in" >&2\necho hunter2\n',
  });
  const argv = [process.execPath, MAIN, 'nodes', 'list', '--kubeconfig', join(directory, 'config')];
  const { stdout, stderr, exitCode } = await runCommand(argv, { check: false, env: environment(directory) });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^please log in\nerror: .*plugin printed no ExecCredential.*\[kube\.credentials-failed\]\nTry: .*kubectl/,
  );
  expect(stdout + stderr).not.toContain('hunter2');
});

test.each([
  [['--context', 'prodution'], /no such context: prodution \[kube\.context-unknown\]\nTry: Did you mean production\?/],
  [['--context', 'x'], /Try: Give --context; there are staging, production\./],
  [[], /no context is current/],
])('a context that is not there is told with those that are: %j', async (args, message) => {
  const contexts = ['staging', 'production'].map((name) => ({ name, context: { cluster: 'k', user: '' } }));
  const directory = await directoryWith({ a: { contexts }, b: { clusters: [{ name: 'k', cluster: CLUSTER }] } });
  const argv = [process.execPath, MAIN, 'nodes', 'pending', ...args];
  const env = environment(directory, `${join(directory, 'a')}:${join(directory, 'b')}`);
  const { stderr, exitCode } = await runCommand(argv, { check: false, env });
  expect(stderr).toMatch(message);
  expect(exitCode).toBe(1);
});

test('a kubeconfig that is named and missing, and a KUBECONFIG of files that are all missing, are told', async () => {
  const directory = await directoryWith({});
  const run = (args: readonly string[], kubeconfig: string) =>
    runCommand([process.execPath, MAIN, 'nodes', 'pending', ...args], {
      check: false,
      env: environment(directory, kubeconfig),
    });
  const missing = join(directory, 'missing');
  expect((await run(['--kubeconfig', missing], '')).stderr).toContain(
    `${missing}: no such file [kube.kubeconfig-invalid]`,
  );
  expect((await run([], `${missing}:${missing}2`)).stderr).toContain(': no such files [kube.kubeconfig-invalid]');
  expect((await run(['--context', 'x'], '')).stderr).toMatch(/kube\.(kubeconfig-invalid|context-unknown)/);
});

test('an API server that does not answer is told with what can be done at a laptop', async () => {
  const directory = await directoryWith({ config: kubeconfigOf(CLUSTER, { token: 't' }) });
  const argv = [process.execPath, MAIN, 'nodes', 'pending', '--kubeconfig', join(directory, 'config')];
  const { stderr, exitCode } = await runCommand(argv, { check: false, env: environment(directory) });
  expect(stderr).toMatch(
    /^error: the API server does not answer: 127\.0\.0\.1:1 .*\[kube\.unreachable\]\nTry: Run `kubectl get nodes`/,
  );
  expect(exitCode).toBe(75);
});

test('no hint at a laptop speaks of syncs, and what an occurrence says of itself stays', () => {
  const codes = Object.keys(kubeErrors) as ErrorCode[];
  for (const code of codes) {
    const error = asForKubectl(new KubicError(code, { detail: 'd', facts: { status: 1 } })) as KubicError;
    expect(error.hint, code).not.toMatch(/sync|kubic-init status|dependsOn/);
    expect(error).toMatchObject({ code, message: expect.stringMatching(/: d$/), facts: { status: 1 } });
  }
  const own = new KubicError('kube.forbidden', { hint: 'Ask Ada.' });
  expect(asForKubectl(own)).toBe(own);
});
