import { toNodeState } from '../../observe/cluster/observe-nodes.ts';
import type { Handler } from './handler.ts';

/** Sets the labels, and adds the taints to those that are there, under the Node's resourceVersion: nothing is lost. */
export const executeNodeConfigure: Handler<'node.configure'> = async ({ spec }, deps) => {
  const client = await deps.adminClient();
  const ref = { apiVersion: 'v1', kind: 'Node', name: spec.node };
  const node = await client.get(ref, { signal: deps.signal });
  if (!node) return; // deleted since it was observed: the next sync plans anew
  const isReplaced = (taint: { key: string; effect: string }): boolean =>
    spec.addTaints.some((added) => added.key === taint.key && added.effect === taint.effect);
  const taints = [...toNodeState(node).taints.filter((taint) => !isReplaced(taint)), ...spec.addTaints];
  await client.patch(
    ref,
    {
      metadata: { labels: spec.labels, resourceVersion: node.metadata.resourceVersion },
      ...(spec.addTaints.length > 0 && { spec: { taints } }),
    },
    { signal: deps.signal },
  );
};
