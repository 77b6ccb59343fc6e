import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { KubicError } from '../../errors/kubic-error.ts';
import { statePath } from '../../state/paths.ts';
import { unwritable } from '../store/store-fs.ts';

export interface ChildOptions {
  /** What answers jobs; default: this very program with `internal-fetch`. */
  readonly command?: readonly [string, ...string[]];
  /** Bytes of memory of the process. Default 1 GiB. */
  readonly memoryBytes?: number;
  /** Called when it has its job: while it works, this process waits. */
  readonly onStart?: () => void;
}

export interface ChildLimits {
  readonly timeoutMs: number;
  readonly outputBytes: number;
}

/** Gives one job to a process of its own, and its answer to `decode` while it comes. */
export type RunChild = <Answer>(
  job: { readonly storeDir: string },
  limits: ChildLimits,
  decode: (output: AsyncIterable<Buffer>) => Promise<Answer>,
  signal?: AbortSignal,
) => Promise<Answer>;

/** V8's heap. Packs are no part of it: RLIMIT_DATA bounds those. */
const HEAP_MIB = 256;

/** flock(1) cannot open its file, as sysexits(3) has it. */
const NO_LOCK = ['exit 66', 'exit 73'];

/** Whom Node trusts beside its own list: the listing of refs, here, is to trust no other servers than the fetch (nodejs.org/api/cli.html). */
function authoritiesOf(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const names = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA', 'SSL_CERT_DIR', 'SSL_CERT_FILE'];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

/** Beside the store, which may be emptied. */
function lockOf(storeDir: string): string {
  return statePath(dirname(storeDir), 'fetchLock');
}

/**
 * `plan` may read beside an agent: one after the other, for each clears away what another left in the store.
 * The process is killed when the signal aborts, when its time is up or when we end, however we end (PDEATHSIG); killed at
 * any moment it leaves a store that works or heals. The job, with its secrets, goes over standard input only.
 */
export function createChildRunner(options: ChildOptions = {}): RunChild {
  const memory = options.memoryBytes ?? 1024 * 1024 * 1024;
  const command = options.command ?? [
    process.execPath,
    ...process.execArgv,
    `--max-old-space-size=${HEAP_MIB}`,
    process.argv[1] ?? '',
    'internal-fetch',
  ];
  return async (job, limits, decode, signal) => {
    if (signal?.aborted) throw new KubicError('agent.aborted', { detail: 'fetch' });
    const { storeDir } = job;
    await mkdir(dirname(storeDir), { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw unwritable(storeDir, cause);
    });
    const argv = [
      ...['setpriv', '--pdeathsig', 'KILL', '--'],
      ...['flock', '--no-fork', lockOf(storeDir)],
      ...['prlimit', `--data=${memory}`, '--core=0', '--'],
      ...command,
    ];
    const timeout = AbortSignal.timeout(limits.timeoutMs);
    const child = spawn(argv[0] ?? '', argv.slice(1), {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...authoritiesOf(process.env) },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      killSignal: 'SIGKILL',
    });
    const ended = endOf(child).catch(({ how, cause }: Death) => {
      if (signal?.aborted) throw new KubicError('agent.aborted', { detail: 'fetch' });
      if (timeout.aborted)
        throw new KubicError('source.too-slow', { detail: `no result in ${limits.timeoutMs / 1000} s` });
      throw NO_LOCK.includes(how ?? '') ? unwritable(lockOf(storeDir), cause) : describeDeath(how, cause);
    });
    child.stdin.on('error', () => {}); // it ended before it read the job: its exit tells
    child.stdin.end(JSON.stringify(job));
    options.onStart?.();
    const decoding = decode(bounded(child.stdout, limits.outputBytes)).catch((error: unknown) => {
      child.kill('SIGKILL'); // nobody reads the rest
      throw error;
    });
    const [end, answer] = await Promise.allSettled([ended, decoding]);
    // an error that it told counts, and of an answer that broke off its death says why
    if (answer.status === 'rejected' && isTold(answer.reason)) throw answer.reason;
    if (end.status === 'rejected') throw end.reason;
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  };
}

interface Death {
  /** A signal, or `exit 1`; undefined where it could not be started. */
  readonly how: string | undefined;
  readonly cause: unknown;
}

/** Resolves when it ended well; rejects with a Death. */
function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let cause: unknown;
    child.once('error', (error) => {
      cause = error;
      if (child.pid === undefined) reject({ how: undefined, cause } satisfies Death);
    });
    child.once('close', (code, killedBy) => {
      if (code === 0 && cause === undefined) resolve();
      else reject({ how: killedBy ?? `exit ${code}`, cause } satisfies Death);
    });
  });
}

async function* bounded(output: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new KubicError('source.too-large', { detail: `its answer exceeds ${maxBytes} bytes` });
    yield chunk;
  }
}

function isTold(error: unknown): boolean {
  return error instanceof KubicError && error.code !== 'source.fetch-crashed';
}

/** V8 aborts, traps or faults when an allocation fails; from outside comes SIGKILL (the kernel's OOM killer, a person). */
function describeDeath(how: string | undefined, cause: unknown): KubicError {
  if (how === undefined) return new KubicError('source.fetch-crashed', { cause });
  if (['SIGABRT', 'SIGTRAP', 'SIGSEGV', 'SIGILL'].includes(how)) {
    return new KubicError('source.too-large', {
      detail: `reading it takes too much memory (${how})`,
      facts: { exit: how },
      cause,
    });
  }
  return new KubicError('source.fetch-crashed', { detail: how, facts: { exit: how }, cause });
}
