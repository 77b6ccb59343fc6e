import type { AcceptedNode } from '../../definition/definition.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { ENROLMENT_GROUP } from '../protocol/verify-enrolment-csr.ts';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * The RBAC of admission for an accepted list: what `kubeadm join` asks with an enrolment certificate, and who may renew its own
 * kubelet certificate (by name: kube-controller-manager then approves it, whether or not an agent runs).
 */
export function renderAccess(accepted: readonly AcceptedNode[]): readonly KubeObject[] {
  const enrolled = [{ apiGroup: RBAC, kind: 'Group', name: ENROLMENT_GROUP }];
  const nodes = accepted.map(({ name }) => ({ apiGroup: RBAC, kind: 'User', name: `system:node:${name}` }));
  return [
    binding('ClusterRole', 'kubic:node-bootstrapper', 'system:node-bootstrapper', enrolled),
    binding('ClusterRole', 'kubic:get-nodes', 'kubeadm:get-nodes', enrolled),
    binding('Role', 'kubic:nodes-kubeadm-config', 'kubeadm:nodes-kubeadm-config', enrolled),
    binding('Role', 'kubic:kubelet-config', 'kubeadm:kubelet-config', enrolled),
    binding(
      'ClusterRole',
      'kubic:node-renewal',
      'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
      nodes,
    ),
  ];
}

/** Binds a ClusterRole in the cluster, or a Role in kube-system. */
function binding(kind: 'ClusterRole' | 'Role', name: string, role: string, subjects: readonly object[]): KubeObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: `${kind}Binding`,
    metadata: { name, ...(kind === 'Role' && { namespace: 'kube-system' }) },
    roleRef: { apiGroup: RBAC, kind, name: role },
    subjects,
  };
}
