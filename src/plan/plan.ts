import type { Plan } from './actions.ts';
import { nothing, type PlanInput, type Rule, type RuleResult } from './rule.ts';
import { addonsRule } from './rules/addons/addons.ts';
import { accessRule } from './rules/cluster/access.ts';
import { configurationRule } from './rules/cluster/configuration.ts';
import { nodeConfigureRule } from './rules/cluster/node-configure.ts';
import { controlPlaneRule } from './rules/machine/control-plane.ts';
import { hostRule } from './rules/machine/host.ts';
import { membershipRule } from './rules/machine/membership.ts';

/** In the order of execution. */
const NODE_RULES: readonly Rule[] = [hostRule, membershipRule, controlPlaneRule];
const CLUSTER_RULES: readonly Rule[] = [configurationRule, accessRule, nodeConfigureRule, addonsRule];

/**
 * Compares what the definition declares with what is there. Pure: the same input gives the same plan. The cluster's rules
 * speak where the cluster was observed, or where this plan is about to bootstrap it; a worker's plan is its own machine's.
 */
export function makePlan(input: PlanInput): Plan {
  const node = apply(NODE_RULES, input);
  const bootstraps = node.actions.some((action) => action.kind === 'kubeadm.init');
  const cluster = bootstraps || speaksForCluster(input, node) ? apply(CLUSTER_RULES, input) : nothing;
  return { actions: [...node.actions, ...cluster.actions], held: [...node.held, ...cluster.held] };
}

/**
 * A machine that is held back (its key was removed or rejected, its cluster is not the one declared) leaves the cluster alone:
 * what the list says may be of another cluster. One that only runs another version is a member like any other.
 */
function speaksForCluster({ actual }: PlanInput, node: RuleResult): boolean {
  return actual.cluster !== undefined && node.held.every(({ code }) => code === 'kubeadm.version-held');
}

function apply(rules: readonly Rule[], input: PlanInput): RuleResult {
  const results = rules.map((rule) => rule(input));
  return { actions: results.flatMap((result) => result.actions), held: results.flatMap((result) => result.held) };
}

/** True when there is nothing to do; what is held back is not something to do. */
export function isInSync(plan: Plan): boolean {
  return plan.actions.length === 0;
}
