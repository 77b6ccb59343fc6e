import { observeAccess } from '../admission/access.ts';
import type { Definition } from '../definition/definition.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import type { ClusterState } from './actual.ts';
import { observeAddons } from './observe-addons.ts';
import { type ConfigurationDeps, observeConfiguration } from './observe-configuration.ts';
import { observeNodes } from './observe-nodes.ts';

/** What is true in the cluster, asked as its administrator. Only reads. */
export async function observeCluster(
  client: KubeClient,
  definition: Definition,
  deps: Pick<ConfigurationDeps, 'exec' | 'runtimeDir' | 'signal'>,
): Promise<ClusterState> {
  const { signal } = deps;
  const [nodes, addons, access, configuration] = await Promise.all([
    observeNodes(client, signal),
    observeAddons(client, signal),
    observeAccess(client, definition.accepted, signal),
    observeConfiguration(definition.cluster, { ...deps, client }),
  ]);
  return { nodes, addons, access, configuration };
}
