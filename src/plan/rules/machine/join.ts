import type { AcceptedNode } from '../../../definition/definition.ts';
import type { Action } from '../../actions.ts';
import { enrolmentPins } from '../../node-entry.ts';
import { act, hold, type PlanInput, type RuleResult } from '../../rule.ts';
import { cleanAction } from './bootstrap.ts';

/**
 * An accepted worker that is not a member joins. After an interrupted join the kubelet either has its certificate, and
 * only the rest is left to do, or it has not, and what kubeadm left is cleaned up first.
 */
export function joinRule({ definition, actual }: PlanInput, node: AcceptedNode): RuleResult {
  const { machine } = actual;
  const { membership } = machine;
  const interrupted = membership.state === 'interrupted';
  if (machine.etcdData) return hold('kubeadm.etcd-data', node.name, '/var/lib/etcd/member is there');
  const pins = enrolmentPins(definition);
  if (pins.length === 0) {
    return hold('admission.no-control-plane-key', node.name, 'no accepted control plane has a key in the list');
  }
  const resume = membership.state === 'interrupted' && membership.by === 'join' && machine.kubeletConfigured;
  const actions: Action[] = [];
  if (interrupted && !resume && machine.kubeadmFiles.length > 0)
    actions.push(cleanAction('join', machine.kubeadmFiles));
  actions.push({
    kind: 'kubeadm.join',
    scope: 'node',
    impact: 'disruptive',
    reason: resume
      ? 'a join of ours was interrupted after the kubelet had its certificate: it is finished'
      : `${node.name} is accepted and not a member`,
    spec: {
      version: definition.cluster.kubernetesVersion,
      nodeName: node.name,
      endpoints: definition.cluster.enrolmentEndpoints,
      pins,
      labels: node.labels,
      ...(node.taints !== undefined && { taints: node.taints }),
      resume,
    },
  });
  return act(...actions);
}
