import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Cluster, User } from '@kubernetes/client-node';
import { KubicError } from '../errors/kubic-error.ts';
import { isRecord, textAt } from '../json/record.ts';

/** Where an API server is, whom to trust there, and who we are. */
export interface Endpoint {
  /** Without a slash at the end. */
  readonly server: string;
  readonly ca: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly token?: string;
  readonly servername?: string;
}

export type KubeconfigSource = { readonly path: string } | { readonly text: string };

/**
 * Loads the current context of a kubeconfig. One that would run a program (CVE-2022-24817 in another GitOps tool), skip
 * the check of the server's certificate or go through a proxy is refused: kubic-init never needs such a one.
 *
 * The entries are parsed by @kubernetes/client-node; its KubeConfig class is not used, as importing that alone costs 80 MB.
 *
 * @throws KubicError kube.kubeconfig-invalid, kube.kubeconfig-refused
 */
export async function loadKubeconfig(source: KubeconfigSource): Promise<Endpoint> {
  const name = 'path' in source ? source.path : 'kubeconfig';
  try {
    const text = 'path' in source ? await readFile(source.path, 'utf8') : source.text;
    const { cluster, user } = await parseContext(text);
    refuse(cluster, user, name);
    return await toEndpoint(cluster, user, source);
  } catch (cause) {
    if (cause instanceof KubicError) throw cause;
    // the cause may quote the file, and the file holds a key: only a missing file's error is passed on
    const missing = isRecord(cause) && typeof cause.code === 'string';
    throw new KubicError('kube.kubeconfig-invalid', missing ? { detail: name, cause } : { detail: name });
  }
}

async function parseContext(text: string): Promise<{ cluster: Cluster; user: User }> {
  const [{ parse }, { newClusters, newContexts, newUsers }] = await Promise.all([
    import('yaml'),
    import('@kubernetes/client-node/dist/config_types.js'),
  ]);
  const config: unknown = parse(text, { maxAliasCount: 0 });
  if (!isRecord(config)) throw new Error('not a mapping');
  const current = textAt(config, 'current-context');
  const context = newContexts(config.contexts).find((c) => c.name === current);
  const cluster = newClusters(config.clusters).find((c) => c.name === context?.cluster);
  const user = newUsers(config.users).find((u) => u.name === context?.user);
  if (!cluster || !user) throw new Error('incomplete');
  return { cluster, user };
}

function refuse(cluster: Cluster, user: User, name: string): void {
  const unwanted = [
    user.exec && 'exec',
    user.authProvider && 'auth-provider',
    user.impersonateUser && 'as',
    cluster.skipTLSVerify && 'insecure-skip-tls-verify',
    cluster.proxyUrl && 'proxy-url',
    !cluster.server.startsWith('https://') && 'a server without https',
  ].find(Boolean);
  if (unwanted) throw new KubicError('kube.kubeconfig-refused', { detail: `${name}: ${unwanted}` });
}

async function toEndpoint(cluster: Cluster, user: User, source: KubeconfigSource): Promise<Endpoint> {
  const load = async (data: string | undefined, file: string | undefined): Promise<Buffer | undefined> => {
    if (data) return Buffer.from(data, 'base64');
    return file ? readFile(locate(file, source)) : undefined;
  };
  const ca = await load(cluster.caData, cluster.caFile);
  const cert = await load(user.certData, user.certFile);
  const key = await load(user.keyData, user.keyFile);
  // without a CA of its own, Node would trust every public one
  if (!ca) throw new Error('no certificate-authority');
  return {
    server: cluster.server,
    ca,
    ...(cert && { cert }),
    ...(key && { key }),
    ...(user.token && { token: user.token.trim() }),
    ...(cluster.tlsServerName && { servername: cluster.tlsServerName }),
  };
}

/** As kubectl does: a path is relative to the kubeconfig that names it. */
function locate(file: string, source: KubeconfigSource): string {
  return 'path' in source ? resolve(dirname(source.path), file) : file;
}
