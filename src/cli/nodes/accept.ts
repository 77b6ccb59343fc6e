import { stderr, stdin } from 'node:process';
import { Command, Option } from 'commander';
import { type AcceptResult, acceptNode, loadClone } from '../../clone/accept-node.ts';
import { type AskingMachine, chooseMachine, refuseOtherKey } from '../../clone/choose-machine.ts';
import { clusterCAOf } from '../../clone/cluster-ca.ts';
import type { NewEntry } from '../../clone/edit-node-list.ts';
import type { Definition, Role } from '../../definition/definition.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { Taint } from '../../objects/taint.ts';
import { ask } from '../terminal/ask.ts';
import { printAnswer } from '../terminal/output.ts';
import {
  addClusterOptions,
  type ClusterOptions,
  findKubeconfig,
  lookForPending,
  readPending,
} from './cluster-options.ts';
import { collectLabel, collectTaint, toFingerprint, toName } from './parse-arguments.ts';

interface AcceptFlags extends ClusterOptions {
  readonly dir: string;
  readonly role: Role;
  readonly label: Readonly<Record<string, string>>;
  readonly taint: readonly Taint[];
  readonly clusterCa?: string;
  readonly yes?: boolean;
  readonly push: boolean;
}

/** `kubic-init nodes accept` */
export function nodesAcceptCommand(): Command {
  return addClusterOptions(new Command('accept'))
    .description('accept a machine: edit the node list of a clone, commit with your git, push if it may')
    .argument('<name>', 'the node name it gets', toName)
    .argument(
      '[fingerprint]',
      'SHA256:…, from its console; without it that of the pending machine of this name',
      toFingerprint,
    )
    .option('--dir <directory>', 'the directory of the clone that holds cluster.yaml', '.')
    .addOption(new Option('--role <role>', 'what it runs').choices(['worker', 'control-plane']).default('worker'))
    .addOption(
      new Option('--label <key=value>', 'a label for the Node; may be repeated')
        .argParser(collectLabel)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--taint <key[=value]:effect>', 'a taint for the Node; may be repeated')
        .argParser(collectTaint)
        .default([], 'none'),
    )
    .option('--cluster-ca <hash>', 'sha256:… of the cluster CA, with the seeder; default: that of the kubeconfig')
    .option('--yes', 'the fingerprint was compared: do not ask')
    .option('--no-push', 'leave the commit in the clone')
    .action(accept);
}

async function accept(name: string, fingerprint: string | undefined, flags: AcceptFlags): Promise<void> {
  const { definition } = await loadClone(flags.dir);
  const existing = definition.accepted.find((node) => node.name === name);
  const key = fingerprint ?? (await chooseKey(name, existing?.key, flags));
  if (fingerprint !== undefined && existing?.key === undefined && !flags.yes) {
    refuseOtherKey(name, fingerprint, await lookForPending(flags));
  }
  const clusterCA = await findClusterCA(name, definition, flags);
  const { label: labels, taint: taints } = flags;
  const entry = { name, key, role: existing?.role ?? flags.role, labels, taints };
  const done = await acceptNode({
    directory: flags.dir,
    entry,
    push: flags.push,
    ...(clusterCA !== undefined && { clusterCA }),
  });
  const answer = { name, key, ...done };
  await printAnswer(flags.output, answer, () => `${formatAccepted(answer)}\n`);
}

function formatAccepted({ name, key, result, unpushed }: AcceptResult & Pick<NewEntry, 'name' | 'key'>): string {
  const already = `${name} was accepted already with ${key}`;
  if (result === 'unchanged') return already;
  if (unpushed === undefined) {
    return `accepted ${name} with ${key}${result === 'pushed' ? '' : '; push the commit to make it count'}`;
  }
  const commits = unpushed === 1 ? '1 commit' : `${unpushed} commits`;
  return `${already}, but the branch had ${commits} not pushed: ${result === 'pushed' ? 'pushed now' : 'push to make it count'}`;
}

async function chooseKey(name: string, acceptedKey: string | undefined, flags: AcceptFlags): Promise<string> {
  const document = await readPending(flags);
  const isPending = document?.pending.some((machine) => machine.name === name) ?? false;
  if (acceptedKey !== undefined && !isPending) return acceptedKey; // accepted already: there is nothing to compare
  const machine = chooseMachine(name, document);
  if (flags.yes) return machine.fingerprint;
  if (!stdin.isTTY) throw new KubicError('admission.not-confirmed', { detail: `${name} is ${machine.fingerprint}` });
  stderr.write(`${describe(name, machine)}\n`);
  const answer = await ask('Does the console of the machine show the same fingerprint? [y/N] ');
  if (!/^y(es)?$/i.test(answer)) throw new KubicError('admission.declined', { detail: name });
  return machine.fingerprint;
}

function describe(name: string, { fingerprint, address, facts }: AskingMachine): string {
  const lines = [`  ${name}: ${fingerprint}`];
  if (address !== undefined)
    lines.push(`  from ${address}, hostname ${facts?.hostname ?? ''}, ${facts?.osImage ?? ''}`);
  return lines.join('\n');
}

/** The CA is written with the seeder's key, unless the repository names one already. */
async function findClusterCA(name: string, { cluster }: Definition, flags: AcceptFlags): Promise<string | undefined> {
  if (name !== cluster.seeder || cluster.clusterCA !== undefined) return undefined;
  if (flags.clusterCa !== undefined) return flags.clusterCa;
  const selection = await findKubeconfig(flags);
  return selection === undefined ? undefined : clusterCAOf(selection);
}
