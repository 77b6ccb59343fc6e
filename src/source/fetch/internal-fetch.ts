import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { stdout } from 'node:process';
import { encodeError, encodeResult, type FetchJob, type FetchResult } from './fetch-job.ts';
import { runFetchJob } from './run-fetch-job.ts';

/**
 * The fetch process: a FetchJob as JSON on `stdin`, the result on standard output. What a repository makes it need of memory
 * and time is limited here, and given back when the process ends.
 *
 * @param run does the job
 * @returns the exit code: 0 also for an error, which is in the result
 */
export async function runInternalFetch(
  stdin: AsyncIterable<Uint8Array>,
  run: (job: FetchJob) => Promise<FetchResult> = runFetchJob,
): Promise<number> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  const job = JSON.parse(Buffer.concat(chunks).toString('utf8')) as FetchJob;
  // Where memory runs out, the kernel shall take this process before anything of the cluster
  await writeFile('/proc/self/oom_score_adj', '1000').catch(() => {});
  const parts = await run(job).then(encodeResult, encodeError);
  for (const part of parts) if (!stdout.write(part)) await once(stdout, 'drain');
  return 0;
}
