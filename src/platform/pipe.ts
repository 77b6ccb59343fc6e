import type { Exec } from './exec.ts';
import { removeFile } from './files.ts';

interface PipeDeps {
  readonly exec: Exec;
  readonly signal: AbortSignal;
}

/** Makes a named pipe for root alone, in place of whatever is there: what goes through it reaches no disk. */
export async function makePipe(path: string, { exec, signal }: PipeDeps): Promise<void> {
  await removeFile(path);
  await exec(['mkfifo', '--mode=600', path], { signal });
}

/**
 * Gives one reader all of it: waits until someone has opened the pipe. A program of its own does, for a write that nobody reads can be
 * broken off only with the process that waits in it.
 *
 * @param deps.timeoutMs how long the reader may take to open it
 * @throws KubicError agent.aborted, agent.command-failed when the time is up
 */
export async function fillPipe(
  path: string,
  content: string,
  { exec, signal, timeoutMs }: PipeDeps & { readonly timeoutMs: number },
): Promise<void> {
  await exec(['dd', `of=${path}`, 'conv=nocreat,notrunc', 'status=none'], { input: content, signal, timeoutMs });
}
