import type { AcceptedNode } from '../../../definition/definition.ts';
import type { Taint } from '../../../objects/taint.ts';
import type { Action } from '../../actions.ts';
import type { NodeState } from '../../node-state.ts';
import { act, nothing, type PlanInput, type RuleResult } from '../../rule.ts';

/** Labels, taints and role of the list stand on the Nodes. Those nobody declared are left alone. */
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
  const addTaints = declared.taints.filter((taint) => !node.taints.some((other) => isSameTaint(taint, other)));
  const changes = [
    ...Object.keys(labels).map((key) => `label ${key}`),
    ...addTaints.map((taint) => `taint ${taint.key}`),
  ];
  if (changes.length === 0) return [];
  return [
    {
      kind: 'node.configure',
      scope: 'cluster',
      impact: addTaints.some((taint) => taint.effect === 'NoExecute') ? 'disruptive' : 'safe',
      reason: `${node.name} lacks ${changes.join(', ')}`,
      spec: { node: node.name, labels, addTaints },
    },
  ];
}

/** kubeadm labels control planes itself. */
function roleLabels(node: AcceptedNode): Record<string, string> {
  return node.role === 'worker' ? { 'node-role.kubernetes.io/worker': '' } : {};
}

function isSameTaint(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect && (a.value ?? '') === (b.value ?? '');
}
