import { setTimeout as sleep } from 'node:timers/promises';
import { KubicError } from '../errors/kubic-error.ts';
import {
  type ApiConnection,
  type ApiRequest,
  type ApiResponse,
  createApiConnection,
  StaleConnection,
} from './api-connection.ts';
import type { Route } from './route.ts';

const TRIES = 5;
const LONGEST_WAIT_SECONDS = 10;
const RELOAD_MS = 60_000;

/**
 * A connection that waits where the API server asks to (429, or 503 with Retry-After; bounded), repeats what met a stale
 * keep-alive connection, and loads its route again once when its credentials are refused: the kubelet's rotate. It does so too
 * where the server cannot be reached or is not trusted, once a minute at most: CAs are rotated, and control planes move.
 *
 * @throws KubicError as `load`
 */
export async function createPatientConnection(
  load: () => Promise<Route>,
  maxConnections: number,
): Promise<{
  readonly server: string;
  readonly connection: ApiConnection;
}> {
  let route = await load();
  let current = createApiConnection(route, maxConnections);
  // those before a renewal may have requests under way: they end by themselves
  const opened = [current];
  const renew = async (): Promise<void> => {
    const fresh = await load();
    if (sameCredentials(fresh, route)) return;
    route = fresh;
    current = createApiConnection(route, maxConnections);
    opened.push(current);
  };
  let lookedAt = -Infinity;
  /** True where the route has another server, CA or credentials by now. */
  const renewAfter = async (error: unknown, used: ApiConnection): Promise<boolean> => {
    const code = error instanceof KubicError ? error.code : undefined;
    if (code !== 'kube.untrusted' && code !== 'kube.unreachable') return false;
    if (used === current && performance.now() - lookedAt >= RELOAD_MS) {
      lookedAt = performance.now();
      await renew().catch(() => {}); // a kubeconfig that is being written: what went wrong first is told
    }
    return used !== current;
  };
  const sendOnce = async (request: ApiRequest): Promise<ApiResponse> => {
    const used = current;
    let response: ApiResponse;
    try {
      response = await sendFresh(used, request);
    } catch (error) {
      // a create is not repeated blindly: the first may have arrived
      if (!(await renewAfter(error, used)) || request.method === 'POST') throw error;
      return sendFresh(current, request);
    }
    if (response.status !== 401) return response;
    if (used === current) await renew();
    return used === current ? response : sendFresh(current, request);
  };
  return {
    server: route.server,
    connection: {
      send: (request) => sendPatiently(sendOnce, request),
      open: async (request) => {
        const used = current;
        try {
          return await used.open(request);
        } catch (error) {
          await renewAfter(error, used); // whoever watches tries again
          throw error;
        }
      },
      close: () => {
        for (const connection of opened) connection.close();
      },
    },
  };
}

function sameCredentials(a: Route, b: Route): boolean {
  const parts = ['ca', 'cert', 'key', 'token', 'server', 'servername'] as const;
  return (
    parts.every((part) => `${a[part]}` === `${b[part]}`) && JSON.stringify(a.headers) === JSON.stringify(b.headers)
  );
}

/** A stale connection is met at most once per pooled connection, so a few tries reach a fresh one. */
async function sendFresh(connection: ApiConnection, request: ApiRequest): Promise<ApiResponse> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connection.send(request);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      // a create is not repeated blindly: the first may have arrived
      if (request.method === 'POST' || attempt >= TRIES) {
        throw new KubicError('kube.unreachable', { detail: error.message, cause: error });
      }
    }
  }
}

async function sendPatiently(
  send: (request: ApiRequest) => Promise<ApiResponse>,
  request: ApiRequest,
): Promise<ApiResponse> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(request);
    const wait = response.retryAfterSeconds;
    const asked = response.status === 429 || (response.status === 503 && wait !== undefined);
    if (!asked || attempt >= TRIES || request.patient === false) return response;
    await pause(Math.min(wait ?? attempt, LONGEST_WAIT_SECONDS) * 1000, request.signal);
  }
}

/** @throws KubicError agent.aborted */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
  } catch (cause) {
    throw new KubicError('agent.aborted', { cause });
  }
}
