import { act, nothing, type PlanInput, type RuleResult } from '../../rule.ts';

/** The RBAC of admission is what the list says, and nothing of kubeadm's own admission remains. */
export function accessRule({ actual }: PlanInput): RuleResult {
  if (!actual.cluster) return nothing;
  const { apply, remove } = actual.cluster.access;
  if (apply.length + remove.length === 0) return nothing;
  const parts = [
    ...(apply.length > 0 ? [`${apply.length} of admission's objects differ or are absent`] : []),
    ...(remove.length > 0 ? [`${remove.length} of kubeadm's tokens and bindings are there`] : []),
  ];
  return act({
    kind: 'admission.access',
    scope: 'cluster',
    impact: 'safe',
    reason: parts.join('; '),
    spec: { apply, remove },
  });
}
