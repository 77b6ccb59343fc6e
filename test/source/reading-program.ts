import { runInternalFetch } from '../../src/source/fetch/internal-fetch.ts';
import { answerReading } from '../../src/sync/reading/answer-reading.ts';

// What `kubic-init internal-fetch` is in the program.
process.exitCode = await runInternalFetch(process.stdin, answerReading);
