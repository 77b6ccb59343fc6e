import { Command } from 'commander';
import { loadIdentity, loadOrCreateIdentity } from '../admission/identity/identity.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { statePath } from '../state/paths.ts';
import { type OutputFormat, outputOption, printAnswer } from './terminal/output.ts';

interface IdentityOptions {
  readonly output: OutputFormat;
  readonly stateDir: string;
}

const STATE_DIR = '/var/lib/kubic-init';

/** `kubic-init identity` */
export function identityCommand(): Command {
  const command = new Command('identity').description("Print the fingerprint of this machine's identity key");
  command
    .command('show', { isDefault: true })
    .description('print it; an error where no key was made yet')
    .addOption(outputOption())
    .option('--state-dir <dir>', 'where the agent keeps its state', STATE_DIR)
    .action(async ({ output, stateDir }: IdentityOptions) => {
      const identity = await loadIdentity(stateDir);
      if (!identity) throw new KubicError('admission.no-identity', { detail: statePath(stateDir, 'identity') });
      await print(output, identity.fingerprint);
    });
  command
    .command('create')
    .description('make the key ahead of time, where there is none yet, and print its fingerprint')
    .addOption(outputOption())
    .option('--state-dir <dir>', 'where the agent keeps its state', STATE_DIR)
    .action(async ({ output, stateDir }: IdentityOptions) => {
      await print(output, (await loadOrCreateIdentity(stateDir)).fingerprint);
    });
  return command;
}

async function print(output: OutputFormat, fingerprint: string): Promise<void> {
  await printAnswer(output, { fingerprint }, () => `${fingerprint}\n`);
}
