import { Command } from 'commander';
import { runInternalFetch } from '../source/fetch/internal-fetch.ts';

/** Not for people: the child process a fetch runs in, so that its memory can be bounded (see source/fetch-objects.ts). */
export function internalFetchCommand(): Command {
  return new Command('internal-fetch').action(async () => {
    process.exitCode = await runInternalFetch(process.stdin);
  });
}
