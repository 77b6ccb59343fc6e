import { bootstrapConfiguration } from '../../../definition/bootstrap-configuration.ts';
import { toSafeText } from '../../../text/quote.ts';
import type { Held } from '../../actions.ts';
import { configurationDifferences } from '../../configuration-differences.ts';
import { act, hold, nothing, type PlanInput, type RuleResult } from '../../rule.ts';

const CODE = 'kubeadm.configuration-held';
const MAX_TOLD = 20;

/** What the cluster was made with is recorded once; what is declared otherwise since is held, for a running cluster does not follow it. */
export function configurationRule({ definition, actual }: PlanInput): RuleResult {
  if (!actual.cluster) return nothing;
  const { bootstrapRecord } = actual.cluster;
  if (bootstrapRecord.state === 'absent') {
    return act({
      kind: 'bootstrap.record',
      scope: 'cluster',
      impact: 'safe',
      reason: 'the cluster does not hold what it was made with',
      spec: {},
    });
  }
  if (bootstrapRecord.state === 'unreadable') {
    return hold(CODE, definition.cluster.name, 'the ConfigMap kube-system/kubic-init-bootstrap cannot be read');
  }
  const differences = configurationDifferences(
    bootstrapRecord.configuration,
    bootstrapConfiguration(definition.cluster),
  );
  const held: Held[] = differences
    .slice(0, MAX_TOLD)
    .map(({ path, change }) => ({ code: CODE, subject: toSafeText(path), reason: change }));
  const more = differences.length - held.length;
  if (more > 0) held.push({ code: CODE, subject: definition.cluster.name, reason: `${more} more fields have changed` });
  return { actions: [], held };
}
