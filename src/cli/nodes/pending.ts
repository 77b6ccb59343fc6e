import { Command } from 'commander';
import { formatTable } from '../format/format-table.ts';
import { printAnswer } from '../terminal/output.ts';
import { addClusterOptions, type ClusterOptions, readPending } from './cluster-options.ts';

/** `kubic-init nodes pending` */
export function nodesPendingCommand(): Command {
  return addClusterOptions(new Command('pending'))
    .description('list the machines that wait until someone accepts them')
    .action(listPending);
}

async function listPending(options: ClusterOptions): Promise<void> {
  const document = await readPending(options);
  const pending = document?.pending ?? [];
  const rows = pending.map(({ name, fingerprint, address, facts, firstSeen, boundKey }) => [
    name,
    fingerprint,
    address,
    facts.hostname,
    firstSeen,
    boundKey === undefined ? '' : `the list binds ${name} to ${boundKey}`,
  ]);
  const header = ['NAME', 'KEY', 'FROM', 'HOSTNAME', 'SINCE', 'NOTE'];
  await printAnswer(options.output, pending, () =>
    pending.length === 0 ? 'nobody waits\n' : formatTable(header, rows),
  );
}
