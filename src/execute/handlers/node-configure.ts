import { retryConflict } from '../../kube/errors/retry-conflict.ts';
import { toNodeState } from '../../observe/cluster/observe-nodes.ts';
import type { Handler } from './handler.ts';

/** Sets the labels, and adds the taints to those that are there and takes some away, under the Node's resourceVersion: nothing is lost. */
export const executeNodeConfigure: Handler<'node.configure'> = async ({ spec }, deps) => {
  const client = await deps.adminClient();
  const ref = { apiVersion: 'v1', kind: 'Node', name: spec.node };
  const changed = [...spec.addTaints, ...spec.removeTaints];
  const isReplaced = (taint: { key: string; effect: string }): boolean =>
    changed.some(({ key, effect }) => key === taint.key && effect === taint.effect);
  await retryConflict(async () => {
    const node = await client.get(ref, { signal: deps.signal });
    if (!node) return; // deleted since it was observed: the next sync plans anew
    const { resourceVersion } = node.metadata;
    const taints = [...toNodeState(node).taints.filter((taint) => !isReplaced(taint)), ...spec.addTaints];
    const patch = {
      metadata: { labels: spec.labels, resourceVersion },
      ...(changed.length > 0 && { spec: { taints } }),
    };
    await client.patch(ref, patch, { signal: deps.signal });
  });
};
