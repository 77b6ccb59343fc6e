import { type Agent, Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';
import { KubicError } from '../errors/kubic-error.ts';

/** How an API server is reached, whom to trust there, and what says who we are. */
export interface Route {
  /** Without a slash at the end; `http:` for a proxy on this machine, that adds the credentials. */
  readonly server: string;
  readonly ca: string | Buffer | readonly string[];
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  readonly token?: string;
  readonly servername?: string;
  /** With every request: credentials in other forms, or as whom to act. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** False: whoever answers is believed. Default: true. */
  readonly rejectUnauthorized?: boolean;
  /** Makes the connections, through a proxy; with the same trust and certificates. */
  readonly agent?: Agent;
}

export interface OpenRoute {
  readonly request: typeof requestHttp;
  readonly defaultPort: number;
  /** Keeps connections alive, but through a proxy. */
  readonly pool: Agent;
  /** A connection for each stream. */
  readonly streams: Agent;
}

/**
 * The agents of a route: one keeps at most `maxConnections`.
 *
 * @throws KubicError kube.kubeconfig-invalid where its certificates or its key are none
 */
export function openRoute(route: Route, maxConnections: number): OpenRoute {
  const kept = { keepAlive: true, maxSockets: maxConnections, maxFreeSockets: maxConnections };
  if (route.server.startsWith('http:')) {
    const { agent = new HttpAgent(kept) } = route;
    return { request: requestHttp, defaultPort: 80, pool: agent, streams: route.agent ?? new HttpAgent() };
  }
  // said outright: left out, NODE_TLS_REJECT_UNAUTHORIZED in the environment decides
  const tls = {
    secureContext: readSecureContext(route),
    rejectUnauthorized: route.rejectUnauthorized ?? true,
    ...(route.servername && { servername: route.servername }),
  };
  const { agent } = route;
  return {
    request: requestHttps,
    defaultPort: 443,
    pool: agent ?? new HttpsAgent({ ...tls, ...kept }),
    streams: agent ?? new HttpsAgent({ ...tls, keepAlive: false }),
  };
}

/** One context for all connections: with the PEM texts among its options, the agent would compare them at each request. */
function readSecureContext({ server, ca, cert, key }: Route): SecureContext {
  const authorities = typeof ca === 'string' || Buffer.isBuffer(ca) ? ca : [...ca];
  try {
    return createSecureContext({ ca: authorities, cert, key, minVersion: 'TLSv1.2' });
  } catch (cause) {
    const detail = `for ${server}: the CA, the certificate or its key is none, or they do not belong together`;
    throw new KubicError('kube.kubeconfig-invalid', { detail, cause });
  }
}
