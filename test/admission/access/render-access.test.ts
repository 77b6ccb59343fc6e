import { expect, test } from 'vitest';
import { renderAccess } from '../../../src/admission/access/render-access.ts';
import { acceptedNode } from '../definition-fixture.ts';

test('whoever enrols may do what kubeadm join does, and only accepted nodes may renew, by name', () => {
  const rbac = 'rbac.authorization.k8s.io';
  const binding = (kind: 'Role' | 'ClusterRole', name: string, role: string, subjects: object[]) => ({
    apiVersion: `${rbac}/v1`,
    kind: `${kind}Binding`,
    metadata: kind === 'Role' ? { name, namespace: 'kube-system' } : { name },
    roleRef: { apiGroup: rbac, kind, name: role },
    subjects,
  });
  const enrolled = [{ apiGroup: rbac, kind: 'Group', name: 'system:bootstrappers:kubic' }];
  const nodes = ['cp-1', 'w-1'].map((name) => ({ apiGroup: rbac, kind: 'User', name: `system:node:${name}` }));
  const renewal = 'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient';
  expect(renderAccess([acceptedNode('cp-1', undefined, 'control-plane'), acceptedNode('w-1', 'SHA256:x')])).toEqual([
    binding('ClusterRole', 'kubic:node-bootstrapper', 'system:node-bootstrapper', enrolled),
    binding('ClusterRole', 'kubic:get-nodes', 'kubeadm:get-nodes', enrolled),
    binding('Role', 'kubic:nodes-kubeadm-config', 'kubeadm:nodes-kubeadm-config', enrolled),
    binding('Role', 'kubic:kubelet-config', 'kubeadm:kubelet-config', enrolled),
    binding('ClusterRole', 'kubic:node-renewal', renewal, nodes),
  ]);
});
