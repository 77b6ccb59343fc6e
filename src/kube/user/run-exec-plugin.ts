import { type ChildProcess, spawn } from 'node:child_process';
import { KubicError } from '../../errors/kubic-error.ts';
import { printable } from '../../text/printable.ts';

export interface PluginCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the plugin may ask a person at the terminal for. */
  readonly interactive: boolean;
  /** What to do where it is not installed: the user's own words in the kubeconfig. */
  readonly installHint?: string | undefined;
}

export interface PluginLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

const MAX_OUTPUT = 1024 * 1024;
const GRACE_MS = 2_000;

/**
 * Runs a credential plugin to its end and answers what it printed. What it says to a person (stderr) goes to ours untouched, as with
 * kubectl; what it prints for us is in no error: it may be a token. SIGINT and SIGTERM end it, and then us.
 *
 * The `ExecAuth` of client-node has no time limit, waits for ever where the plugin reads its stdin, and puts its stderr into the error.
 *
 * @throws KubicError kube.credentials-failed, agent.aborted
 */
export function runExecPlugin(call: PluginCall, limits: PluginLimits): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(call.command, call.args, {
    env: call.env,
    stdio: [call.interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = (error: KubicError): void => {
    kill(child);
    child.stdout?.destroy(); // whatever it has started may hold it open
    reject(error);
  };
  const abort = (): void => stop(new KubicError('agent.aborted', { detail: describePlugin(call) }));
  const timer = setTimeout(
    () => stop(failed(call, `did not end within ${limits.timeoutMs / 1000} s`)),
    limits.timeoutMs,
  );
  limits.signal?.addEventListener('abort', abort, { once: true });
  process.on('SIGINT', abort).on('SIGTERM', abort);
  child.stdout?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_OUTPUT) stop(failed(call, 'printed more than an ExecCredential takes'));
  });
  child.once('error', (error) => reject(notStarted(call, error)));
  child.once('close', (code, signal) => {
    if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
    else reject(failed(call, signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`));
  });
  if (limits.signal?.aborted) abort();
  return promise.finally(() => {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', abort);
    process.off('SIGINT', abort).off('SIGTERM', abort);
  });
}

/** The error of a plugin that gave no credentials: which, and what became of it. */
export function failed(call: PluginCall, what: string, hint?: string): KubicError {
  const detail = `${describePlugin(call)} ${what}`;
  return new KubicError('kube.credentials-failed', hint === undefined ? { detail } : { detail, hint });
}

/** The program alone: its arguments may hold a secret. */
function describePlugin({ command }: PluginCall): string {
  return `the exec plugin ${printable(command)}`;
}

function notStarted(call: PluginCall, error: Error): KubicError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
  if (code !== 'ENOENT') return failed(call, `cannot be started (${code})`);
  const hint =
    call.installHint === undefined ? undefined : printable(call.installHint.trim().replace(/\s+/g, ' '), 500);
  return failed(call, 'is not there', hint);
}

function kill(child: ChildProcess): void {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.once('exit', () => clearTimeout(timer));
}
