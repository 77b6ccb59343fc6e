import { KEY_A, KEY_B } from './repository-files.ts';

const apiVersion = 'kubic.suse.com/v1beta1';
const DIGEST = `sha256:${'a'.repeat(64)}`;

/** Every setting that a repository may have, none of them at its default. */
export const FULL: Readonly<Record<string, object>> = {
  'cluster.yaml': {
    apiVersion,
    kind: 'Cluster',
    metadata: { name: 'demo' },
    spec: {
      kubernetesVersion: 'v1.36.3',
      seeder: 'cp-1',
      clusterCA: DIGEST,
      controlPlaneEndpoint: '10.250.0.11:6443',
      enrolment: { endpoints: ['10.250.0.12:9443', '10.250.0.13:9443'] },
      network: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16', dnsDomain: 'example.com' },
      schedule: '*/5 * * * *',
      components: { source: 'image', image: `registry.example.com/kubic@${DIGEST}` },
      kubeadm: {
        clusterConfiguration: { imageRepository: 'registry.example.com' },
        initConfiguration: { timeouts: { upgradeManifests: '1m' } },
        joinConfiguration: { timeouts: { discovery: '1m' } },
        kubeletConfiguration: { maxPods: 50 },
        kubeProxyConfiguration: { mode: 'nftables' },
      },
      upgrade: { maxUnavailable: 2, drainTimeout: '1h', window: '22:00-04:00' },
      guards: { maxRemovals: 2, protect: ['Namespace/a', 'Namespace/b'], confirm: [DIGEST] },
    },
  },
  'nodes.yaml': {
    apiVersion,
    kind: 'NodeList',
    accepted: [
      { name: 'cp-1', role: 'control-plane' },
      {
        name: 'w-1',
        key: KEY_A,
        role: 'worker',
        labels: { disk: 'ssd' },
        addresses: ['10.250.0.21', 'w-1.example.com'],
        taints: [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }],
      },
    ],
    rejected: [{ key: KEY_B, name: 'w-9', reason: 'stolen' }],
  },
  'addons/web/addon.yaml': { apiVersion, kind: 'Addon', spec: { dependsOn: ['cni'], prune: false, drift: 'warn' } },
  'addons/web/a.yaml': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
  'addons/cni/a.yaml': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } },
};
