import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveAgentSocket } from '../../src/agent/agent-socket.ts';
import { syncThroughAgent } from '../../src/cli/agent-client.ts';
import { KubicError } from '../../src/errors/kubic-error.ts';
import type { SyncEvent } from '../../src/execute/events.ts';
import type { Status } from '../../src/generated/status.generated.ts';

const STATUS = { kind: 'Status', phase: 'in-sync' } as Status;
const never = new AbortController().signal;
let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'socket-'));
  path = join(directory, 'agent.sock');
});
afterEach(() => rm(directory, { recursive: true }));

describe('the agent over its socket', () => {
  it('passes on what the sync says, then its status', async () => {
    const socket = await serveAgentSocket(path, async (emit) => {
      emit({ type: 'stage', text: 'fetching' });
      emit({ type: 'notice', text: 'a note' });
      return STATUS;
    });
    const events: SyncEvent[] = [];
    expect(await syncThroughAgent(path, (event) => events.push(event), never)).toEqual(STATUS);
    expect(events).toEqual([
      { type: 'stage', text: 'fetching' },
      { type: 'notice', text: 'a note' },
    ]);
    await socket.close();
  });

  it('is for root alone', async () => {
    const socket = await serveAgentSocket(path, async () => STATUS);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await socket.close();
  });

  it('takes over a socket that a killed agent left', async () => {
    await new Promise<void>((resolve) => {
      const stale = createServer().listen(path, () => stale.close(() => resolve()));
    });
    const socket = await serveAgentSocket(path, async () => STATUS);
    expect(await syncThroughAgent(path, () => {}, never)).toEqual(STATUS);
    await socket.close();
  });

  it('answers the error of a sync that did not run, with its code', async () => {
    const socket = await serveAgentSocket(path, async () => {
      throw new KubicError('agent.aborted', { detail: 'the agent is stopping' });
    });
    await expect(syncThroughAgent(path, () => {}, never)).rejects.toMatchObject({ code: 'agent.aborted' });
    await socket.close();
  });

  it('goes on when the one who asked goes away', async () => {
    let ended = false;
    const abort = new AbortController();
    const socket = await serveAgentSocket(path, async (emit) => {
      abort.abort();
      await new Promise((resolve) => setTimeout(resolve, 50));
      emit({ type: 'notice', text: 'nobody listens' });
      ended = true;
      return STATUS;
    });
    await expect(syncThroughAgent(path, () => {}, abort.signal)).rejects.toBeDefined();
    await expect.poll(() => ended).toBe(true);
    await socket.close();
  });

  it('is absent where no agent runs', async () => {
    expect(await syncThroughAgent(path, () => {}, never)).toBeUndefined();
  });
});
