import { expect, test } from 'vitest';
import { isOfTheCluster, isProtected } from '../../../src/addons/deletion/protection.ts';

const rbac = 'rbac.authorization.k8s.io/v1';

test.for<[string, string, string, string | undefined]>([
  ['v1', 'ConfigMap', 'coredns', 'kube-system'],
  ['apps/v1', 'Deployment', 'coredns', 'kube-system'],
  ['apps/v1', 'DaemonSet', 'kube-proxy', 'kube-system'],
  ['v1', 'ConfigMap', 'cluster-info', 'kube-public'],
  ['v1', 'Node', 'w-1', undefined],
  [rbac, 'ClusterRole', 'system:node', undefined],
  [rbac, 'ClusterRoleBinding', 'kubeadm:get-nodes', undefined],
  [rbac, 'Role', 'kubeadm:kubelet-config', 'kube-system'],
  [rbac, 'ClusterRole', 'cluster-admin', undefined],
])('%s %s %s is of the cluster', ([apiVersion, kind, name, namespace]) => {
  expect(isOfTheCluster({ apiVersion, kind, name, ...(namespace && { namespace }) })).toBe(true);
});

test.for<[string, string, string, string | undefined]>([
  ['v1', 'ConfigMap', 'coredns', 'shop'],
  ['example.com/v1', 'Deployment', 'coredns', 'kube-system'],
  ['example.com/v1', 'Node', 'w-1', undefined],
  [rbac, 'Role', 'system:mine', 'shop'],
  [rbac, 'ClusterRole', 'my-admin', undefined],
])('%s %s %s is not', ([apiVersion, kind, name, namespace]) => {
  expect(isOfTheCluster({ apiVersion, kind, name, ...(namespace && { namespace }) })).toBe(false);
});

test('guards.protect names an object in its namespace, or in any', () => {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'db', name: 'data' };
  expect(isProtected(claim, ['PersistentVolumeClaim/db/data'])).toBe(true);
  expect(isProtected(claim, ['PersistentVolumeClaim/data'])).toBe(true);
  expect(isProtected(claim, ['PersistentVolumeClaim/other/data'])).toBe(false);
});
