import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KubicError } from '../../errors/kubic-error.ts';
import { statePath } from '../../state/paths.ts';
import { unwritable } from '../store/store-fs.ts';
import { decodeResult, type FetchJob, type FetchResult } from './fetch-job.ts';

export interface FetchObjectsOptions {
  /** What runs runInternalFetch; default: this very program with `internal-fetch`. */
  readonly command?: readonly [string, ...string[]];
  /** Bytes of memory of the fetch process. Default 1 GiB. */
  readonly memoryBytes?: number;
}

/** Runs one job in a process of its own. */
export type FetchObjects = (job: FetchJob, signal?: AbortSignal) => Promise<FetchResult>;

/** V8's heap. Packs are no part of it: RLIMIT_DATA bounds those. */
const HEAP_MIB = 256;
const READ_MS = 120_000;

/** flock(1) cannot open its file, as sysexits(3) has it. */
const NO_LOCK = ['exit 66', 'exit 73'];

/** Beside the store, which may be emptied. */
function lockOf(job: FetchJob): string {
  return statePath(dirname(job.storeDir), 'fetchLock');
}

/**
 * `plan` may fetch beside an agent: one after the other, for each clears away what another left in the store.
 * The process is killed when the signal aborts, when its time is up or when we end, however we end (PDEATHSIG); killed at
 * any moment it leaves a store that works or heals. The job, with its secrets, goes over standard input only.
 */
export function createFetchObjects(options: FetchObjectsOptions = {}): FetchObjects {
  const memory = options.memoryBytes ?? 1024 * 1024 * 1024;
  const command = options.command ?? [
    process.execPath,
    ...process.execArgv,
    `--max-old-space-size=${HEAP_MIB}`,
    process.argv[1] ?? '',
    'internal-fetch',
  ];
  return async (job, signal) => {
    if (signal?.aborted) throw new KubicError('agent.aborted', { detail: 'fetch' });
    await mkdir(dirname(job.storeDir), { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw unwritable(job.storeDir, cause);
    });
    const argv = [
      ...['setpriv', '--pdeathsig', 'KILL', '--'],
      ...['flock', '--no-fork', lockOf(job)],
      ...['prlimit', `--data=${memory}`, '--core=0', '--'],
      ...command,
    ];
    return decodeResult(await run(argv, job, signal));
  };
}

function run(argv: readonly string[], job: FetchJob, signal: AbortSignal | undefined): Promise<Buffer> {
  const timeoutMs = job.remote.limits.totalMs + READ_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  const maxOutput = job.limits.totalBytes + 64 * 1024 * 1024; // the contents, and a header with every path
  const child = spawn(argv[0] ?? '', argv.slice(1), {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' },
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let failure: unknown;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxOutput) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.stdin.on('error', () => {}); // it ended before it read the job: its exit tells
    child.once('error', (error) => {
      failure = error;
      if (child.pid === undefined) reject(new KubicError('source.fetch-crashed', { cause: error }));
    });
    child.once('close', (code, killedBy) => {
      if (code === 0 && failure === undefined) return resolve(Buffer.concat(chunks));
      if (signal?.aborted) return reject(new KubicError('agent.aborted', { detail: 'fetch' }));
      if (timeout.aborted)
        return reject(new KubicError('source.too-slow', { detail: `no result in ${timeoutMs / 1000} s` }));
      const how = killedBy ?? `exit ${code}`;
      reject(NO_LOCK.includes(how) ? unwritable(lockOf(job), failure) : describeDeath(how, failure));
    });
    child.stdin.end(JSON.stringify(job));
  });
}

/** V8 aborts, traps or faults when an allocation fails; from outside comes SIGKILL (the kernel's OOM killer, a person). */
function describeDeath(how: string, cause: unknown): KubicError {
  if (['SIGABRT', 'SIGTRAP', 'SIGSEGV', 'SIGILL'].includes(how)) {
    return new KubicError('source.too-large', {
      detail: `fetching it takes too much memory (${how})`,
      facts: { exit: how },
      cause,
    });
  }
  return new KubicError('source.fetch-crashed', { detail: how, facts: { exit: how }, cause });
}
