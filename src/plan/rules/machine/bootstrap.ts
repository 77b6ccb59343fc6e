import type { AcceptedNode } from '../../../definition/definition.ts';
import type { Action } from '../../actions.ts';
import { act, hold, type PlanInput, type RuleResult } from '../../rule.ts';

/**
 * The seeder, not yet a member: initialises the cluster, exactly once in its life. An init of ours that was interrupted is
 * resumed when etcd holds data, since by then every certificate is complete on disk and resuming destroys nothing;
 * before that nothing of a cluster exists, and what kubeadm left is cleaned up.
 */
export function bootstrapRule({ definition, actual }: PlanInput, node: AcceptedNode): RuleResult {
  const { machine } = actual;
  const { membership } = machine;
  const interrupted = membership.state === 'interrupted';
  const resume = membership.state === 'interrupted' && membership.by === 'init' && machine.etcdData;
  if (machine.etcdData && !resume) return hold('kubeadm.etcd-data', node.name, '/var/lib/etcd/member is there');
  const declaredCA = definition.cluster.clusterCA;
  // the CA without etcd's data is a cluster to restore: beginning anew would make another of the same CA
  if (declaredCA !== undefined && !(resume && declaredCA === machine.clusterCA)) {
    return hold('kubeadm.cluster-exists', node.name, `cluster.yaml says clusterCA ${declaredCA}`);
  }
  if (membership.state === 'interrupted' && membership.by === 'join' && machine.kubeletConfigured) {
    return hold('kubeadm.foreign-membership', node.name, 'its kubelet is a member of a cluster already');
  }
  if (machine.endpointAnswer === 'answers') {
    return hold('kubeadm.another-control-plane', node.name, `${definition.cluster.controlPlaneEndpoint} answers`);
  }
  const actions: Action[] = [];
  if (interrupted && !resume && machine.kubeadmFiles.length > 0)
    actions.push(cleanAction('init', machine.kubeadmFiles));
  actions.push({
    kind: 'kubeadm.init',
    scope: 'node',
    impact: 'disruptive',
    reason: resume
      ? 'an init of ours was interrupted after etcd had started: it is resumed'
      : `${node.name} is the seeder and the cluster does not exist`,
    spec: { version: definition.cluster.kubernetesVersion, nodeName: node.name, resume },
  });
  actions.push({
    kind: 'control-plane.wait',
    scope: 'node',
    impact: 'safe',
    reason: 'add-ons need a healthy control plane',
    spec: { nodeName: node.name },
  });
  return act(...actions);
}

/** The action that clears away what an interrupted init or join of ours left. */
export function cleanAction(by: 'init' | 'join', kubeadmFiles: readonly string[]): Action {
  return {
    kind: 'kubeadm.clean',
    scope: 'node',
    impact: 'disruptive',
    reason: `${by} of ours was interrupted and left ${kubeadmFiles.length} ${kubeadmFiles.length === 1 ? 'file' : 'files'}, first ${kubeadmFiles[0]}`,
    spec: { interrupted: by },
  };
}
