import type { AcceptedNode, ClusterDefinition, Definition, RejectedNode } from '../../src/definition/definition.ts';
import { cluster, definition } from '../support/builders.ts';

export function acceptedNode(
  name: string,
  key: string | undefined,
  role: AcceptedNode['role'] = 'worker',
): AcceptedNode {
  return { name, role, labels: {}, taints: [], ...(key !== undefined && { key }) };
}

export function definitionOf(
  accepted: readonly AcceptedNode[],
  rejected: readonly RejectedNode[] = [],
  changes: Partial<ClusterDefinition> = {},
): Definition {
  return definition({ accepted, rejected, cluster: cluster(changes) });
}
