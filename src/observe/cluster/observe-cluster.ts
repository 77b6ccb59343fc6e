import { observeAccess } from '../../admission/access/access.ts';
import type { Definition } from '../../definition/definition.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import type { ClusterState } from '../../plan/actual.ts';
import { type DesiredAddons, observeAddons } from '../addons/observe-addons.ts';
import type { EarlyFindings } from '../begin-observing.ts';
import { loadBootstrapRecord } from './bootstrap-record.ts';
import { observeNodes } from './observe-nodes.ts';

/** What is true in the cluster, asked as its administrator. Only reads. */
export async function observeCluster(
  client: KubeReader,
  definition: Definition,
  desired: DesiredAddons,
  { takeRecorded, signal }: Pick<EarlyFindings, 'takeRecorded'> & { readonly signal?: AbortSignal },
): Promise<ClusterState> {
  const [nodes, addons, access, bootstrapRecord] = await Promise.all([
    observeNodes(client, signal),
    takeRecorded().then((recorded) => observeAddons(client, signal, desired, recorded)),
    observeAccess(client, definition.accepted, signal),
    loadBootstrapRecord(client, signal),
  ]);
  return { nodes, addons, access, bootstrapRecord };
}
