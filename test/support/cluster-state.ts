import type { E2eCluster } from './e2e-cluster.ts';

/** What a converged cluster is, without what differs from one machine or moment to the next: for comparison. */
export interface ClusterSummary {
  readonly nodes: readonly { readonly name: string; readonly roles: readonly string[]; readonly ready: boolean }[];
  readonly bindings: readonly string[];
  readonly tokens: readonly string[];
  readonly addons: readonly string[];
  readonly machines: Readonly<Record<string, { readonly membership: unknown; readonly files: readonly string[] }>>;
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

async function summariseMachine(
  cluster: E2eCluster,
  host: string,
): Promise<{ membership: unknown; files: readonly string[] }> {
  const membership = JSON.parse((await cluster.lab.exec(host, ['cat', '/var/lib/kubic-init/membership.json'])).stdout);
  delete membership.since;
  const { stdout } = await cluster.lab.exec(host, [
    'find',
    '/etc/kubernetes',
    '/etc/sysctl.d',
    '/etc/systemd/system/kubelet.service.d',
    '-type',
    'f',
  ]);
  return { membership, files: sorted(stdout.trim().split('\n')) };
}

function sorted(texts: readonly string[]): string[] {
  return texts.toSorted((a, b) => a.localeCompare(b));
}
