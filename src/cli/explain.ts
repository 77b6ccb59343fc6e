import { stdout } from 'node:process';
import { Command } from 'commander';
import { catalogue, findEntry } from '../errors/catalogue.ts';
import { suggest } from '../text/suggest.ts';

/** `kubic-init explain` */
export function explainCommand(): Command {
  return new Command('explain')
    .description('Say what an error code means, what usually causes it and what to do')
    .argument('[code]', 'a code such as source.unreachable, or an area such as source; without one all are listed')
    .action((code: string | undefined, _options: unknown, command: Command) => {
      const entry = code === undefined ? undefined : findEntry(code);
      if (entry) {
        const retry = entry.temporary ? `${entry.retry} (temporary: exit code 75)` : entry.retry;
        stdout.write(
          `${code}: ${entry.summary}\n\nCause:  ${entry.cause}\nRemedy: ${entry.remedy}\nRetry:  ${retry}\n`,
        );
        return;
      }
      const listed = Object.entries(catalogue).filter(([name]) => code === undefined || name.startsWith(`${code}.`));
      if (listed.length === 0) return command.error(`error: no code '${code}'; ${adviceFor(code ?? '')}`);
      stdout.write(listed.map(([name, { summary }]) => `${name.padEnd(36)} ${summary}\n`).join(''));
    });
}

function adviceFor(code: string): string {
  const meant = suggest(code, Object.keys(catalogue));
  return meant === undefined ? "'kubic-init explain' lists them" : `did you mean ${meant}?`;
}
