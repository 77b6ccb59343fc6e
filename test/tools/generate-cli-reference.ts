import type { Command } from 'commander';
import { EXIT } from '../../src/errors/catalogue.ts';

const MEANINGS: { readonly [K in keyof typeof EXIT]: string } = {
  done: 'done, or in sync',
  failed: 'failed',
  changes: '`plan` found something to do',
  usage: 'wrong usage',
  invalid: 'invalid definition or settings',
  temporary: 'temporary: try again later',
};

/** A page with the help of every command, as `--help` prints it. */
export function generateCliReference(program: Command): string {
  const codes = Object.entries(EXIT).map(([name, code]) => `| ${code} | ${MEANINGS[name as keyof typeof EXIT]} |`);
  return `# Commands

<!-- Generated from src/cli by \`npm run generate\`: change the command, not this page. -->

The answer goes to stdout, progress and errors to stderr. [Settings](settings.md) can stand in a file or in the environment, too.

| Exit code | Meaning |
| --- | --- |
${codes.join('\n')}
${visibleCommands(program).map(section).join('')}`;
}

/** The commands below a command, depth first; those for internal use are left out. */
export function visibleCommands(parent: Command): readonly Command[] {
  const shown = parent.createHelp().visibleCommands(parent);
  return shown
    .filter((command) => command.name() !== 'help')
    .flatMap((command) => [command, ...visibleCommands(command)]);
}

/** `kubic-init nodes accept` */
export function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

/** What \`--help\` prints, the text after the options included. */
export function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => (text += part),
    getOutHelpWidth: () => 100,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text.trimEnd();
}

function section(command: Command): string {
  return `
## ${fullName(command)}

\`\`\`text
${helpOf(command)}
\`\`\`
`;
}
