import { lstat } from 'node:fs/promises';
import { KubicError } from '../errors/kubic-error.ts';
import type { Exec } from './exec.ts';
import { removeFile } from './files.ts';

interface PipeDeps {
  readonly exec: Exec;
  readonly signal: AbortSignal;
}

/**
 * Makes a named pipe for root alone, in place of any file or link that is there: what goes through it reaches no disk.
 *
 * @throws KubicError agent.state-unwritable where a directory is in its place, agent.command-failed, agent.aborted
 */
export async function makePipe(path: string, { exec, signal }: PipeDeps): Promise<void> {
  await removeFile(path).catch((cause: unknown) => {
    throw new KubicError('agent.state-unwritable', { detail: path, cause });
  });
  await exec(['mkfifo', '--mode=600', path], { signal });
}

/**
 * Gives one reader all of it: waits until someone has opened the pipe. A program of its own does, for a write that nobody reads can be
 * broken off only with the process that waits in it.
 *
 * @param deps.timeoutMs how long the reader may take to open it
 * @throws KubicError agent.state-unwritable where no pipe is there: a file would keep it; agent.aborted, agent.command-failed when the time is up
 */
export async function fillPipe(
  path: string,
  content: string,
  { exec, signal, timeoutMs }: PipeDeps & { readonly timeoutMs: number },
): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFIFO()) throw new KubicError('agent.state-unwritable', { detail: `${path} is no named pipe` });
  await exec(['dd', `of=${path}`, 'conv=nocreat,notrunc', 'status=none'], { input: content, signal, timeoutMs });
}
