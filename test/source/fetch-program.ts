import { answerWithFiles, runInternalFetch } from '../../src/source/fetch/internal-fetch.ts';

// What `kubic-init internal-fetch` is in the program, as far as it fetches.
process.exitCode = await runInternalFetch(process.stdin, answerWithFiles);
