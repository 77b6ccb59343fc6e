import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { stdout } from 'node:process';
import { encodeError, encodeResult, type FetchJob, type FetchResult } from './fetch-job.ts';
import { runFetchJob } from './run-fetch-job.ts';

/**
 * The process that reads a repository: a job as JSON on `stdin`, the answer on standard output. What a repository makes it need of
 * memory and time is limited here, and given back when the process ends.
 *
 * @param answer does the job
 * @returns the exit code: 0 also for an error, which is in the answer
 */
export async function runInternalFetch<Job>(
  stdin: AsyncIterable<Uint8Array>,
  answer: (job: Job) => AsyncIterable<Uint8Array>,
): Promise<number> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  const job = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Job;
  // Where memory runs out, the kernel shall take this process before anything of the cluster
  await writeFile('/proc/self/oom_score_adj', '1000').catch(() => {});
  try {
    for await (const part of answer(job)) await write(part);
  } catch (error) {
    for (const part of encodeError(error)) await write(part);
  }
  return 0;
}

async function write(part: Uint8Array): Promise<void> {
  if (!stdout.write(part)) await once(stdout, 'drain');
}

/** The answer to a job whose asker takes the files themselves. */
export async function* answerWithFiles(
  job: FetchJob,
  run: (job: FetchJob) => Promise<FetchResult> = runFetchJob,
): AsyncGenerator<Uint8Array> {
  yield* encodeResult(await run(job));
}
