import type { AcceptedNode } from '../../../definition/definition.ts';
import type { Taint } from '../../../objects/taint.ts';
import type { Action } from '../../actions.ts';
import type { NodeState } from '../../node-state.ts';
import { act, nothing, type PlanInput, type RuleResult } from '../../rule.ts';

/**
 * Labels, taints and role of the list stand on the Nodes. Those nobody declared are left alone, but for kubeadm's own taint of a control
 * plane where the list says `taints: []`.
 */
export function nodeConfigureRule({ definition, actual }: PlanInput): RuleResult {
  if (!actual.cluster) return nothing;
  const nodes = new Map(actual.cluster.nodes.map((node) => [node.name, node]));
  const actions = definition.accepted.flatMap((declared) => {
    const node = nodes.get(declared.name);
    return node ? configureAction(declared, node) : [];
  });
  return act(...actions);
}

function configureAction(declared: AcceptedNode, node: NodeState): Action[] {
  const wanted = { ...roleLabels(declared), ...declared.labels };
  const labels = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => node.labels[key] !== value));
  const { taints: wantedTaints = [] } = declared;
  const addTaints = wantedTaints.filter((taint) => !node.taints.some((other) => isSameTaint(taint, other)));
  const removeTaints = declared.taints?.length === 0 ? node.taints.filter(isOfKubeadm) : [];
  const changes = [
    ...Object.keys(labels).map((key) => `label ${key}`),
    ...addTaints.map((taint) => `taint ${taint.key}`),
  ];
  const surplus = removeTaints.map((taint) => `has taint ${taint.key}, which an empty list takes away`);
  if (changes.length + surplus.length === 0) return [];
  const lacks = changes.length === 0 ? [] : [`lacks ${changes.join(', ')}`];
  return [
    {
      kind: 'node.configure',
      scope: 'cluster',
      impact: addTaints.some((taint) => taint.effect === 'NoExecute') ? 'disruptive' : 'safe',
      reason: `${node.name} ${[...lacks, ...surplus].join(' and ')}`,
      spec: { node: node.name, labels, addTaints, removeTaints },
    },
  ];
}

/** kubeadm labels control planes itself. */
function roleLabels(node: AcceptedNode): Record<string, string> {
  return node.role === 'worker' ? { 'node-role.kubernetes.io/worker': '' } : {};
}

/** What kubeadm gives a control plane whose configuration says nothing of taints (kubeadm's mark-control-plane phase). */
function isOfKubeadm({ key, effect }: Taint): boolean {
  return key === 'node-role.kubernetes.io/control-plane' && effect === 'NoSchedule';
}

function isSameTaint(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect && (a.value ?? '') === (b.value ?? '');
}
