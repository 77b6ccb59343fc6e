import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CommandResult, runCommand } from '../support/command.ts';
import { labScript } from '../support/provision.ts';

// `build --from-release` against a server of our own with the layout of the official one. The files are not programs:
// the step that fetches them runs none.
const commands = 'kubeadm kubelet kubectl kube-apiserver kube-controller-manager kube-scheduler kube-proxy'.split(' ');
const contentOf = (command: string): Buffer => Buffer.from(`the ${command} of a release\n`.repeat(50_000));
const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

let cache: string;
let server: Server;
let fault: (...request: Parameters<RequestListener>) => boolean;

beforeEach(async () => {
  cache = mkdtempSync(path.join(tmpdir(), 'kubic-release-'));
  fault = () => false;
  server = createServer((request, response) => {
    if (fault(request, response)) return;
    const [, command = '', sum] =
      /^\/release\/v1\.36\.3\/bin\/linux\/amd64\/([a-z-]+)(\.sha256)?$/.exec(request.url ?? '') ?? [];
    if (!commands.includes(command)) response.writeHead(404).end();
    else response.end(sum === undefined ? contentOf(command) : digestOf(contentOf(command)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(cache, { recursive: true });
});

function build(...args: readonly string[]): Promise<CommandResult> {
  return runCommand([labScript('build'), ...args, 'kubernetes'], { env: environment(), check: false });
}
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, KUBIC_LAB_CACHE: cache, K8S_VERSION: 'v1.36.3' });
const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/release`;
const kept = (): readonly string[] =>
  existsSync(`${cache}/share`) ? readdirSync(`${cache}/share`).filter((name) => name !== 'bin') : [];

test('release binaries are taken when their digests are right, and not fetched again', async () => {
  const first = await build('--from-release', base());
  expect(first).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('ready in') });
  for (const command of commands) {
    expect(digestOf(readFileSync(`${cache}/share/k8s-v1.36.3/${command}`))).toBe(digestOf(contentOf(command)));
  }
  expect(first.stderr).toMatch(
    /^\[1\/2] packages \(about \d+ s, \d+ s left in all\)\n\[2\/2] kubernetes \(about \d+ s, \d+ s left in all\)\n/,
  );
  expect(kept()).toEqual(['k8s-v1.36.3']);

  fault = () => expect.unreachable('nothing is asked of the server');
  expect(await build()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('lab: ready: ') });
});

test('a file whose digest differs is refused', async () => {
  fault = (request, response) =>
    request.url?.endsWith('/kube-apiserver') === true && !!response.end(contentOf('kube-proxy'));
  const { exitCode, stderr } = await build('--from-release', base());
  expect(exitCode).toBe(1);
  const [should, is] = [digestOf(contentOf('kube-apiserver')), digestOf(contentOf('kube-proxy'))];
  expect(stderr).toContain(`/kube-apiserver: refused: its SHA-256 is ${is}, but should be ${should}; nothing is kept`);
  expect(kept()).toEqual([]);
});

test('a file that ends early is refused, whether the server told its length or not', async () => {
  const half = contentOf('kubelet').subarray(0, 100_000);
  fault = (request, response) => {
    if (request.url?.endsWith('/kubelet') !== true) return false;
    response.writeHead(200, { 'content-length': contentOf('kubelet').length });
    response.write(half, () => response.destroy());
    return true;
  };
  const broken = await build('--from-release', base());
  expect(broken.stderr).toContain('/kubelet: the download failed or broke off; nothing is kept');
  expect(kept()).toEqual([]);

  fault = (request, response) => request.url?.endsWith('/kubelet') === true && !!response.end(half);
  const short = await build('--from-release', base());
  expect(short.stderr).toContain(`/kubelet: refused: its SHA-256 is ${digestOf(half)}`);
  expect(kept()).toEqual([]);
});

test('without a digest nothing is taken', async () => {
  fault = (request, response) => request.url?.endsWith('.sha256') === true && !!response.writeHead(404).end();
  expect((await build('--from-release', base())).stderr).toContain(
    '/kubeadm.sha256: no answer to verify by; nothing is kept',
  );
  fault = (request, response) => request.url?.endsWith('.sha256') === true && !!response.end('<html>sign in</html>');
  expect((await build('--from-release', base())).stderr).toContain(
    '/kubeadm.sha256: not a SHA-256 digest; nothing is kept',
  );
  expect(kept()).toEqual([]);
});

test('a refused release leaves what was there, and the next attempt takes the right files', async () => {
  expect((await build('--from-release', base())).exitCode).toBe(0);
  fault = (request, response) => request.url?.endsWith('/kubectl') === true && !!response.end('other');
  expect((await build('--from-release', base(), '--from', 'kubernetes')).exitCode).toBe(1);
  expect(digestOf(readFileSync(`${cache}/share/k8s-v1.36.3/kubectl`))).toBe(digestOf(contentOf('kubectl')));
  expect(kept()).toEqual(['k8s-v1.36.3']);
  fault = () => false;
  expect((await build('--from-release', base())).exitCode).toBe(0);
});

test('an interrupted build ends what it has started, and the next one resumes', async () => {
  const asked = Promise.withResolvers<void>();
  fault = (request) => {
    if (request.url?.endsWith('/kubelet') !== true) return false;
    asked.resolve(); // and never an answer
    return true;
  };
  const interrupted = spawn(labScript('build'), ['--from-release', base(), 'kubernetes'], {
    env: environment(),
    stdio: 'ignore',
  });
  const ended = once(interrupted, 'exit');
  expect(await Promise.race([asked.promise, ended])).toBeUndefined(); // it asked, and did not end before
  interrupted.kill('SIGTERM');
  await ended;
  expect(readdirSync(`${cache}/share`)).not.toContain('k8s-v1.36.3');

  fault = () => false;
  const { exitCode, stderr } = await build();
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toMatch(/^\[1\/1] kubernetes /);
  expect(kept()).toEqual(['k8s-v1.36.3']);
});

test('plain HTTP is for loopback only', async () => {
  const { exitCode, stderr } = await build('--from-release', 'http://192.0.2.1/release');
  expect(exitCode).toBe(1);
  expect(stderr).toContain("--from-release needs an https:// address, not 'http://192.0.2.1/release'");
});
