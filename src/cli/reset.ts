import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stderr, stdin } from 'node:process';
import { Command } from 'commander';
import { KubicError } from '../errors/kubic-error.ts';
import { ownedFiles } from '../generated/owned-files.generated.ts';
import { createExec, type Exec } from '../platform/exec.ts';
import { findLeftovers, pathExists } from '../platform/files.ts';
import { detectHostAccess } from '../platform/host-access.ts';
import { ETCD_MEMBER_DIRECTORY, KUBEADM_FILES } from '../platform/host-paths.ts';
import { acquireLock, type Lock } from '../platform/lock.ts';
import { loadMembership, membershipFile } from '../state/membership-record.ts';
import { ask } from './ask.ts';
import { EXIT } from './exit-codes.ts';

/** It stays, emptied: containerd's CRI ends, and containerd is started anew, when it is gone (kubeadm then finds no runtime). */
const CNI_DIRECTORY = '/etc/cni/net.d';

interface ResetOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly forgetIdentity?: boolean;
  readonly stateDir: string;
  readonly runtimeDir: string;
}

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
      if (options.dryRun) {
        await showState(options);
        return;
      }
      if (!options.yes && !stdin.isTTY) throw new KubicError('agent.needs-yes');
      // before anybody is asked: the answer counts for what was listed, and nobody else writes meanwhile
      const lock = await acquireLock(join(options.runtimeDir, 'lock'));
      try {
        const state = await showState(options);
        if (options.yes || (await ask('Type yes to go on: ')) === 'yes') {
          const membership = await loadMembership(options.stateDir).catch(() => undefined);
          await reset(options, state, lock);
          stderr.write(describeNext(membership?.nodeName, options));
        } else {
          stderr.write('nothing was changed\n');
          process.exitCode = EXIT.failed;
        }
      } finally {
        await lock.release();
      }
    });
}

/** Directories that `kubeadm reset` empties, whatever is in them. */
const EMPTIED = ['/etc/kubernetes/manifests', '/etc/kubernetes/pki', '/var/lib/kubelet'];

/** What a reset removes, for people: a directory that is emptied stands for the files in it. */
export function describeReset(state: readonly string[], emptied: readonly string[]): string {
  const others = state.filter((path) => !emptied.some((directory) => path.startsWith(`${directory}/`)));
  return [
    'This removes from this machine:',
    `  kubeadm reset --force${emptied.length === 0 ? '' : ', and with it all that is in'}`,
    ...emptied.map((path) => `    ${path}`),
    ...others.map((path) => `  ${path}`),
    ...(state.includes(ETCD_MEMBER_DIRECTORY)
      ? ["This machine is a control plane: this deletes the cluster's data (etcd) on this machine."]
      : []),
    '',
  ].join('\n');
}

/** What is done, and what a reset leaves to others. */
export function describeNext(
  nodeName: string | undefined,
  { forgetIdentity }: Pick<ResetOptions, 'forgetIdentity'>,
): string {
  const identity = forgetIdentity ? 'its identity key is gone' : 'its identity key stays';
  return `done: this machine is no member of a cluster any more; ${identity}
Next:
  kubectl delete node ${nodeName ?? 'NAME'}, where the cluster goes on: its Node object is still there
  remove the machine from nodes.yaml, where it still stands there: else the next sync brings it back
  reboot, where the iptables rules of kube-proxy are in the way: they stay until then
`;
}

function stateFiles(options: ResetOptions): string[] {
  const inState = ['journal.jsonl', 'status.json', 'durations.json', 'source', 'fetch.lock'];
  // the commit acted on last goes with the identity: without it any older commit of the repository would pass
  const trust = ['identity.key', 'acted-on.json', 'guards.json'];
  return [
    ...KUBEADM_FILES,
    ETCD_MEMBER_DIRECTORY,
    '/etc/kubernetes/kubic',
    ...ownedFiles.map((file) => file.path),
    membershipFile(options.stateDir),
    ...inState.map((name) => join(options.stateDir, name)),
    ...(options.forgetIdentity ? trust.map((name) => join(options.stateDir, name)) : []),
  ];
}

/** What is there to be removed, the temporary files of writers that were killed among it: one may hold a private key. */
async function findState(options: ResetOptions): Promise<string[]> {
  const leftovers = await Promise.all([options.stateDir, options.runtimeDir].map(findLeftovers));
  return [...(await present(stateFiles(options))), ...(await entriesOf(CNI_DIRECTORY)), ...leftovers.flat()];
}

/** The same, told. */
async function showState(options: ResetOptions): Promise<string[]> {
  const state = await findState(options);
  stderr.write(describeReset(state, await present(EMPTIED)));
  return state;
}

async function entriesOf(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((): string[] => []);
  return names.map((name) => join(directory, name));
}

async function present(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(pathExists));
  return paths.filter((_, index) => found[index]);
}

/** The membership goes last: cut short, the machine is still a member whose reset can be run again. */
async function reset(options: ResetOptions, state: readonly string[], lock: Lock): Promise<void> {
  const run = createExec(detectHostAccess().prefix);
  // a sync could begin once the lock is lost: then nothing more is removed
  const exec: Exec = (argv, given) => run(argv, { ...given, signal: lock.lost });
  const onLine = (line: string): void => void stderr.write(`  ${line}\n`);
  await exec(['systemctl', 'disable', '--now', 'kubelet'], { allowedExitCodes: [0, 1, 5] });
  await exec(['kubeadm', 'reset', '--force'], { timeoutMs: 300_000, onLine });
  // on the host, where nothing is mounted read-only
  const membership = membershipFile(options.stateDir);
  await exec(['rm', '-rf', '--', ...state.filter((path) => path !== membership)]);
  await exec(['rm', '-f', '--', membership]);
  await exec(['systemctl', 'daemon-reload']);
}
