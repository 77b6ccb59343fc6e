import { request } from 'node:http';
import { createInterface } from 'node:readline';
import type { Status } from '../definition/status.generated.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { reviveError } from '../errors/revive-error.ts';
import type { SyncMessage } from '../reconcile/agent-socket.ts';
import type { Emit } from '../reconcile/events.ts';

/**
 * Asks the agent of this machine for a sync and passes its events on.
 *
 * @returns its status, or undefined when no agent listens
 * @throws KubicError agent.unreachable when the agent goes away in the middle, or the agent's own error
 */
export async function syncThroughAgent(
  socketPath: string,
  emit: Emit,
  signal: AbortSignal,
): Promise<Status | undefined> {
  const response = await connect(socketPath, signal);
  if (!response) return undefined;
  try {
    for await (const line of createInterface({ input: response })) {
      const message = JSON.parse(line) as SyncMessage;
      if ('event' in message) emit(message.event);
      else if ('status' in message) return message.status;
      else throw reviveError(message.error);
    }
  } catch (cause) {
    // it went away in the middle of a line, or of the connection
    throw cause instanceof KubicError ? cause : new KubicError('agent.unreachable', { detail: socketPath, cause });
  }
  throw new KubicError('agent.unreachable', { detail: socketPath });
}

function connect(socketPath: string, signal: AbortSignal): Promise<import('node:http').IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path: '/v1/sync', method: 'POST', signal }, resolve);
    sent.on('error', (error) => {
      const code = 'code' in error ? error.code : '';
      if (code === 'ENOENT' || code === 'ECONNREFUSED') resolve(undefined);
      else reject(new KubicError('agent.unreachable', { detail: socketPath, cause: error }));
    });
    sent.end();
  });
}
