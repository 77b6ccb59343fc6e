import type { Status } from '../../src/generated/status.generated.ts';
import type { E2eCluster } from './e2e-cluster.ts';
import { brokenDocuments, readState, STATE, strayFiles } from './state-directory.ts';

/** What a converged cluster is, without what differs from one machine or moment to the next: for comparison. */
export interface ClusterSummary {
  readonly nodes: readonly { readonly name: string; readonly roles: readonly string[]; readonly ready: boolean }[];
  readonly bindings: readonly string[];
  readonly tokens: readonly string[];
  readonly addons: readonly string[];
  readonly machines: Readonly<Record<string, MachineSummary>>;
}

export interface MachineSummary {
  readonly membership: unknown;
  readonly guards: unknown;
  readonly status: Partial<Status>;
  /** Documents that are not whole, and what else a write that was cut short leaves. */
  readonly broken: readonly string[];
  /** Mode, owner and path of each file. */
  readonly files: readonly string[];
}

interface Listed {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly type?: string;
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

export async function summariseCluster(cluster: E2eCluster, hosts: readonly string[]): Promise<ClusterSummary> {
  const list = async (...args: string[]): Promise<Listed[]> =>
    JSON.parse(await cluster.kubectl(['get', ...args, '-o', 'json'])).items;
  const name = ({ metadata }: Listed): string => `${metadata.namespace ?? ''}/${metadata.name}`;
  const bindings = await list('clusterrolebindings,rolebindings', '--all-namespaces');
  const machines = await Promise.all(hosts.map(async (host) => [host, await summariseMachine(cluster, host)] as const));
  return {
    nodes: (await list('nodes')).map((node) => ({
      name: node.metadata.name,
      roles: Object.keys(node.metadata.labels ?? {}).filter((label) => label.startsWith('node-role.')),
      ready: node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false,
    })),
    bindings: sorted(bindings.map(name).filter((binding) => /kubic|kubeadm/.test(binding))),
    tokens: (await list('secrets', '-n', 'kube-system'))
      .filter(({ type }) => type === 'bootstrap.kubernetes.io/token')
      .map(name),
    addons: sorted(
      (await list('all,configmaps', '--all-namespaces', '-l', 'applyset.kubernetes.io/part-of')).map(name),
    ),
    machines: Object.fromEntries(machines),
  };
}

const DIRECTORIES = [
  '/etc/kubernetes',
  '/etc/sysctl.d',
  '/etc/modules-load.d',
  '/etc/issue.d',
  STATE,
  '/run/kubic-init',
];

/**
 * Files that are there or not by the way a machine has taken: durations.json after a sync that did something to its end (it has
 * estimates, no more), and isomorphic-git's remote ref, which goes when the store is opened and comes back with a fetch.
 */
const BY_THE_WAY = [`${STATE}/durations.json`, `${STATE}/source/refs/remotes/`];

async function summariseMachine(cluster: E2eCluster, host: string): Promise<MachineSummary> {
  const read = async (path: string) => JSON.parse(await readState(cluster, host, path));
  const { since: _since, ...membership } = await read('membership.json');
  const { commit: _commit, ...guards } = await read('guards.json');
  const unit = '/etc/systemd/system/kubelet.service.d';
  const find = ['find', ...DIRECTORIES, unit, '!', '-type', 'd', '-printf', '%M %u:%g %p\\n'];
  const { stdout } = await cluster.lab.exec(host, find);
  return {
    membership,
    guards,
    status: settledPart(await read('status.json')),
    broken: [...(await brokenDocuments(cluster, host)), ...(await strayFiles(cluster, host))],
    files: sorted([...new Set(stdout.trim().split('\n').filter(isComparable).map(withoutHash))]),
  };
}

/** Without names, times and commits, and without what moves on by itself (the add-ons' health) or tells of the way (the last sync). */
function settledPart({ phase, held, diagnostics, versions, enrolment, error }: Status): Partial<Status> {
  return { phase, held, diagnostics, versions, ...(enrolment && { enrolment }), ...(error && { error }) };
}

function isComparable(line: string): boolean {
  return !BY_THE_WAY.some((path) => line.includes(` ${path}`));
}

/** Packs are named after what is in them, and there are as many as there were fetches. */
function withoutHash(line: string): string {
  return line.replace(/pack-[0-9a-f]{40}\.(pack|idx)$/, 'pack.$1');
}

function sorted(texts: readonly string[]): string[] {
  return texts.toSorted((a, b) => a.localeCompare(b));
}
