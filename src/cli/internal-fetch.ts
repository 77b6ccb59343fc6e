import { Command } from 'commander';
import { runInternalFetch } from '../source/fetch/internal-fetch.ts';
import { answerReading } from '../sync/reading/answer-reading.ts';

/** Not for people: the process that fetches and reads repositories, so that its memory can be bounded (see source/fetch/run-child.ts). */
export function internalFetchCommand(): Command {
  return new Command('internal-fetch').action(async () => {
    process.exitCode = await runInternalFetch(process.stdin, answerReading);
  });
}
