import { type Agent, validateHeaderValue } from 'node:http';
import type { RequestOptions } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { KubeConfig } from '@kubernetes/client-node';
import { at } from '../../json/at.ts';
import type { Route } from '../route.ts';
import { type ChosenContext, chooseContext } from './choose-context.ts';
import { impersonationHeaders } from './impersonation-headers.ts';
import { invalidKubeconfig, type KubeconfigFields } from './kubeconfig-fields.ts';
import { type KubeconfigSelection, loadUserKubeconfig } from './load-user-kubeconfig.ts';
import { readUserCluster, type UserCluster, warningsOf } from './user-cluster.ts';
import { type CredentialOptions, readCredentials } from './user-credentials.ts';

/**
 * The way to the API server of a user's context, with the credentials that it has now: of any kubeconfig that kubectl takes. `KubeConfig` of
 * client-node makes request options of it, with the agent of a proxy; what it lacks beside kubectl is done before (docs/adr/0016).
 *
 * @throws KubicError kube.kubeconfig-invalid, kube.context-unknown, kube.credentials-failed, agent.aborted
 */
export async function loadUserRoute(selection: KubeconfigSelection, options: CredentialOptions): Promise<Route> {
  const context = chooseContext(await loadUserKubeconfig(selection), selection.context);
  const cluster = await readUserCluster(context, options.env);
  for (const warning of warningsOf(cluster)) options.warn(warning);
  const credentials = await readCredentials(context, cluster.ca, options);
  const ca = cluster.ca ?? publicCAs();
  const applied: RequestOptions = { ca, rejectUnauthorized: true };
  await (await toKubeConfig(cluster, credentials)).applyToHTTPSOptions(applied);
  const { cert, key, agent } = applied;
  return {
    server: cluster.server.href.replace(/\/$/, ''),
    ca,
    headers: headersOf(applied, context),
    rejectUnauthorized: !cluster.insecure,
    ...(Buffer.isBuffer(cert) && { cert }),
    ...(Buffer.isBuffer(key) && { key }),
    ...(cluster.servername !== undefined && { servername: cluster.servername }),
    ...(cluster.proxy !== undefined && agent && { agent: agent as Agent }),
  };
}

/** The CAs that this machine trusts, as kubectl trusts them where a cluster names none; Node's own where the machine has none. */
function publicCAs(): string[] {
  const ofMachine = getCACertificates('system');
  return ofMachine.length > 0 ? ofMachine : getCACertificates('default');
}

async function toKubeConfig(
  { server, insecure, servername, proxy }: UserCluster,
  user: KubeconfigFields,
): Promise<KubeConfig> {
  const { KubeConfig } = await import('./kube-config.ts');
  const cluster = {
    server: server.href,
    // it refuses http without
    'insecure-skip-tls-verify': insecure || server.protocol === 'http:',
    'tls-server-name': servername,
    'proxy-url': proxy,
  };
  const name = 'chosen';
  const config = new KubeConfig();
  config.loadFromString(
    JSON.stringify({
      clusters: [{ name, cluster }],
      users: [{ name, user }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    }),
  );
  return config;
}

function headersOf(
  { auth, headers }: RequestOptions,
  { user, userName }: ChosenContext,
): NonNullable<Route['headers']> {
  const where = `user ${userName}`;
  const authorization = at(headers, 'Authorization');
  const all: Record<string, string | readonly string[]> = {
    ...(auth && { authorization: `Basic ${Buffer.from(auth).toString('base64')}` }),
    ...(typeof authorization === 'string' && { authorization }),
    ...impersonationHeaders(user, where),
  };
  for (const [name, values] of Object.entries(all)) {
    for (const value of [values].flat()) requireHeader(name, value, where);
  }
  return all;
}

function requireHeader(name: string, value: string, where: string): void {
  try {
    validateHeaderValue(name, value);
  } catch {
    throw invalidKubeconfig(where, `has a character that may not be sent, for ${name}`);
  }
}
