import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { KubicError } from '../errors/kubic-error.ts';
import { at, isMapping, listAt, textAt } from '../json/at.ts';

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

/** An entry of a kubeconfig, as it stands there. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Loads the current context of a machine's kubeconfig. One that would run a program (CVE-2022-24817 in another GitOps tool), skip
 * the check of the server's certificate or go through a proxy is refused: no agent needs such a one. An administrator's kubeconfig, which
 * may do all of that, is read by `loadUserRoute`.
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
    const missing = isMapping(cause) && typeof cause.code === 'string';
    throw new KubicError('kube.kubeconfig-invalid', missing ? { detail: name, cause } : { detail: name });
  }
}

async function parseContext(text: string): Promise<{ cluster: Fields; user: Fields }> {
  const { parse } = await import('yaml');
  const config: unknown = parse(text, { maxAliasCount: 0 });
  const context = entryOf(config, 'contexts', 'context', textAt(config, 'current-context'));
  const cluster = entryOf(config, 'clusters', 'cluster', textAt(context, 'cluster'));
  const user = entryOf(config, 'users', 'user', textAt(context, 'user'));
  if (!cluster || !user || textAt(cluster, 'server') === undefined) throw new Error('incomplete');
  return { cluster, user };
}

function entryOf(config: unknown, list: string, key: string, name: string | undefined): Fields | undefined {
  const named = listAt(config, list).find((item) => name !== undefined && textAt(item, 'name') === name);
  const entry = at(named, key) ?? {}; // a user of whom nothing is said is nobody in particular
  return named !== undefined && isMapping(entry) ? entry : undefined;
}

function refuse(cluster: Fields, user: Fields, name: string): void {
  const unwanted =
    ['exec', 'auth-provider', 'as', 'as-uid', 'as-groups', 'as-user-extra'].find((key) => user[key]) ??
    ['insecure-skip-tls-verify', 'proxy-url'].find((key) => cluster[key]) ??
    (textAt(cluster, 'server')?.startsWith('https://') ? undefined : 'a server without https');
  if (unwanted) throw new KubicError('kube.kubeconfig-refused', { detail: `${name}: ${unwanted}` });
}

async function toEndpoint(cluster: Fields, user: Fields, source: KubeconfigSource): Promise<Endpoint> {
  const load = async (fields: Fields, key: string): Promise<Buffer | undefined> => {
    const data = textAt(fields, `${key}-data`);
    if (data) return Buffer.from(data, 'base64');
    const file = textAt(fields, key);
    return file ? readFile(locate(file, source)) : undefined;
  };
  const ca = await load(cluster, 'certificate-authority');
  const cert = await load(user, 'client-certificate');
  const key = await load(user, 'client-key');
  // without a CA of its own, Node would trust every public one
  if (!ca) throw new Error('no certificate-authority');
  const token = textAt(user, 'token')?.trim();
  const servername = textAt(cluster, 'tls-server-name');
  return {
    server: (textAt(cluster, 'server') ?? '').replace(/\/$/, ''),
    ca,
    ...(cert && { cert }),
    ...(key && { key }),
    ...(token && { token }),
    ...(servername && { servername }),
  };
}

/** A path in a kubeconfig, relative to the kubeconfig that names it, as kubectl takes it. */
function locate(file: string, source: KubeconfigSource): string {
  return 'path' in source ? resolve(dirname(source.path), file) : file;
}
