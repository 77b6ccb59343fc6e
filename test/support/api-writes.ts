import type { E2eCluster } from './e2e-cluster.ts';

interface ManagedObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly managedFields?: readonly {
      readonly manager: string;
      readonly subresource?: string;
      readonly time: string;
    }[];
  };
}

const MANAGER = 'kubic-init';
const KINDS = 'nodes,configmaps,secrets,leases,daemonsets,clusterroles,clusterrolebindings,roles,rolebindings,events';
/** Kubernetes' own parts write these all the time, whatever we do; our Lease is in `ourWrites`. */
const ALWAYS_WRITTEN = new Set(['leases', 'tokenreviews', 'subjectaccessreviews']);

/** When the program wrote last, for each object it has ever written to, its own Node's status among them. */
export async function ourWrites(cluster: E2eCluster): Promise<Readonly<Record<string, string>>> {
  const listed = await cluster.kubectl(['get', KINDS, '--all-namespaces', '--show-managed-fields', '-o', 'json']);
  const objects = (JSON.parse(listed) as { readonly items: readonly ManagedObject[] }).items;
  return Object.fromEntries(
    objects.flatMap(({ kind, metadata }) =>
      (metadata.managedFields ?? [])
        .filter(({ manager }) => manager === MANAGER)
        .map(({ subresource = '', time }) => [
          `${kind} ${metadata.namespace ?? ''}/${metadata.name} ${subresource}`.trim(),
          time,
        ]),
    ),
  );
}

/** Writes that the API server has got from anybody since it started; one that changed nothing counts, too. */
export async function countWrites(cluster: E2eCluster): Promise<number> {
  const metrics = await cluster.kubectl(['get', '--raw', '/metrics']);
  return metrics
    .split('\n')
    .filter((line) => /^apiserver_request_total\{.*verb="(APPLY|DELETE|PATCH|POST|PUT)"/.test(line))
    .filter((line) => !ALWAYS_WRITTEN.has(/resource="([^"]*)"/.exec(line)?.[1] ?? ''))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
