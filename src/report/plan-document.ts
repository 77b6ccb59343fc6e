import { API_VERSION } from '../document/api-version.ts';
import type { Plan } from '../plan/actions.ts';
import type { SyncResult } from './sync-result.ts';

/** A plan with what it is a plan of: `kubic-init plan -o json`, schemas/plan.schema.json. */
export interface PlanDocument extends Plan {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: 'Plan';
  /** The node name the machine's key is bound to, or the name it claims. */
  readonly node: string;
  readonly commit: string;
  readonly subject: string;
}

/** A plan as the document that `plan` prints. */
export function renderPlanDocument({
  snapshot,
  standing,
  actual,
  plan,
}: Pick<SyncResult, 'snapshot' | 'standing' | 'actual' | 'plan'>): PlanDocument {
  return {
    apiVersion: API_VERSION,
    kind: 'Plan',
    node: standing.kind === 'accepted' ? standing.node.name : actual.machine.claimedName,
    commit: snapshot.commit,
    subject: snapshot.subject,
    ...plan,
  };
}
