import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { syncThroughAgent } from '../../src/cli/agent-client.ts';
import { KubicError } from '../../src/errors/kubic-error.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-client-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('sync --once beside an agent', () => {
  it('does the sync itself where no agent listens', async () => {
    const nobody = syncThroughAgent(join(directory, 'agent.sock'), () => {}, new AbortController().signal);
    expect(await nobody).toBeUndefined();
  });

  it.each(['{"event":{"type":"stage","text":"fetching"}}\n', '{"event":'])(
    'says so when the agent goes away after it said %j',
    async (said) => {
      const path = join(directory, 'agent.sock');
      const server = createServer((request, response) => {
        response.write(said, () => request.socket.destroy());
      });
      await new Promise<void>((resolve) => server.listen(path, resolve));
      try {
        await expect(syncThroughAgent(path, () => {}, new AbortController().signal)).rejects.toMatchObject({
          code: 'agent.unreachable',
        });
      } finally {
        server.close();
      }
    },
  );

  it.each([
    ['agent.aborted', 'agent.aborted', /^[^:]+: the agent is stopping$/],
    ['agent.not-of-this-version', 'agent.internal', /the agent is stopping \[agent.not-of-this-version\]$/],
  ] as const)('tells the error of an agent: %s', async (code, told, text) => {
    const path = join(directory, 'agent.sock');
    const { message } = new KubicError('agent.aborted', { detail: 'the agent is stopping' });
    const server = createServer((_, response) => {
      response.end(`${JSON.stringify({ error: { code, message, hint: 'Wait.' } })}\n`);
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    try {
      await expect(syncThroughAgent(path, () => {}, new AbortController().signal)).rejects.toMatchObject({
        code: told,
        message: expect.stringMatching(text),
        hint: 'Wait.',
      });
    } finally {
      server.close();
    }
  });

  it('ends the watching at a Ctrl-C, and says that the agent goes on', async () => {
    const path = join(directory, 'agent.sock');
    const server = createServer((_, response) => {
      response.write('{"event":{"type":"stage","text":"fetching"}}\n');
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const stop = new AbortController();
    try {
      await expect(syncThroughAgent(path, () => stop.abort(), stop.signal)).rejects.toMatchObject({
        code: 'agent.aborted',
        hint: expect.stringContaining('The agent goes on'),
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
