import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type BackendAnswer, runGitBackend } from './git-server-backend.ts';
import { type Fault, type RequestStage, sendWithFault } from './git-server-faults.ts';
import { runGitServerProgram } from './git-server-program.ts';

export type GitServerAuth =
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | { readonly type: 'token'; readonly token: string };

export interface GitServerOptions {
  /** Directory with bare repositories: `ROOT/fleet.git` is served as `/fleet.git`. */
  readonly root: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default: any free port. */
  readonly port?: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly auth?: GitServerAuth | undefined;
}

interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** What the client asked for; `other` is anything that is no part of a fetch. */
  readonly stage: RequestStage;
  readonly authorization: string | undefined;
  readonly status: number;
}

export interface GitServer {
  /** Without a trailing slash; append `/fleet.git`. */
  readonly url: string;
  /** Every request since the start or the last `clear()`, in the order of their answers. */
  readonly requests: readonly RecordedRequest[];
  clear(): void;
  /** In force for the requests that come after; undefined mends the server. */
  setFault(fault: Fault | undefined): void;
  setAuth(auth: GitServerAuth | undefined): void;
  /** Ends it with all its connections, answered or not. */
  close(): Promise<void>;
}

/**
 * A real Git server: `git http-backend` behind node:http or node:https, with faults that can be switched while it runs.
 * `PUT /-/fault` (a JSON fault, or `null`), `PUT /-/auth`, `GET /-/requests` and `DELETE /-/requests` do the same from
 * another process.
 */
export async function startGitServer(options: GitServerOptions): Promise<GitServer> {
  const state: State = { root: options.root, fault: undefined, auth: options.auth, requests: [] };
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(state, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  };
  const server: Server = options.tls ? createHttpsServer(options.tls, handler) : createHttpServer(handler);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { address, port, family } = server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return {
    url: `${options.tls ? 'https' : 'http'}://${host}:${port}`,
    get requests() {
      return state.requests;
    },
    clear: () => {
      state.requests = [];
    },
    setFault: (fault) => {
      state.fault = fault;
    },
    setAuth: (auth) => {
      state.auth = auth;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface State {
  readonly root: string;
  fault: Fault | undefined;
  auth: GitServerAuth | undefined;
  requests: RecordedRequest[];
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const url = new URL(request.url ?? '/', 'http://server');
  if (url.pathname.startsWith('/-/')) return control(state, request.method ?? '', url.pathname, body, response);
  const stage = stageOf(url, body);
  const record = (status: number): void => {
    const { method = '', headers } = request;
    state.requests.push({ method, url: request.url ?? '', stage, authorization: headers.authorization, status });
  };
  const { fault } = state;
  if (fault !== undefined && (fault.on === undefined || fault.on === stage)) {
    const right = (): Promise<BackendAnswer> => respond(state, request, url, body);
    return sendWithFault(fault, { response, url: request.url ?? '', record, right });
  }
  const { status, headers, content } = await respond(state, request, url, body);
  record(status);
  response.writeHead(status, headers).end(content);
}

async function respond(state: State, request: IncomingMessage, url: URL, body: Buffer): Promise<BackendAnswer> {
  if (!isAuthorized(state.auth, request.headers.authorization)) {
    const scheme = state.auth?.type === 'token' ? 'Bearer' : 'Basic realm="git"';
    return { status: 401, headers: { 'www-authenticate': scheme }, content: Buffer.from('authentication required\n') };
  }
  return runGitBackend(state.root, request, url, body);
}

function isAuthorized(auth: GitServerAuth | undefined, header: string | undefined): boolean {
  if (auth === undefined) return true;
  if (auth.type === 'token') return header === `Bearer ${auth.token}`;
  return header === `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
}

function stageOf(url: URL, body: Buffer): RequestStage {
  if (url.pathname.endsWith('/info/refs')) return 'info-refs';
  if (!url.pathname.endsWith('/git-upload-pack')) return 'other';
  return body.includes('command=ls-refs') ? 'ls-refs' : 'fetch';
}

function control(state: State, method: string, path: string, body: Buffer, response: ServerResponse): void {
  const value = (): unknown => JSON.parse(body.toString()) ?? undefined;
  if (method === 'PUT' && path === '/-/fault') state.fault = value() as Fault | undefined;
  else if (method === 'PUT' && path === '/-/auth') state.auth = value() as GitServerAuth | undefined;
  else if (method === 'DELETE' && path === '/-/requests') state.requests = [];
  else if (method !== 'GET' || path !== '/-/requests') return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(state.requests));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

if (import.meta.main) await runGitServerProgram(startGitServer);
