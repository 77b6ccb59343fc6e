import { writeFileSync } from 'node:fs';
import { argv, resourceUsage } from 'node:process';
import type { FetchJob } from '../../src/source/fetch/fetch-job.ts';
import { answerWithFiles, runInternalFetch } from '../../src/source/fetch/internal-fetch.ts';
import { runPlainFetch } from './plain-fetch.ts';

/**
 * The fetch process of the program, or one that leaves all to isomorphic-git, which tells what it took:
 *
 *     node measured-fetch-program.ts ours|plain USAGE_FILE
 */
const [, , reader, usageFile = ''] = argv;
process.exitCode = await runInternalFetch(process.stdin, (job: FetchJob) =>
  answerWithFiles(job, reader === 'plain' ? runPlainFetch : undefined),
);
const { userCPUTime, systemCPUTime, maxRSS } = resourceUsage();
writeFileSync(
  usageFile,
  JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: (maxRSS * 1024) / 1e6 }),
);
