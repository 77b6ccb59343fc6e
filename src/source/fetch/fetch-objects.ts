import type { CommitInfo, Snapshot } from '../snapshot.ts';
import type { HttpLimits } from '../transport/http-client.ts';
import type { SnapshotLimits } from '../tree/read-snapshot.ts';
import { decodeResult, type FetchJob, type FetchResult } from './fetch-job.ts';
import { type ChildLimits, type ChildOptions, createChildRunner } from './run-child.ts';

/** Runs one job in a process of its own. */
export type FetchObjects<Head extends CommitInfo = Snapshot> = (
  job: FetchJob,
  signal?: AbortSignal,
) => Promise<FetchResult<Head>>;

const READ_MS = 120_000;

/** Fetching, and reading what was fetched; the answer has the contents at most, and a header with every path. */
export function limitsOf({
  remote,
  limits,
}: {
  readonly remote: { readonly limits: Pick<HttpLimits, 'totalMs'> };
  readonly limits: Pick<SnapshotLimits, 'totalBytes'>;
}): ChildLimits {
  return { timeoutMs: remote.limits.totalMs + READ_MS, outputBytes: limits.totalBytes + 64 * 1024 * 1024 };
}

/** Fetches with every file's content. @throws KubicError source.*, agent.aborted */
export function createFetchObjects(options: ChildOptions = {}): FetchObjects {
  const run = createChildRunner(options);
  return (job, signal) => run(job, limitsOf(job), async (output) => decodeResult(await gather(output)), signal);
}

async function gather(output: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of output) chunks.push(chunk);
  return Buffer.concat(chunks);
}
