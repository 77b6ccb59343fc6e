import { takesText } from '../../addons/deletion/cascade.ts';
import { formatRef } from '../../objects/kube-object.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import { describeAction, symbolOf } from '../../plan/describe.ts';
import type { PlanDocument } from '../../report/plan-document.ts';
import { formatFieldDrift } from './format-field-drift.ts';

const MAX_OBJECTS = 20;

/** A plan for people: one line per action with its reason and its objects below, then what is held, then the count. */
export function formatPlan(plan: PlanDocument): string {
  const head = `Plan for ${plan.node} at ${plan.commit.slice(0, 12)} "${plan.subject}"`;
  const actions = plan.actions.flatMap((action) => [
    `  ${symbolOf(action.kind)} ${action.kind.padEnd(20)} ${describeAction(action)}`,
    `    ${action.impact}: ${action.reason}`,
    ...objectsOf(action),
  ]);
  const held = plan.held.flatMap(({ code, subject, reason, confirm, fields }) => [
    `  ! held ${subject}: ${reason} [${code}]`,
    ...(fields ?? []).map((field) => `      ${formatFieldDrift(field)}`),
    ...(confirm === undefined ? [] : [`    to let it go, commit to guards.confirm: ${confirm}`]),
  ]);
  return `${[head, ...actions, ...held, `${count(plan)}.`].join('\n')}\n`;
}

/** What an add-on's action touches, by name. */
function objectsOf({ kind, spec }: PlanDocument['actions'][number]): string[] {
  if (kind !== 'addon.apply' && kind !== 'addon.remove') return [];
  const applied = 'apply' in spec ? spec.apply.map((ref) => `      apply ${formatRef(ref)}`) : [];
  const lines = [
    ...applied,
    ...spec.prune.map((ref) => `      delete ${formatRef(ref)}${alongText(ref)}`),
    ...(spec.release ?? []).map((ref) => `      release ${formatRef(ref)}`),
  ];
  const more = lines.length - MAX_OBJECTS;
  return more > 0 ? [...lines.slice(0, MAX_OBJECTS), `      and ${more} more (-o json names all)`] : lines;
}

function alongText(ref: ObjectRef): string {
  const along = takesText(ref);
  return along === undefined ? '' : `, and ${along}`;
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
