import { mkdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import type { KubicError } from '../errors/kubic-error.ts';
import type { SentError } from '../errors/revive-error.ts';
import { toKubicError } from '../errors/to-kubic-error.ts';
import type { Emit } from '../execute/events.ts';
import type { Status } from '../generated/status.generated.ts';

/** One line of the answer to POST /v1/sync: events while it runs, then the status, or the error that kept it from running. */
export type SyncMessage =
  | { readonly event: Parameters<Emit>[0] }
  | { readonly status: Status }
  | { readonly error: SentError };

export interface AgentSocket {
  readonly close: () => Promise<void>;
}

/**
 * Serves the agent's Unix socket, for root on this machine only (mode 0600): `sync --once` beside a running agent goes
 * through it and shows the agent's progress. The caller holds the machine's lock, so a socket file that is there is stale.
 *
 * @param onError told of what goes wrong once it listens
 */
export async function serveAgentSocket(
  path: string,
  requestSync: (watcher: Emit) => Promise<Status>,
  onError: (error: KubicError) => void,
): Promise<AgentSocket> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/v1/sync') return void streamSync(request, response, requestSync);
    response.writeHead(404).end();
  });
  const umask = process.umask(0o177); // the socket is born 0600: nobody else ever connects
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } finally {
    process.umask(umask);
  }
  // accepting failed, out of descriptors, say: the next one may be accepted, and the agent goes on
  server.on('error', (cause) => onError(toKubicError(cause)));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function streamSync(
  request: IncomingMessage,
  response: ServerResponse,
  requestSync: (watcher: Emit) => Promise<Status>,
): Promise<void> {
  request.resume();
  response.on('error', () => {}); // whoever asked went away: the sync goes on without a watcher
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  const send = (message: SyncMessage): void => void response.write(`${JSON.stringify(message)}\n`);
  try {
    send({ status: await requestSync((event) => send({ event })) });
  } catch (cause) {
    const { code, message, hint } = toKubicError(cause);
    send({ error: { code, message, hint } });
  }
  response.end();
}
