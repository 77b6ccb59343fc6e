import { type ChildProcess, spawn } from 'node:child_process';
import { KubicError } from '../errors/kubic-error.ts';

export interface ExecOptions {
  readonly input?: string | Uint8Array;
  /** Default 60 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are answers, not failures. Default: only 0. */
  readonly allowedExitCodes?: readonly number[];
  /** Called for each line of stdout and stderr, for progress. */
  readonly onLine?: (line: string) => void;
}

export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs a program on the host by argument list; there is no shell anywhere. */
export type Exec = (argv: readonly [string, ...string[]], options?: ExecOptions) => Promise<ExecResult>;

const MAX_OUTPUT = 8 * 1024 * 1024;

/**
 * @param prefix what puts a command into the host's namespaces (see host-access.ts); empty on a host.
 *
 * Every child gets PDEATHSIG through setpriv(1): should the agent be killed, nothing it started goes on unseen.
 */
export function createExec(prefix: readonly string[]): Exec {
  const run: Exec = (argv, options = {}) =>
    new Promise((resolve, reject) => {
      const full = ['setpriv', '--pdeathsig', 'KILL', '--', ...prefix, ...argv];
      const child = spawn(full[0] as string, full.slice(1), {
        stdio: ['pipe', 'pipe', 'pipe'],
        // a session of its own: Ctrl-C on a terminal reaches us alone, and we let the action under way end
        detached: true,
        env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...options.env },
      });
      collect(child, argv, options, resolve, reject);
    });
  return (argv, options) =>
    run(argv, options).catch((error: unknown) => {
      if (wasInterruptedAtStart(error)) return run(argv, options);
      throw error;
    });
}

/** A Ctrl-C in the moment between fork(2) and setsid(2) reaches a child that has not begun yet. */
function wasInterruptedAtStart(error: unknown): boolean {
  if (!(error instanceof KubicError) || error.code !== 'agent.command-failed') return false;
  const { output, signal } = error.facts;
  return signal === 'SIGINT' && Array.isArray(output) && output.length === 0;
}

function collect(
  child: ChildProcess,
  argv: readonly string[],
  options: ExecOptions,
  resolve: (result: ExecResult) => void,
  reject: (error: unknown) => void,
): void {
  const out = { stdout: new Output(options.onLine), stderr: new Output(options.onLine) };
  child.stdout?.on('data', (data: Buffer) => out.stdout.add(data));
  child.stderr?.on('data', (data: Buffer) => out.stderr.add(data));
  let timedOut = false;
  const kill = (): void => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
  };
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, options.timeoutMs ?? 60_000);
  const onAbort = (): void => kill();
  if (options.signal?.aborted) kill();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  const done = (): void => {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  };
  child.once('error', (cause) => {
    done();
    reject(new KubicError('agent.command-missing', { detail: argv[0] as string, cause }));
  });
  child.once('close', (code, signal) => {
    done();
    const result = { stdout: out.stdout.text(), stderr: out.stderr.text(), exitCode: code ?? -1 };
    if (options.signal?.aborted) return reject(new KubicError('agent.aborted', { detail: argv.slice(0, 2).join(' ') }));
    if ((options.allowedExitCodes ?? [0]).includes(result.exitCode)) return resolve(result);
    reject(commandError(argv, result, timedOut ? 'timed out' : signal));
  });
  child.stdin?.on('error', () => {}); // a program that does not read its input closes it: its exit code tells
  child.stdin?.end(options.input ?? '');
}

function commandError(
  argv: readonly string[],
  result: ExecResult,
  signal: NodeJS.Signals | 'timed out' | null,
): KubicError {
  // setpriv and nsenter answer 127 when the program is not there
  if (result.exitCode === 127) return new KubicError('agent.command-missing', { detail: argv[0] as string });
  const tail = `${result.stdout}\n${result.stderr}`.split('\n').filter(Boolean).slice(-12);
  return new KubicError('agent.command-failed', {
    detail: `${argv.slice(0, 3).join(' ')} (${signal ?? `exit ${result.exitCode}`})`,
    facts: { output: tail, ...(signal && { signal }) },
  });
}

/** Keeps the last MAX_OUTPUT bytes and calls back per line. */
class Output {
  private chunks: Buffer[] = [];
  private size = 0;
  private rest = '';
  private readonly onLine: ((line: string) => void) | undefined;

  constructor(onLine: ((line: string) => void) | undefined) {
    this.onLine = onLine;
  }

  add(data: Buffer): void {
    this.chunks.push(data);
    this.size += data.length;
    while (this.size > MAX_OUTPUT && this.chunks.length > 1) this.size -= this.chunks.shift()?.length ?? 0;
    if (!this.onLine) return;
    const lines = (this.rest + data.toString('utf8')).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.onLine(line);
  }

  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}
