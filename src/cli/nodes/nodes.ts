import { Command } from 'commander';
import { EXIT } from '../../errors/catalogue.ts';
import { suggest } from '../../text/suggest.ts';
import { nodesAcceptCommand } from './accept.ts';
import { nodesListCommand } from './list.ts';
import { nodesPendingCommand } from './pending.ts';

/** `kubic-init nodes`, of which each subcommand has a file */
export function nodesCommand(): Command {
  return new Command('nodes')
    .description('List the machines of a cluster, see who waits, accept one')
    .hook('preSubcommand', refuseUnknown)
    .addCommand(nodesListCommand(), { isDefault: true })
    .addCommand(nodesPendingCommand())
    .addCommand(nodesAcceptCommand());
}

/** A subcommand that is spelt wrong would be taken for an argument of `list`. */
function refuseUnknown(command: Command): void {
  const [asked = '-'] = command.args;
  const names = command.commands.map((subcommand) => subcommand.name());
  if (asked.startsWith('-') || names.includes(asked)) return;
  const near = suggest(asked, names);
  const question = near === undefined ? '' : `\n(Did you mean ${near}?)`;
  command.error(`error: unknown command 'nodes ${asked}'${question}`, { exitCode: EXIT.usage });
}
