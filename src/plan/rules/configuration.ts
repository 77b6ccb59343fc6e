import { nothing, type PlanInput, type RuleResult } from './rule.ts';

/** What was declared of the cluster when it was made, and has been changed since, is held: a running cluster does not follow it. */
export function configurationRule({ definition, actual }: PlanInput): RuleResult {
  if (!actual.cluster) return nothing;
  const held = actual.cluster.configuration.map((reason) => ({
    code: 'kubeadm.configuration-held',
    subject: definition.cluster.name,
    reason,
  }));
  return { actions: [], held };
}
