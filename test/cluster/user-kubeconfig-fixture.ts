import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { inject, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { connectKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeconfigSelection } from '../../src/kube/user/load-user-kubeconfig.ts';
import { loadUserRoute } from '../../src/kube/user/load-user-route.ts';
import { runCommand } from '../support/command.ts';
import { KUBECTL } from './addons-harness.ts';

type Fields = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** What the administrator's kubeconfig of the shared API server holds. */
export async function adminEntries(): Promise<{ server: string; cluster: Fields; user: Fields }> {
  const text = await readFile(inject('kubeconfig'), 'utf8');
  const config = parse(text) as { clusters: { cluster: Fields }[]; users: { user: Fields }[] };
  const { cluster = {} } = config.clusters[0] ?? {};
  return { server: String(cluster.server), cluster, user: config.users[0]?.user ?? {} };
}

export interface Identity {
  readonly username: string;
  readonly groups: readonly string[];
}

/** As whom the API server sees us by a kubeconfig. */
export async function ourIdentity(
  selection: KubeconfigSelection,
  { env = process.env, warn = () => {}, timeoutMs = 20_000 }: OurOptions = {},
): Promise<Identity> {
  const client = await connectKubeClient(() => loadUserRoute(selection, { env, warn, timeoutMs }));
  try {
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    return identityOf(await client.request({ method: 'POST', path, body: review }));
  } finally {
    client.close();
  }
}

interface OurOptions {
  readonly env?: Environment;
  readonly warn?: (text: string) => void;
  readonly timeoutMs?: number;
}

/** The same by kubectl; undefined where it does not take the kubeconfig, or the API server does not take it. */
export async function identityByKubectl(
  { files, mustExist, context }: KubeconfigSelection,
  env: Environment = process.env,
): Promise<Identity | undefined> {
  const named = mustExist ? ['--kubeconfig', files[0] ?? ''] : [];
  const chosen = context === undefined ? [] : ['--context', context];
  const argv = [KUBECTL, ...named, ...chosen, 'auth', 'whoami', '-o', 'json'];
  const { exitCode, stdout } = await runCommand(argv, {
    check: false,
    env: { ...env, ...(!mustExist && { KUBECONFIG: files.join(':') }) },
  });
  return exitCode === 0 ? identityOf(JSON.parse(stdout)) : undefined;
}

function identityOf(review: unknown): Identity {
  const { username, groups } = (review as { status: { userInfo: Identity } }).status.userInfo;
  return { username, groups };
}

/** A token of a new ServiceAccount, whose user is `system:serviceaccount:default:NAME`. */
export async function tokenOf(name: string): Promise<string> {
  const kubectl = [KUBECTL, '--kubeconfig', inject('kubeconfig')];
  await runCommand([...kubectl, 'create', 'serviceaccount', name], { check: false });
  onTestFinished(() => runCommand([...kubectl, 'delete', 'serviceaccount', name]).then(() => {}));
  return (await runCommand([...kubectl, 'create', 'token', name])).stdout.trim();
}

/** A proxy that knows CONNECT, and what it was asked for. */
export async function startProxy(): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const proxy = createServer((_, response) => void response.writeHead(405).end());
  proxy.on('connect', (request, socket) => {
    asked.push(`${request.headers['proxy-authorization'] ?? 'nobody'} ${request.url}`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  return { url: await listen(proxy), asked };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
