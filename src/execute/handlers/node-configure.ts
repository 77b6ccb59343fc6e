import { toNodeState } from '../../observe/cluster/observe-nodes.ts';
import type { Handler } from './handler.ts';

/** Sets the labels, and adds the taints to those that are there and takes some away, under the Node's resourceVersion: nothing is lost. */
export const executeNodeConfigure: Handler<'node.configure'> = async ({ spec }, deps) => {
  const client = await deps.adminClient();
  const ref = { apiVersion: 'v1', kind: 'Node', name: spec.node };
  const node = await client.get(ref, { signal: deps.signal });
  if (!node) return; // deleted since it was observed: the next sync plans anew
  const changed = [...spec.addTaints, ...spec.removeTaints];
  const isReplaced = (taint: { key: string; effect: string }): boolean =>
    changed.some(({ key, effect }) => key === taint.key && effect === taint.effect);
  const taints = [...toNodeState(node).taints.filter((taint) => !isReplaced(taint)), ...spec.addTaints];
  await client.patch(
    ref,
    {
      metadata: { labels: spec.labels, resourceVersion: node.metadata.resourceVersion },
      ...(changed.length > 0 && { spec: { taints } }),
    },
    { signal: deps.signal },
  );
};
