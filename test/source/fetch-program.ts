import { runInternalFetch } from '../../src/source/fetch/internal-fetch.ts';

// What `kubic-init internal-fetch` is in the program.
process.exitCode = await runInternalFetch(process.stdin);
