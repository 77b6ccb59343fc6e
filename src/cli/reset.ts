import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stderr, stdin } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { KubicError } from '../errors/kubic-error.ts';
import { membershipFile } from '../execute/membership-record.ts';
import { ownedFiles } from '../execute/owned-files.generated.ts';
import { createExec } from '../platform/exec.ts';
import { detectHostAccess } from '../platform/host-access.ts';
import { KUBEADM_FILES } from '../platform/host-paths.ts';
import { acquireLock } from '../platform/lock.ts';
import type { Settings } from '../settings/settings.ts';
import { EXIT } from './exit-codes.ts';
import { addSettingsOptions, loadSettingsFor } from './settings-options.ts';

interface ResetOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly forgetIdentity?: boolean;
}

export function resetCommand(): Command {
  const command = new Command('reset')
    .description('Take this machine out of its cluster: kubeadm reset, our files, our state; the identity stays')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only say what would be removed')
    .option('--forget-identity', 'remove the identity key too; the machine must then be accepted anew')
    .addHelpText(
      'after',
      `
DESTRUCTIVE: on a control plane this deletes the etcd data on this machine. It does not delete the Node, and it does not
change the repository: remove the machine from nodes.yaml first, or the next sync brings it back.`,
    )
    .action(async (options: ResetOptions) => {
      const settings = await loadSettingsFor(command);
      const state = stateFiles(settings, options);
      stderr.write(
        `This removes from this machine:\n  kubeadm reset --force\n${state.map((path) => `  ${path}\n`).join('')}`,
      );
      if (options.dryRun) return;
      if (!options.yes && !(await confirm())) {
        process.exitCode = EXIT.failed;
        return;
      }
      await reset(settings, state);
    });
  return addSettingsOptions(command);
}

function stateFiles(settings: Settings, options: ResetOptions): string[] {
  const inState = ['journal.jsonl', 'status.json', 'durations.json', 'source', 'acted-on.json'];
  return [
    ...KUBEADM_FILES,
    '/etc/kubernetes/kubic',
    ...ownedFiles.map((file) => file.path),
    membershipFile(settings.stateDir),
    ...inState.map((name) => join(settings.stateDir, name)),
    ...(options.forgetIdentity ? [join(settings.stateDir, 'identity.key')] : []),
  ];
}

async function confirm(): Promise<boolean> {
  if (!stdin.isTTY) throw new KubicError('agent.needs-yes');
  const prompt = createInterface({ input: stdin, output: stderr });
  const answer = await prompt.question('Type yes to go on: ');
  prompt.close();
  return answer.trim() === 'yes';
}

/** The membership goes last: cut short, the machine is still a member whose reset can be run again. */
async function reset(settings: Settings, state: readonly string[]): Promise<void> {
  const lock = await acquireLock(join(settings.runtimeDir, 'lock'));
  try {
    const exec = createExec(detectHostAccess().prefix);
    const onLine = (line: string): void => void stderr.write(`  ${line}\n`);
    await exec(['systemctl', 'disable', '--now', 'kubelet'], { allowedExitCodes: [0, 1, 5] });
    await exec(['kubeadm', 'reset', '--force'], { timeoutMs: 300_000, onLine });
    await rm('/etc/cni/net.d', { recursive: true, force: true });
    for (const path of state.toSorted(
      (a, b) => Number(a.endsWith('membership.json')) - Number(b.endsWith('membership.json')),
    )) {
      await rm(path, { recursive: true, force: true });
    }
    await exec(['systemctl', 'daemon-reload']);
  } finally {
    await lock.release();
  }
}
