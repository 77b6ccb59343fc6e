import type { JsonObject } from '../json/json.ts';
import type { ClusterDefinition } from './definition.ts';

/**
 * What a cluster is made with, by the names of cluster.yaml; a running one does not follow a change of it. The Kubernetes version
 * is left out (a rule of its own holds another), and so is `joinConfiguration`, which counts for machines that join from now on.
 */
export function bootstrapConfiguration(cluster: ClusterDefinition): JsonObject {
  const { name, controlPlaneEndpoint, network } = cluster;
  const { joinConfiguration: _, ...kubeadm } = cluster.kubeadm;
  return { metadata: { name }, controlPlaneEndpoint, network: { ...network }, kubeadm };
}
