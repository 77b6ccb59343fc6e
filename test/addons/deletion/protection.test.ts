import { expect, test } from 'vitest';
import { isOfTheCluster, isProtected } from '../../../src/addons/deletion/protection.ts';

const rbac = 'rbac.authorization.k8s.io/v1';

/** What kubeadm and Kubernetes make, by apiVersion and namespace. */
const MADE: readonly (readonly [apiVersion: string, namespace: string, refs: string])[] = [
  ['v1', 'kube-public', 'ConfigMap/cluster-info'],
  [
    'v1',
    'kube-system',
    'ConfigMap/coredns ConfigMap/extension-apiserver-authentication ConfigMap/kube-apiserver-legacy-service-account-token-tracking ConfigMap/kube-proxy ConfigMap/kubeadm-config ConfigMap/kubelet-config ConfigMap/kubic-init-bootstrap Service/kube-dns ServiceAccount/coredns ServiceAccount/kube-proxy',
  ],
  ['v1', 'default', 'Service/kubernetes'],
  ['v1', '', 'Node/w-1'],
  ['apps/v1', 'kube-system', 'DaemonSet/kube-proxy Deployment/coredns'],
  ['coordination.k8s.io/v1', 'kube-system', 'Lease/kubic-init'],
  [rbac, 'kube-public', 'Role/system:controller:bootstrap-signer Role/kubeadm:bootstrap-signer-clusterinfo'],
  [
    rbac,
    'kube-system',
    'Role/extension-apiserver-authentication-reader Role/kube-proxy RoleBinding/kube-proxy Role/kubeadm:kubelet-config RoleBinding/system:x',
  ],
  [
    rbac,
    '',
    'ClusterRole/admin ClusterRole/cluster-admin ClusterRole/edit ClusterRole/view ClusterRoleBinding/cluster-admin ClusterRole/system:node ClusterRoleBinding/kubeadm:get-nodes',
  ],
  [
    'flowcontrol.apiserver.k8s.io/v1',
    '',
    'FlowSchema/catch-all FlowSchema/exempt PriorityLevelConfiguration/catch-all PriorityLevelConfiguration/exempt',
  ],
  ['scheduling.k8s.io/v1', '', 'PriorityClass/system-cluster-critical PriorityClass/system-node-critical'],
];

test.for(
  MADE.flatMap(([apiVersion, namespace, refs]) => refs.split(' ').map((ref) => [apiVersion, ref, namespace] as const)),
)('%s %s in %s is of the cluster', ([apiVersion, text, namespace]) => {
  const [kind = '', name = ''] = text.split('/');
  expect(isOfTheCluster({ apiVersion, kind, name, ...(namespace && { namespace }) })).toBe(true);
});

test.for<[string, string, string, string | undefined]>([
  ['v1', 'ConfigMap', 'coredns', 'shop'],
  ['example.com/v1', 'Deployment', 'coredns', 'kube-system'],
  ['example.com/v1', 'Node', 'w-1', undefined],
  [rbac, 'Role', 'system:mine', 'shop'],
  [rbac, 'ClusterRole', 'my-admin', undefined],
  [rbac, 'ClusterRole', 'my-system:x', undefined],
  ['example.com/v1', 'ClusterRole', 'system:node', undefined],
  [rbac, 'Other', 'system:node', undefined],
  ['v1', 'ConfigMap', 'system:x', 'kube-system'],
])('%s %s %s is not', ([apiVersion, kind, name, namespace]) => {
  expect(isOfTheCluster({ apiVersion, kind, name, ...(namespace && { namespace }) })).toBe(false);
});

test('guards.protect names an object in its namespace, or in any', () => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'db', name: 'data' };
  expect(isProtected(claim, ['PersistentVolumeClaim/db/data'])).toBe(true);
  expect(isProtected(claim, ['PersistentVolumeClaim/data'])).toBe(true);
  expect(isProtected(claim, ['PersistentVolumeClaim/other/data'])).toBe(false);
});

test.for(['default', 'kube-node-lease', 'kube-public', 'kube-system'])(
  'the namespace %s is protected whatever guards.protect names',
  (name) => {
    expect(isProtected({ apiVersion: 'v1', kind: 'Namespace', name }, [])).toBe(true);
  },
);

test('nothing else is protected where guards.protect is empty', () => {
  expect(isProtected({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' }, [])).toBe(false);
  expect(isProtected({ apiVersion: 'v1', kind: 'ConfigMap', name: 'default', namespace: 'shop' }, [])).toBe(false);
});
