import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock } from '../../src/platform/lock.ts';
import { childrenOf } from '../support/children-of.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('the machine lock', () => {
  it('keeps a second one out and says who holds it', async () => {
    const lock = await acquireLock(join(directory, 'lock'));
    await expect(acquireLock(join(directory, 'lock'))).rejects.toMatchObject({
      code: 'agent.locked',
      facts: { pid: String(process.pid) },
    });
    await lock.release();
  });

  it('can be taken again after its release', async () => {
    await (await acquireLock(join(directory, 'lock'))).release();
    await (await acquireLock(join(directory, 'lock'))).release();
  });

  it('outlasts a Ctrl-C on the terminal, so that the action under way ends under it', async () => {
    const path = join(directory, 'lock');
    const source = `import { acquireLock } from './src/platform/lock.ts';
      process.on('SIGINT', () => console.log('told'));
      const lock = await acquireLock(${JSON.stringify(path)}); console.log('held');
      process.stdin.once('data', async () => { await lock.release(); console.log('released'); process.exit(); });`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    const said = async (): Promise<string> =>
      String(await new Promise((resolve) => holder.stdout.once('data', resolve))).trim();
    expect(await said()).toBe('held');
    process.kill(-(holder.pid ?? 0), 'SIGINT'); // as a terminal does: to the whole group
    expect(await said()).toBe('told');
    await expect(acquireLock(path)).rejects.toMatchObject({ code: 'agent.locked' });
    holder.stdin.end('go on');
    expect(await said()).toBe('released');
  });

  it('outlasts a SIGTERM to every process of the unit', async () => {
    const path = join(directory, 'lock');
    const before = await childrenOf(process.pid);
    const lock = await acquireLock(path);
    const children = (await childrenOf(process.pid)).filter((pid) => !before.includes(pid));
    expect(children).toHaveLength(1);
    for (const pid of children) process.kill(pid, 'SIGTERM');
    await delay(100);
    await expect(acquireLock(path)).rejects.toMatchObject({ code: 'agent.locked' });
    await lock.release();
  });

  it('tells when the process that holds it for us is killed, and not when we release it', async () => {
    const path = join(directory, 'lock');
    const before = await childrenOf(process.pid);
    const lock = await acquireLock(path);
    for (const pid of await childrenOf(process.pid)) if (!before.includes(pid)) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => lock.lost.addEventListener('abort', resolve));
    expect(lock.lost.reason).toMatchObject({ code: 'agent.lock-lost' });
    await lock.release();
    const next = await acquireLock(path);
    await next.release();
    expect(next.lost.aborted).toBe(false);
  });

  it('is free when its holder was killed', async () => {
    const path = join(directory, 'lock');
    const source = `import { acquireLock } from './src/platform/lock.ts';
      await acquireLock(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    await expect(acquireLock(path)).rejects.toMatchObject({ code: 'agent.locked' });
    holder.kill('SIGKILL');
    for (let i = 0; ; i++) {
      const lock = await acquireLock(path).catch((error: unknown) => {
        if (i > 100) throw error;
      });
      if (lock) return lock.release();
      await delay(20);
    }
  });
});
