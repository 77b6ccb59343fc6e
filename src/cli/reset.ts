import { stderr, stdin } from 'node:process';
import { Command } from 'commander';
import { EXIT } from '../errors/catalogue.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { findRemains, type Remains } from '../execute/member/find-remains.ts';
import { resetMachine } from '../execute/member/reset-machine.ts';
import { createExec, type Exec } from '../platform/exec.ts';
import { detectHostAccess } from '../platform/host-access.ts';
import { acquireLock } from '../platform/lock.ts';
import { loadMembership } from '../state/membership-record.ts';
import { runtimePath } from '../state/paths.ts';
import { describeNext, describeReset } from './format/format-reset.ts';
import { ask } from './terminal/ask.ts';

interface ResetOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly forgetIdentity?: boolean;
  readonly stateDir: string;
  readonly runtimeDir: string;
}

/** `kubic-init reset` */
export function resetCommand(): Command {
  return new Command('reset')
    .description('Take this machine out of its cluster: kubeadm reset, our files, our state; the identity stays')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only say what would be removed')
    .option(
      '--forget-identity',
      'remove the identity key too, and what was learnt of the repository; the machine must then be accepted anew',
    )
    .option('--state-dir <dir>', 'where the agent keeps its state', '/var/lib/kubic-init')
    .option('--runtime-dir <dir>', 'where the agent keeps its lock', '/run/kubic-init')
    .addHelpText(
      'after',
      `
Stop the agent first. DESTRUCTIVE: on a control plane this deletes the etcd data on this machine. It does not delete the Node, and it does not
change the repository: remove the machine from nodes.yaml first, or the next sync brings it back.`,
    )
    .action(async (options: ResetOptions) => {
      if (options.dryRun) await showRemains(options);
      else if (!options.yes && !stdin.isTTY) throw new KubicError('agent.needs-yes');
      else await askAndReset(options);
    });
}

/** The lock is held before anybody is asked: the answer counts for what was listed, and nobody else writes meanwhile. */
async function askAndReset(options: ResetOptions): Promise<void> {
  const lock = await acquireLock(runtimePath(options.runtimeDir, 'lock'));
  try {
    const remains = await showRemains(options);
    if (!options.yes && (await ask('Type yes to go on: ')) !== 'yes') {
      stderr.write('nothing was changed\n');
      process.exitCode = EXIT.failed;
      return;
    }
    const membership = await loadMembership(options.stateDir).catch(() => undefined);
    const run = createExec(detectHostAccess().prefix);
    // a sync could begin once the lock is lost: then nothing more is removed
    const exec: Exec = (argv, given) => run(argv, { ...given, signal: lock.lost });
    await resetMachine(remains, options.stateDir, exec, (line) => stderr.write(`  ${line}\n`));
    stderr.write(describeNext(membership?.nodeName, options.forgetIdentity === true));
  } finally {
    await lock.release();
  }
}

async function showRemains(options: ResetOptions): Promise<Remains> {
  const remains = await findRemains(options, options.forgetIdentity === true);
  stderr.write(describeReset(remains));
  return remains;
}
