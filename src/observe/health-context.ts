import type { HealthContext } from '../addons/health/health-rule.ts';
import type { Inventory } from '../addons/inventory.ts';
import { KubicError } from '../errors/kubic-error.ts';
import type { KubeClient } from '../kube/kube-client.ts';

/**
 * What the health of these add-ons' objects depends on beside them: the storage classes, where an add-on has a claim. Where
 * they cannot be read, the answer lacks them, and a pending claim counts as one that binds by itself.
 *
 * @throws KubicError kube.unreachable, agent.aborted
 */
export async function loadHealthContext(
  client: Pick<KubeClient, 'list'>,
  inventories: readonly Pick<Inventory, 'entries'>[],
  signal?: AbortSignal,
): Promise<HealthContext> {
  const hasClaims = inventories.some(({ entries }) => entries.some(({ kind }) => kind === 'PersistentVolumeClaim'));
  if (!hasClaims) return {};
  try {
    const classes = await client.list('storage.k8s.io/v1', 'StorageClass', { signal });
    return { storageClasses: new Map(classes.map((object) => [object.metadata.name, object])) };
  } catch (error) {
    if (!(error instanceof KubicError) || error.code === 'kube.unreachable' || error.code === 'agent.aborted')
      throw error;
    return {};
  }
}
