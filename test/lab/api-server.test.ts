import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import { type CommandResult, runCommand } from '../support/command.ts';

const cache = process.env.KUBIC_LAB_CACHE ?? `${process.env.HOME}/.cache/kubic-init/lab`;
const kubectlPath = `${cache}/share/k8s-${process.env.K8S_VERSION ?? 'v1.36.3'}/kubectl`;

function kubectl({ kubeconfig }: ApiServer, argv: readonly string[], input?: string): Promise<CommandResult> {
  return runCommand([kubectlPath, '--kubeconfig', kubeconfig, ...argv], input === undefined ? {} : { input });
}

test('an API server signs certificates, and keeps its data and address over a restart with other flags', async () => {
  await using server = await startApiServer();
  await kubectl(server, ['create', 'namespace', 'kept']);
  const key = await runCommand([
    'openssl',
    'req',
    '-new',
    '-newkey',
    'ed25519',
    '-nodes',
    '-keyout',
    '/dev/null',
    '-subj',
    '/CN=x',
  ]);
  const csr = {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name: 'x' },
    spec: {
      signerName: 'kubernetes.io/kube-apiserver-client',
      usages: ['client auth'],
      request: Buffer.from(key.stdout).toString('base64'),
    },
  };
  await kubectl(server, ['create', '-f', '-'], JSON.stringify(csr));
  await kubectl(server, ['certificate', 'approve', 'x']);
  await kubectl(server, ['wait', 'csr/x', '--for=jsonpath={.status.certificate}', '--timeout=10s']);

  const config = path.join(server.dir, 'authorization.yaml');
  writeFileSync(
    config,
    'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers: [{type: Node, name: node}, {type: RBAC, name: rbac}]\n',
  );
  await server.restart([`--authorization-config=${config}`]);
  expect((await kubectl(server, ['get', 'namespace', 'kept', '-o', 'name'])).stdout).toBe('namespace/kept\n');

  await expect(server.restart(['--no-such-flag=1'])).rejects.toThrow(
    /kube-apiserver did not become ready: .*no-such-flag/,
  );
  await server.up([`--authorization-config=${config}`]);
  await kubectl(server, ['get', 'namespace', 'kept']);
});

test('it ends with its process, and leaves nothing', async () => {
  const script = `
    import { startApiServer } from '${new URL('../support/api-server.ts', import.meta.url).href}';
    console.log((await startApiServer({ controllers: false })).dir);
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const dir = await new Promise<string>((resolve) =>
    other.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  const processes = async (): Promise<string> => (await runCommand(['pgrep', '-f', dir], { check: false })).stdout;
  expect((await processes()).trim().split('\n').length).toBeGreaterThanOrEqual(3);
  other.kill('SIGKILL');
  await expect.poll(processes, { timeout: 60_000 }).toBe('');
  await expect.poll(() => existsSync(dir), { timeout: 30_000 }).toBe(false);
});
