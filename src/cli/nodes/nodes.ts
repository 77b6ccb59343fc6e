import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { stderr, stdin } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { loadPending, type PendingDocument } from '../../admission/pending.ts';
import { type AcceptResult, acceptNode, loadClone } from '../../clone/accept-node.ts';
import { type AskingMachine, chooseMachine, refuseOtherKey } from '../../clone/choose-machine.ts';
import { clusterCAOf } from '../../clone/cluster-ca.ts';
import { explainFields, type NewEntry } from '../../clone/edit-node-list.ts';
import { overviewNodes } from '../../clone/node-overview.ts';
import type { Definition, Role } from '../../definition/definition.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { toKubicError } from '../../errors/to-kubic-error.ts';
import { createKubeClient } from '../../kube/create-kube-client.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { Taint } from '../../objects/taint.ts';
import { observeNodes } from '../../observe/cluster/observe-nodes.ts';
import { parseFingerprint } from '../../pki/fingerprint.ts';
import { pathExists } from '../../platform/files.ts';
import { ADMIN_KUBECONFIG } from '../../platform/host-paths.ts';
import { suggest } from '../../text/suggest.ts';
import { ask } from '../ask.ts';
import { EXIT } from '../exit-codes.ts';
import { formatTable } from '../format/format-table.ts';
import { type OutputFormat, outputOption, printAnswer } from '../format/output.ts';

const LOOK_MS = 3_000;

interface ClusterOptions {
  readonly output: OutputFormat;
  readonly kubeconfig?: string;
}

interface AcceptFlags extends ClusterOptions {
  readonly dir: string;
  readonly role: Role;
  readonly label: Readonly<Record<string, string>>;
  readonly taint: readonly Taint[];
  readonly clusterCa?: string;
  readonly yes?: boolean;
  readonly push: boolean;
}

export function nodesCommand(): Command {
  const command = new Command('nodes')
    .description('List the machines of a cluster, see who waits, accept one')
    .hook('preSubcommand', refuseUnknown);
  addOptions(command.command('list', { isDefault: true }))
    .description('list them: from the clone around, and from the cluster where a kubeconfig is at hand')
    .option('--dir <directory>', 'the directory of the clone that holds cluster.yaml', '.')
    .action(listNodes);
  addOptions(command.command('pending'))
    .description('list the machines that wait until someone accepts them')
    .action(listPending);
  addOptions(command.command('accept'))
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
  return command;
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

function addOptions(command: Command): Command {
  return command
    .addOption(outputOption())
    .option(
      '--kubeconfig <file>',
      'of the cluster (default: $KUBECONFIG, ~/.kube/config, or that of this control plane)',
    );
}

async function listNodes(options: ClusterOptions & { readonly dir: string }): Promise<void> {
  const kubeconfig = await findKubeconfig(options);
  const hasClone = await pathExists(join(options.dir, 'cluster.yaml'));
  if (!hasClone && kubeconfig === undefined) throw new KubicError('admission.not-a-clone', { detail: options.dir });
  const definition = hasClone ? (await loadClone(options.dir)).definition : undefined;
  const cluster = kubeconfig === undefined ? undefined : await withClient(kubeconfig, observe);
  const nodes = overviewNodes(definition, cluster);
  const rows = nodes.map(({ name, role, key, state }) => [name, state, role || '-', key || '-']);
  await printAnswer(options.output, nodes, () => formatTable(['NAME', 'STATE', 'ROLE', 'KEY'], rows));
}

async function observe(client: KubeClient) {
  const [nodes, document] = await Promise.all([observeNodes(client), loadPending(client)]);
  return { nodes, pending: document?.pending ?? [] };
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

/** Who waits, where that can be learnt soon: a cluster that does not answer keeps nobody from accepting a key they know. */
async function lookForPending(options: ClusterOptions): Promise<PendingDocument | undefined> {
  const kubeconfig = await findKubeconfig(options);
  if (kubeconfig === undefined) return undefined;
  const look = (client: KubeClient): Promise<PendingDocument | undefined> =>
    Promise.race([loadPending(client), delay(LOOK_MS, undefined, { ref: false })]);
  return withClient(kubeconfig, look).catch(() => undefined);
}

async function readPending(options: ClusterOptions): Promise<PendingDocument | undefined> {
  const kubeconfig = await findKubeconfig(options);
  if (kubeconfig === undefined) throw new KubicError('kube.kubeconfig-invalid', { detail: 'none was found' });
  return withClient(kubeconfig, (client) => loadPending(client));
}

/** Closed at the end, which ends what is under way, too. */
async function withClient<Answer>(path: string, work: (client: KubeClient) => Promise<Answer>): Promise<Answer> {
  const client = await createKubeClient({ path });
  try {
    return await work(client);
  } finally {
    client.close();
  }
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
  const kubeconfig = await findKubeconfig(flags);
  return kubeconfig === undefined ? undefined : clusterCAOf(kubeconfig);
}

async function findKubeconfig({ kubeconfig }: ClusterOptions): Promise<string | undefined> {
  const named = kubeconfig ?? process.env.KUBECONFIG;
  if (named !== undefined && named !== '') return named;
  for (const path of [join(homedir(), '.kube', 'config'), ADMIN_KUBECONFIG]) {
    if (
      await readFile(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

function toFingerprint(text: string): string {
  try {
    return parseFingerprint(text);
  } catch (error) {
    const { message, hint } = toKubicError(error);
    throw new InvalidArgumentError(`${message}. ${hint}`);
  }
}

function toName(text: string): string {
  requireValid({ name: text });
  return text;
}

/** An argument that the list cannot hold is blamed as that, not as an error of the repository. */
function requireValid(fields: Parameters<typeof explainFields>[0]): void {
  const problem = explainFields(fields);
  if (problem !== undefined) throw new InvalidArgumentError(problem);
}

function collectLabel(text: string, labels: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('write key=value');
  const label = { [text.slice(0, at)]: text.slice(at + 1) };
  requireValid({ labels: label });
  return { ...labels, ...label };
}

function collectTaint(text: string, taints: readonly Taint[]): Taint[] {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(text) ?? [];
  if (key === undefined) throw new InvalidArgumentError('write key=value:NoSchedule, key:NoExecute or the like');
  const taint = { key, ...(value !== undefined && { value }), effect: effect as Taint['effect'] };
  requireValid({ taints: [taint] });
  return [...taints, taint];
}
