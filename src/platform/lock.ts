import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KubicError } from '../errors/kubic-error.ts';

export interface Lock {
  /** Aborts, by KubicError agent.lock-lost, when its holder is killed under us (the OOM killer, say): another may have it then. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Takes the machine's lock: flock(2), held by a flock(1) child whose standard input is ours. The kernel releases it when
 * the child ends, and the child ends when we do, however we end; no stale lock can stay. Node has no flock of its own.
 *
 * @throws KubicError agent.locked when another process holds it; its pid is in the facts
 */
export async function acquireLock(path: string): Promise<Lock> {
  await mkdir(dirname(path), { recursive: true });
  // Neither a Ctrl-C on our terminal nor systemd stopping all of a unit's processes at once may end it before us.
  const hold = ['env', '--ignore-signal=TERM,HUP', 'cat'];
  const holder = spawn('flock', ['--nonblock', '--no-fork', '--conflict-exit-code', '75', path, ...hold], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const closed = new Promise<void>((resolve) => holder.once('close', () => resolve()));
  holder.stdin?.on('error', () => {}); // it ended without the lock: its exit code tells
  holder.stdin?.write('\n'); // cat echoes it once the lock is held
  await locked(holder, path);
  const lost = new AbortController();
  const onExit = (): void => lost.abort(new KubicError('agent.lock-lost', { detail: path }));
  holder.once('exit', onExit);
  await writeFile(path, `${process.pid}\n`); // for people and for the next one's error; the lock itself is the kernel's
  return {
    lost: lost.signal,
    release: () => {
      holder.off('exit', onExit);
      holder.stdin?.end();
      return closed;
    },
  };
}

function locked(holder: ChildProcess, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    holder.stdout?.once('data', () => resolve());
    holder.once('error', (cause) => reject(new KubicError('agent.command-missing', { detail: 'flock', cause })));
    holder.once('exit', async (code) => {
      const pid = (await readFile(path, 'utf8').catch(() => '')).trim();
      if (code === 75)
        reject(new KubicError('agent.locked', { detail: `process ${pid || 'unknown'}`, facts: { pid } }));
      else reject(new KubicError('agent.state-unwritable', { detail: path }));
    });
  });
}
