import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { GitHttpRequest, GitHttpResponse } from 'isomorphic-git';
import { KubicError } from '../../errors/kubic-error.ts';
import type { Credentials } from '../repository.ts';
import { classifyHttpError, classifyStatus, redirectTarget } from './http-errors.ts';
import { divertPack } from './side-band.ts';
import { readSmartBody } from './smart-body.ts';

export interface HttpLimits {
  /** Of one answer. */
  readonly maxBytes: number;
  /** Longest silence on a connection. */
  readonly idleMs: number;
  /** For all requests of a client together. */
  readonly totalMs: number;
}

export interface HttpClientOptions {
  readonly credentials?: Credentials | undefined;
  /** PEM; trusted instead of the usual authorities. */
  readonly ca?: string | undefined;
  readonly limits: HttpLimits;
  readonly signal?: AbortSignal | undefined;
  /** Takes the pack of an answer, piece by piece, away from isomorphic-git. */
  readonly onPack?: ((data: Uint8Array) => Promise<void>) | undefined;
}

/** The `http` object isomorphic-git asks for, for one sync. */
export interface HttpClient {
  request(request: GitHttpRequest): Promise<GitHttpResponse>;
  /** Sent so far, redirects included. */
  readonly requests: number;
  /** What went wrong first: isomorphic-git swallows some errors of a body, so ask here after each call. */
  readonly failure: KubicError | undefined;
  close(): void;
}

const MAX_REDIRECTS = 3;

/**
 * HTTP over node:http(s) with keep-alive, bounded in bytes and time. Credentials go out with the first request, so that
 * nothing is asked twice, and only ever to the origin of the URL that was asked for.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const state: State = {
    options,
    agents: {
      'http:': new HttpAgent({ keepAlive: true }),
      'https:': new HttpsAgent({
        keepAlive: true,
        // said outright: left out, NODE_TLS_REJECT_UNAUTHORIZED and NODE_OPTIONS in the environment decide
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ...(options.ca ? { ca: options.ca } : {}),
      }),
    },
    deadline: AbortSignal.timeout(options.limits.totalMs),
    requests: 0,
    failure: undefined,
  };
  return {
    request: (request) => recordFailure(state, () => send(state, request)),
    get requests() {
      return state.requests;
    },
    get failure() {
      return state.failure;
    },
    close: () => {
      for (const agent of Object.values(state.agents)) agent.destroy();
    },
  };
}

interface State {
  readonly options: HttpClientOptions;
  readonly agents: { readonly 'http:': HttpAgent; readonly 'https:': HttpsAgent };
  readonly deadline: AbortSignal;
  requests: number;
  failure: KubicError | undefined;
}

async function recordFailure<T>(state: State, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw recordError(state, error);
  }
}

function recordError(state: State, error: unknown): KubicError {
  const { signal } = state.options;
  const failure = classifyHttpError(error, { aborted: signal?.aborted === true, late: state.deadline.aborted });
  state.failure ??= failure;
  return failure;
}

async function send(
  state: State,
  { url, method = 'GET', headers = {}, body }: GitHttpRequest,
): Promise<GitHttpResponse> {
  const payload = await collectPayload(body);
  let target = new URL(url);
  for (let hop = 0; ; hop += 1) {
    const response = await exchange(state, target, method, headers, payload);
    const next = redirectTarget(response, target);
    if (next === undefined) return toGitResponse(state, response, target, method);
    response.destroy();
    if (hop === MAX_REDIRECTS) throw new KubicError('source.redirected', { detail: 'it redirects again and again' });
    target = next;
  }
}

function toGitResponse(state: State, response: IncomingMessage, target: URL, method: string): GitHttpResponse {
  const status = response.statusCode ?? 0;
  const refusal = classifyStatus(status, target);
  if (refusal !== undefined) {
    response.destroy();
    throw refusal;
  }
  return {
    url: target.href,
    method,
    statusCode: status,
    statusMessage: response.statusMessage ?? '',
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
    body: recordBody(state, readAnswer(state, response)),
  };
}

function readAnswer({ options }: State, response: IncomingMessage): AsyncGenerator<Uint8Array, void> {
  const body = readSmartBody(response, options.limits.maxBytes);
  const hasPack = response.headers['content-type'] === 'application/x-git-upload-pack-result';
  return options.onPack !== undefined && hasPack ? divertPack(body, options.onPack) : body;
}

async function* recordBody(state: State, body: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  try {
    yield* body;
  } catch (error) {
    throw recordError(state, error);
  }
}

function exchange(
  state: State,
  target: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
  payload: Buffer | undefined,
): Promise<IncomingMessage> {
  const { signal, limits, credentials } = state.options;
  const secure = target.protocol === 'https:';
  const prepared = {
    method,
    agent: secure ? state.agents['https:'] : state.agents['http:'],
    signal: signal ? AbortSignal.any([signal, state.deadline]) : state.deadline,
    headers: {
      'user-agent': 'git/kubic-init',
      ...headers,
      ...(payload ? { 'content-length': payload.length } : {}),
      ...(credentials ? { authorization: formatAuthorization(credentials) } : {}),
    },
  };
  state.requests += 1;
  return new Promise((resolve, reject) => {
    const request = secure ? httpsRequest(target, prepared) : httpRequest(target, prepared);
    let answer: IncomingMessage | undefined;
    request.setTimeout(limits.idleMs, () => {
      const detail = `${target.host} was silent for ${Math.round(limits.idleMs / 1000)} s`;
      // once there is an answer it is the one to end: it would only say that the connection broke
      (answer ?? request).destroy(new KubicError(answer ? 'source.too-slow' : 'source.unreachable', { detail }));
    });
    request.once('response', (response) => {
      answer = response;
      resolve(response);
    });
    request.on('error', reject); // after the answer has begun its body carries the error
    request.end(payload);
  });
}

function formatAuthorization(credentials: Credentials): string {
  if (credentials.type === 'token') return `Bearer ${credentials.token}`;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}

async function collectPayload(body: GitHttpRequest['body']): Promise<Buffer | undefined> {
  if (body === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  // isomorphic-git says AsyncIterable and passes an array
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
