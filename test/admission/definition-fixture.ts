import type { AcceptedNode, Definition, RejectedNode } from '../../src/definition/definition.ts';

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
  cluster: Partial<Definition['cluster']> = {},
): Definition {
  return {
    accepted,
    rejected,
    addons: [],
    cluster: {
      name: 'demo',
      kubernetesVersion: 'v1.36.3',
      seeder: 'cp-1',
      controlPlaneEndpoint: '10.250.0.11:6443',
      enrolmentEndpoints: ['10.250.0.11:9443'],
      network: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16', dnsDomain: 'cluster.local' },
      schedule: '* * * * *',
      components: { source: 'host' },
      kubeadm: {
        clusterConfiguration: {},
        initConfiguration: {},
        joinConfiguration: {},
        kubeletConfiguration: {},
        kubeProxyConfiguration: {},
      },
      upgrade: { maxUnavailable: 1, drainTimeout: '5m', window: null },
      guards: { maxRemovals: '20%', protect: [], confirm: [] },
      ...cluster,
    },
  };
}
