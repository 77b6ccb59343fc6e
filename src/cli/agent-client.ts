import { request } from 'node:http';
import { createInterface } from 'node:readline';
import type { SyncMessage } from '../agent/agent-socket.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { reviveError } from '../errors/revive-error.ts';
import type { Emit } from '../execute/events.ts';
import type { Status } from '../generated/status.generated.ts';

/**
 * Asks the agent of this machine for a sync and passes its events on.
 *
 * @param stopWatching ends the watching, not the agent's sync
 * @returns its status, or undefined when no agent listens
 * @throws KubicError agent.unreachable when the agent goes away in the middle, agent.aborted, or the agent's own error
 */
export async function syncThroughAgent(
  socketPath: string,
  emit: Emit,
  stopWatching: AbortSignal,
): Promise<Status | undefined> {
  try {
    const response = await connect(socketPath, stopWatching);
    if (!response) return undefined;
    for await (const line of createInterface({ input: response })) {
      const message = JSON.parse(line) as SyncMessage;
      if ('event' in message) emit(message.event);
      else if ('status' in message) return message.status;
      else throw reviveError(message.error);
    }
  } catch (cause) {
    if (stopWatching.aborted) {
      const hint = 'The agent goes on with its sync: `kubic-init status --watch` shows it.';
      throw new KubicError('agent.aborted', { detail: 'its progress is not shown any more', hint });
    }
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
