import { formatRef } from '../../objects/kube-object.ts';
import { isKubernetesGroup } from '../../objects/kubernetes-groups.ts';
import { isClusterScopedName } from '../../objects/object-key.ts';
import { groupOf, type ObjectRef } from '../../objects/object-ref.ts';
import type { Bystander } from './cascade.ts';

const ALWAYS = ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => `Namespace/${name}`);

/** True for objects that are never deleted: `Kind/name` or `Kind/namespace/name` in guards.protect, and the namespaces no cluster can be without. */
export function isProtected(ref: ObjectRef, protect: readonly string[]): boolean {
  const names = [`${ref.kind}/${ref.name}`, formatRef(ref).replace(' ', '/')];
  return [...ALWAYS, ...protect].some((entry) => names.includes(entry));
}

/** What an entry of guards.protect names: `Kind/namespace/name`, or `Kind/name`, which in a kind with namespaces may be in any. */
export function protectedBystander(entry: string): Bystander & { readonly why: string; readonly final: true } {
  const [kind = '', second = '', third] = entry.split('/');
  const ref = { apiVersion: '', kind };
  const base = { anyGroup: true, why: 'is protected', final: true } as const;
  if (third !== undefined) return { ...base, ref: { ...ref, namespace: second, name: third } };
  return { ...base, ref: { ...ref, name: second }, anyNamespace: !isClusterScopedName(kind) };
}

/**
 * What kubeadm and Kubernetes itself make and a cluster does not work without, as `Kind/namespace/name` (kubeadm,
 * cmd/kubeadm/app/phases: addons, uploadconfig, kubelet, bootstraptoken, kubeconfig).
 */
const OF_THE_CLUSTER = new Set([
  'ConfigMap/kube-public/cluster-info',
  'ConfigMap/kube-system/coredns',
  'ConfigMap/kube-system/extension-apiserver-authentication',
  'ConfigMap/kube-system/kube-apiserver-legacy-service-account-token-tracking',
  'ConfigMap/kube-system/kube-proxy',
  'ConfigMap/kube-system/kubeadm-config',
  'ConfigMap/kube-system/kubelet-config',
  'ConfigMap/kube-system/kubic-init-bootstrap',
  'DaemonSet/kube-system/kube-proxy',
  'Deployment/kube-system/coredns',
  'Lease/kube-system/kubic-init',
  'Role/kube-public/system:controller:bootstrap-signer',
  'Role/kube-system/extension-apiserver-authentication-reader',
  'Role/kube-system/kube-proxy',
  'RoleBinding/kube-system/kube-proxy',
  'Service/default/kubernetes',
  'Service/kube-system/kube-dns',
  'ServiceAccount/kube-system/coredns',
  'ServiceAccount/kube-system/kube-proxy',
  'ClusterRole/admin',
  'ClusterRole/cluster-admin',
  'ClusterRole/edit',
  'ClusterRole/view',
  'ClusterRoleBinding/cluster-admin',
  'FlowSchema/catch-all',
  'FlowSchema/exempt',
  'PriorityClass/system-cluster-critical',
  'PriorityClass/system-node-critical',
  'PriorityLevelConfiguration/catch-all',
  'PriorityLevelConfiguration/exempt',
]);

const RBAC = 'rbac.authorization.k8s.io';

/** True for what kubeadm or Kubernetes made: an add-on may change it, and lets go of it when it leaves. */
export function isOfTheCluster(ref: ObjectRef): boolean {
  if (groupOf(ref) === '' && ref.kind === 'Node') return true;
  // the API server makes these anew at each start, kubeadm needs its own for joins
  if (groupOf(ref) === RBAC && /^(system|kubeadm):/.test(ref.name) && isRole(ref)) return true;
  return OF_THE_CLUSTER.has(formatRef(ref).replace(' ', '/')) && isKubernetesGroup(groupOf(ref));
}

function isRole({ kind, namespace }: ObjectRef): boolean {
  return namespace === undefined || namespace.startsWith('kube-') ? /^(Cluster)?Role(Binding)?$/.test(kind) : false;
}
