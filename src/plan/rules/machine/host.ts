import { act, nothing, type PlanInput, type RuleResult } from '../../rule.ts';

/** Files we own on an accepted machine are as this version ships them. A machine nobody accepted is left as it is. */
export function hostRule({ standing, actual }: PlanInput): RuleResult {
  const paths = actual.machine.differingFiles;
  if (standing.kind !== 'accepted' || paths.length === 0 || actual.machine.membership.state === 'foreign')
    return nothing;
  const reason = `${paths.length} of our files on this machine ${paths.length === 1 ? 'differs' : 'differ'} or are absent`;
  return act({ kind: 'host.configure', scope: 'node', impact: 'safe', reason, spec: { paths } });
}
