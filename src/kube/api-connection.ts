import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { KubicError } from '../errors/kubic-error.ts';
import { type OpenRoute, openRoute, type Route } from './route.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With query, as it goes over the wire. */
  readonly path: string;
  readonly body?: string | Buffer | undefined;
  readonly contentType?: string;
  /** What form of the answer is asked for. Default: JSON. */
  readonly accept?: string;
  /** Default 30 000. */
  readonly timeoutMs?: number;
  /** Default 64 MiB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
  /** False: an answer that asks to come back later is handed on. */
  readonly patient?: boolean;
}

export interface ApiResponse {
  readonly status: number;
  readonly retryAfterSeconds?: number;
  readonly body: Buffer;
}

/** One pool of keep-alive connections to one API server. */
export interface ApiConnection {
  /** @throws KubicError kube.unreachable, kube.untrusted, kube.timeout, kube.too-large, agent.aborted */
  readonly send: (request: ApiRequest) => Promise<ApiResponse>;
  /** Opens a stream on a connection of its own; the caller destroys it. */
  readonly open: (request: ApiRequest) => Promise<IncomingMessage>;
  readonly close: () => void;
}

const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** A connection to an API server over a route, with a pool of at most `maxConnections`; streams have connections of their own. */
export function createApiConnection(route: Route, maxConnections: number): ApiConnection {
  const { hostname, port, pathname } = new URL(route.server);
  const { pool, streams, request, defaultPort } = openRoute(route, maxConnections);
  const connect = (req: ApiRequest, agent: Agent): Promise<IncomingMessage> => {
    const options = {
      agent,
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port: port || defaultPort,
      method: req.method,
      path: `${pathname === '/' ? '' : pathname}${req.path}`,
      headers: {
        accept: req.accept ?? 'application/json',
        'user-agent': 'kubic-init',
        ...(route.token && { authorization: `Bearer ${route.token}` }),
        ...route.headers,
        ...(req.body !== undefined && {
          'content-type': req.contentType ?? 'application/json',
          'content-length': Buffer.byteLength(req.body),
        }),
      },
    };
    // Node sends headers as Latin-1, but with a text for a body both as UTF-8: what is in ours is encoded already
    const body = route.headers && req.body !== undefined ? Buffer.from(req.body) : req.body;
    return openResponse(request, options, { ...req, body });
  };
  return {
    send: async (req) => {
      const response = await connect(req, pool);
      return { status: response.statusCode ?? 0, ...retryAfter(response), body: await readBody(response, req) };
    },
    open: (req) => connect(req, streams),
    close: () => {
      pool.destroy();
      streams.destroy();
    },
  };
}

/** Resolves at the headers; the time limit and the signal go on until the body has ended. */
function openResponse(
  request: OpenRoute['request'],
  options: RequestOptions,
  req: ApiRequest,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (req.signal?.aborted) return reject(new KubicError('agent.aborted', { detail: describe(req) }));
    const message = request(options);
    const where = `${options.hostname}:${options.port}`;
    let answer: IncomingMessage | undefined;
    // once there is an answer it is the one to end: it would only say that the connection broke
    const stop = (code: 'kube.timeout' | 'agent.aborted'): void =>
      void (answer ?? message).destroy(new KubicError(code, { detail: describe(req) }));
    const timer = setTimeout(() => stop('kube.timeout'), req.timeoutMs ?? TIMEOUT_MS);
    const onAbort = (): void => stop('agent.aborted');
    req.signal?.addEventListener('abort', onAbort, { once: true });
    message.once('close', () => {
      clearTimeout(timer);
      req.signal?.removeEventListener('abort', onAbort);
    });
    message.on('error', (cause) => reject(toKubicError(cause, where, message.reusedSocket)));
    message.once('response', (response) => {
      answer = response;
      resolve(response);
    });
    message.end(req.body);
  });
}

function readBody(response: IncomingMessage, req: ApiRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > (req.maxBytes ?? MAX_BYTES)) {
        response.destroy(new KubicError('kube.too-large', { detail: describe(req) }));
      }
    });
    response.once('end', () => resolve(Buffer.concat(chunks)));
    response.once('error', (cause) => reject(toKubicError(cause, describe(req), false)));
  });
}

function describe(req: ApiRequest): string {
  return `${req.method} ${req.path.split('?')[0]}`;
}

function retryAfter(response: IncomingMessage): { retryAfterSeconds?: number } {
  const seconds = Number(response.headers['retry-after']);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: seconds } : {};
}

/** A connection that the server had closed while it lay idle: the request never reached it, so it may be sent again. */
export class StaleConnection extends Error {}

function toKubicError(cause: Error, where: string, reused: boolean): Error {
  if (cause instanceof KubicError) return cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (reused && (code === 'ECONNRESET' || code === 'EPIPE')) return new StaleConnection(code, { cause });
  const detail = `${where} (${code || cause.message})`;
  const untrusted = /CERT|SELF_SIGNED|ERR_TLS_|UNABLE_TO_/.test(code);
  return new KubicError(untrusted ? 'kube.untrusted' : 'kube.unreachable', { detail, cause });
}
