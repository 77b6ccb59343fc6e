import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };

/** Each command in a module of its own, loaded only when it is the one that was asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  agent: async () => (await import('./agent.ts')).agentCommand(),
  sync: async () => (await import('./sync.ts')).syncCommand(),
  plan: async () => (await import('./plan.ts')).planCommand(),
  status: async () => (await import('./status.ts')).statusCommand(),
  identity: async () => (await import('./identity.ts')).identityCommand(),
  nodes: async () => (await import('./nodes/nodes.ts')).nodesCommand(),
  validate: async () => (await import('./validate.ts')).validateCommand(),
  new: async () => (await import('./new/new.ts')).newCommand(),
  reset: async () => (await import('./reset.ts')).resetCommand(),
  explain: async () => (await import('./explain.ts')).explainCommand(),
  version: async () => (await import('./version.ts')).versionCommand(),
  'internal-fetch': async () => (await import('./internal-fetch.ts')).internalFetchCommand(),
};

/** The program with the command `asked` for, or with all of them where that is none (`--help`, a typing error). */
export async function createProgram(asked: string): Promise<Command> {
  const program = new Command('kubic-init')
    .description('GitOps node reconciler: one Git repository is the cluster, this makes it true on this machine.')
    .helpCommand(true)
    .version(`kubic-init ${packageJson.version}`, '-V, --version', 'print the version of this program')
    .showHelpAfterError(`(kubic-init${Object.hasOwn(COMMANDS, asked) ? ` ${asked}` : ''} --help says more)`)
    .exitOverride();
  const names = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
  for (const name of names) {
    const command = await COMMANDS[name]?.();
    if (command) program.addCommand(command, { hidden: name.startsWith('internal-') });
  }
  inheritSettings(program);
  return program;
}

/** addCommand() does not do it: without, a subcommand would end the process itself, with another exit code. */
function inheritSettings(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inheritSettings(command);
  }
}
