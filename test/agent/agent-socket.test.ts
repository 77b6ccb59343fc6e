import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serveAgentSocket } from '../../src/agent/agent-socket.ts';
import { syncThroughAgent } from '../../src/cli/agent-client.ts';
import { KubicError } from '../../src/errors/kubic-error.ts';
import type { SyncEvent } from '../../src/execute/events.ts';
import type { Status } from '../../src/generated/status.generated.ts';

const STATUS = { kind: 'Status', phase: 'in-sync' } as Status;
const never = new AbortController().signal;
const fail = (error: KubicError): never => {
  throw error;
};
let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'socket-'));
  path = join(directory, 'agent.sock');
});
afterEach(() => rm(directory, { recursive: true }));

describe('the agent over its socket', () => {
  it('passes on what the sync says, then its status', async () => {
    const socket = await serveAgentSocket(
      path,
      async (emit) => {
        emit({ type: 'stage', text: 'fetching' });
        emit({ type: 'notice', text: 'a note' });
        return STATUS;
      },
      fail,
    );
    const events: SyncEvent[] = [];
    expect(await syncThroughAgent(path, (event) => events.push(event), never)).toEqual(STATUS);
    expect(events).toEqual([
      { type: 'stage', text: 'fetching' },
      { type: 'notice', text: 'a note' },
    ]);
    await socket.close();
  });

  it('is for root alone', async () => {
    const socket = await serveAgentSocket(path, async () => STATUS, fail);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await socket.close();
  });

  it('takes over a socket that a killed agent left', async () => {
    await new Promise<void>((resolve) => {
      const stale = createServer().listen(path, () => stale.close(() => resolve()));
    });
    const socket = await serveAgentSocket(path, async () => STATUS, fail);
    expect(await syncThroughAgent(path, () => {}, never)).toEqual(STATUS);
    await socket.close();
  });

  it('answers the error of a sync that did not run, with its code', async () => {
    const socket = await serveAgentSocket(
      path,
      async () => {
        throw new KubicError('agent.aborted', { detail: 'the agent is stopping' });
      },
      fail,
    );
    await expect(syncThroughAgent(path, () => {}, never)).rejects.toMatchObject({ code: 'agent.aborted' });
    await socket.close();
  });

  it('goes on when the one who asked goes away', async () => {
    let ended = false;
    const abort = new AbortController();
    const socket = await serveAgentSocket(
      path,
      async (emit) => {
        abort.abort();
        await new Promise((resolve) => setTimeout(resolve, 50));
        emit({ type: 'notice', text: 'nobody listens' });
        ended = true;
        return STATUS;
      },
      fail,
    );
    await expect(syncThroughAgent(path, () => {}, abort.signal)).rejects.toBeDefined();
    await expect.poll(() => ended).toBe(true);
    await socket.close();
  });

  it('goes on when connections cannot be accepted, and says so', async () => {
    const listening = vi.spyOn(Server.prototype, 'listen');
    const errors: string[] = [];
    const socket = await serveAgentSocket(
      path,
      async () => STATUS,
      (error) => errors.push(error.message),
    );
    const server = listening.mock.contexts[0] as Server;
    listening.mockRestore();
    for (const code of ['EMFILE', 'ENFILE']) server.emit('error', new Error(`accept ${code}`)); // as net.Server does
    expect(errors).toEqual([expect.stringContaining('EMFILE'), expect.stringContaining('ENFILE')]);
    expect(await syncThroughAgent(path, () => {}, never)).toEqual(STATUS);
    await socket.close();
  });

  it('is absent where no agent runs', async () => {
    expect(await syncThroughAgent(path, () => {}, never)).toBeUndefined();
  });
});
