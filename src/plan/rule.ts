import type { RenderedAddon } from '../addons/rendered-addon.ts';
import type { Definition } from '../definition/definition.ts';
import type { Action, Held } from './actions.ts';
import type { Actual } from './actual.ts';
import type { Standing } from './node-entry.ts';

/** Everything a rule may look at. */
export interface PlanInput {
  readonly definition: Definition;
  readonly rendered: readonly RenderedAddon[];
  readonly standing: Standing;
  readonly actual: Actual;
}

/** What a rule proposes. What the rules of the node hold back silences those of the cluster (see plan.ts). */
export interface RuleResult {
  readonly actions: readonly Action[];
  readonly held: readonly Held[];
}

export type Rule = (input: PlanInput) => RuleResult;

export const nothing: RuleResult = { actions: [], held: [] };

/** A result that holds one thing back, with the code and the reason. */
export function hold(code: Held['code'], subject: string, reason: string): RuleResult {
  return { actions: [], held: [{ code, subject, reason }] };
}

/** A result of these actions, with nothing held back. */
export function act(...actions: readonly Action[]): RuleResult {
  return { actions, held: [] };
}
