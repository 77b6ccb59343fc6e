import type { KubeReader } from '../../kube/kube-client.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Taint } from '../../objects/taint.ts';
import type { NodeState } from '../../plan/node-state.ts';

/** All Nodes of the cluster, in the order of their names. */
export async function observeNodes(client: KubeReader, signal?: AbortSignal): Promise<NodeState[]> {
  const nodes = await client.list('v1', 'Node', { signal, keep: keepState });
  return nodes.map(toNodeState).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** A Node without its images, addresses and managed fields, which make it many times as large. */
function keepState({ apiVersion, kind, metadata, spec, status }: KubeObject): KubeObject {
  const { name, uid, labels } = metadata;
  const { conditions, nodeInfo } = (status ?? {}) as Readonly<Record<string, unknown>>;
  return {
    apiVersion,
    kind,
    metadata: { name, ...(uid && { uid }), ...(labels && { labels }) },
    spec,
    status: { conditions, nodeInfo },
  };
}

/** A Node object reduced to what rules ask. */
export function toNodeState(node: KubeObject): NodeState {
  const spec = (node.spec ?? {}) as { taints?: readonly (Taint & { timeAdded?: string })[] };
  const status = (node.status ?? {}) as {
    conditions?: readonly { type: string; status: string }[];
    nodeInfo?: { kubeletVersion?: string };
  };
  return {
    name: node.metadata.name,
    uid: node.metadata.uid ?? '',
    ready: status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false,
    kubeletVersion: status.nodeInfo?.kubeletVersion ?? '',
    labels: node.metadata.labels ?? {},
    taints: spec.taints ?? [],
  };
}
