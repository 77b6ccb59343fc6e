import { stderr } from 'node:process';
import { Command } from 'commander';

/** Each command in a module of its own, loaded only when it is the one that was asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  agent: async () => (await import('./cli/agent.ts')).agentCommand(),
  sync: async () => (await import('./cli/sync.ts')).syncCommand(),
  plan: async () => (await import('./cli/plan.ts')).planCommand(),
  status: async () => (await import('./cli/status.ts')).statusCommand(),
  identity: async () => (await import('./cli/identity.ts')).identityCommand(),
  nodes: async () => (await import('./cli/nodes.ts')).nodesCommand(),
  validate: async () => (await import('./cli/validate.ts')).validateCommand(),
  new: async () => (await import('./cli/new.ts')).newCommand(),
  reset: async () => (await import('./cli/reset.ts')).resetCommand(),
  explain: async () => (await import('./cli/explain.ts')).explainCommand(),
  version: async () => (await import('./cli/version.ts')).versionCommand(),
  'internal-fetch': async () => (await import('./cli/internal-fetch.ts')).internalFetchCommand(),
};

const USAGE_ERROR = 64;

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('kubic-init')
    .description('GitOps node reconciler: one Git repository is the cluster, this makes it true on this machine.')
    .helpCommand(true)
    .showHelpAfterError('(kubic-init COMMAND --help says more)')
    .configureHelp({ showGlobalOptions: true });
  const asked = argv[2] ?? '';
  const names = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
  for (const name of names) {
    const command = await COMMANDS[name]?.();
    if (command) program.addCommand(command.exitOverride(), { hidden: name.startsWith('internal-') });
  }
  program.exitOverride();
  await program.parseAsync(argv);
}

async function fail(error: unknown): Promise<number> {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('commander.')) {
    return 'exitCode' in error && error.exitCode === 0 ? 0 : USAGE_ERROR; // commander has printed it
  }
  const [{ toKubicError }, { formatError }, { exitCodeOf }] = await Promise.all([
    import('./errors/to-kubic-error.ts'),
    import('./cli/format-error.ts'),
    import('./cli/exit-codes.ts'),
  ]);
  const known = toKubicError(error);
  stderr.write(formatError(known));
  return exitCodeOf(known.code);
}

main(process.argv).catch(async (error: unknown) => {
  process.exitCode = await fail(error);
});
