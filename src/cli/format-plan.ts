import { describeAction, symbolOf } from '../plan/describe.ts';
import type { PlanDocument } from '../reconcile/plan-once.ts';

/** A plan for people: one line per action with its reason below, then what is held, then the count. */
export function formatPlan(plan: PlanDocument): string {
  const head = `Plan for ${plan.node} at ${plan.commit.slice(0, 12)} "${plan.subject}"`;
  const actions = plan.actions.map(
    (action) =>
      `  ${symbolOf(action.kind)} ${action.kind.padEnd(20)} ${describeAction(action)}\n    ${action.impact}: ${action.reason}`,
  );
  const held = plan.held.map(({ code, subject, reason }) => `  ! held ${subject}: ${reason} [${code}]`);
  return `${[head, ...actions, ...held, `${count(plan)}.`].join('\n')}\n`;
}

function count({ actions, held }: PlanDocument): string {
  const disruptive = actions.filter((action) => action.impact !== 'safe').length;
  const parts = [
    actions.length === 0 ? 'Nothing to do' : `${actions.length} ${actions.length === 1 ? 'action' : 'actions'}`,
    ...(disruptive > 0 ? [`${disruptive} of them not safe for running work`] : []),
    ...(held.length > 0 ? [`${held.length} held`] : []),
  ];
  return parts.join(', ');
}
