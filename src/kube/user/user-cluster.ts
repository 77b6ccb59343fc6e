import { readFile } from 'node:fs/promises';
import { isMapping } from '../../json/at.ts';
import type { ChosenContext } from './choose-context.ts';
import { isLoopback, proxyOfEnvironment } from './environment-proxy.ts';
import { invalidKubeconfig, type KubeconfigFields, textField } from './kubeconfig-fields.ts';

/** The cluster of a context: where it is, whom to trust there, and through what it is reached. */
export interface UserCluster {
  readonly server: URL;
  /** PEM. Without one, the public CAs of this machine are trusted. */
  readonly ca: Buffer | undefined;
  readonly insecure: boolean;
  readonly servername: string | undefined;
  readonly proxy: string | undefined;
}

/** Schemes of proxies that kubectl goes through. */
const PROXIES = ['http:', 'https:', 'socks5:', 'socks5h:'];

/** @throws KubicError kube.kubeconfig-invalid */
export async function readUserCluster(
  { name, cluster }: Pick<ChosenContext, 'name' | 'cluster'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<UserCluster> {
  const where = `the cluster of context ${name}`;
  const ca = await readPem(cluster, 'certificate-authority', where);
  const insecure = cluster['insecure-skip-tls-verify'] === true;
  if (insecure && ca) throw invalidKubeconfig(where, 'has both certificate-authority and insecure-skip-tls-verify');
  const text = textField(cluster, 'server', where);
  if (text === undefined) throw invalidKubeconfig(where, 'has no server');
  // as client-go takes an address without a scheme (rest.DefaultServerURL)
  const server = URL.parse(text.includes('://') ? text : `${ca || insecure ? 'https' : 'http'}://${text}`);
  if (server?.protocol !== 'https:' && server?.protocol !== 'http:') {
    throw invalidKubeconfig(where, 'server is no http(s) URL');
  }
  const proxy = textField(cluster, 'proxy-url', where) ?? proxyOfEnvironment(server, env);
  if (proxy !== undefined && !PROXIES.includes(URL.parse(proxy)?.protocol ?? '')) {
    throw invalidKubeconfig(where, 'is behind a proxy whose URL is none of http, https, socks5');
  }
  return { server, ca, insecure, servername: textField(cluster, 'tls-server-name', where), proxy };
}

/** What kubectl takes without a word, and an administrator should know. */
export function warningsOf({ server, insecure }: UserCluster): readonly string[] {
  const { host, hostname, protocol } = server;
  if (protocol === 'http:')
    return isLoopback(hostname) ? [] : [`whoever is on the way to ${host} reads along: it is http`];
  return insecure ? [`nobody checks who answers at ${host}: insecure-skip-tls-verify`] : [];
}

/** What `KEY-data` holds, or the file that KEY names. @throws KubicError kube.kubeconfig-invalid, also where there are both, as kubectl refuses it */
export async function readPem(fields: KubeconfigFields, key: string, where: string): Promise<Buffer | undefined> {
  const data = textField(fields, `${key}-data`, where);
  const file = textField(fields, key, where);
  if (data !== undefined && file !== undefined) throw invalidKubeconfig(where, `has both ${key}-data and ${key}`);
  if (data !== undefined) return Buffer.from(data, 'base64');
  return file === undefined ? undefined : readNamedFile(file, key, where);
}

/** A file that a kubeconfig names. @throws KubicError kube.kubeconfig-invalid */
export async function readNamedFile(file: string, key: string, where: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = isMapping(error) && typeof error.code === 'string' ? error.code : 'unknown error';
    throw invalidKubeconfig(where, `${key} ${file} cannot be read (${code})`);
  }
}
