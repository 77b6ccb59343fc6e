import { act, nothing, type PlanInput, type RuleResult } from '../../rule.ts';

/** A control plane of ours that is not healthy is waited for; nothing in the cluster is touched meanwhile. */
export function controlPlaneRule({ actual }: PlanInput): RuleResult {
  const { membership, controlPlaneProblems } = actual.machine;
  if (membership.state !== 'member' || membership.role !== 'control-plane') return nothing;
  if (controlPlaneProblems === undefined || controlPlaneProblems.length === 0) return nothing;
  return act({
    kind: 'control-plane.wait',
    scope: 'node',
    impact: 'safe',
    reason: controlPlaneProblems.join('; '),
    spec: { nodeName: membership.nodeName },
  });
}
