import { stdout } from 'node:process';
import { Command } from 'commander';
import { catalogue, findEntry } from '../errors/catalogue.ts';

export function explainCommand(): Command {
  return new Command('explain')
    .description('Say what an error code means, what usually causes it and what to do')
    .argument('[code]', 'a code such as source.unreachable; without one all are listed')
    .action((code: string | undefined, _options: unknown, command: Command) => {
      if (code === undefined) {
        stdout.write(
          Object.entries(catalogue)
            .map(([name, entry]) => `${name.padEnd(36)} ${entry.summary}\n`)
            .join(''),
        );
        return;
      }
      const entry = findEntry(code);
      if (!entry) return command.error(`error: no code '${code}'; 'kubic-init explain' lists them`);
      stdout.write(
        `${code}: ${entry.summary}\n\nCause:  ${entry.cause}\nRemedy: ${entry.remedy}\nRetry:  ${entry.retry}\n`,
      );
    });
}
