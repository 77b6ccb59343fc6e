import type { HealthContext } from '../../addons/health/health-rule.ts';
import { conditionOf } from '../../addons/health/object-health.ts';
import type { Inventory } from '../../addons/inventory.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { KubeObject } from '../../objects/kube-object.ts';

/**
 * What the health of these add-ons' objects depends on beside them: the storage classes, where an add-on has a claim, and
 * how many Nodes are silent, where one has a DaemonSet. What cannot be read is left out: then more is waited for.
 *
 * @throws KubicError kube.unreachable, agent.aborted
 */
export async function loadHealthContext(
  client: Pick<KubeClient, 'list'>,
  inventories: readonly Pick<Inventory, 'entries'>[],
  signal?: AbortSignal,
): Promise<HealthContext> {
  const has = (wanted: string): boolean =>
    inventories.some(({ entries }) => entries.some(({ kind }) => kind === wanted));
  const list = async (apiVersion: string, kind: string): Promise<readonly KubeObject[] | undefined> =>
    client.list(apiVersion, kind, { signal }).catch(withoutAnswer);
  const [classes, nodes] = await Promise.all([
    has('PersistentVolumeClaim') ? list('storage.k8s.io/v1', 'StorageClass') : undefined,
    has('DaemonSet') ? list('v1', 'Node') : undefined,
  ]);
  return {
    ...(classes && { storageClasses: new Map(classes.map((object) => [object.metadata.name, object])) }),
    ...(nodes && { silentNodes: nodes.filter(isSilent).length }),
  };
}

/** kube-controller-manager says `Unknown` of a Node whose kubelet has not reported for 50 seconds. */
function isSilent(node: KubeObject): boolean {
  return conditionOf(node, 'Ready')?.status === 'Unknown';
}

function withoutAnswer(error: unknown): undefined {
  const isOne = error instanceof KubicError && error.code !== 'kube.unreachable' && error.code !== 'agent.aborted';
  if (!isOne) throw error;
}
