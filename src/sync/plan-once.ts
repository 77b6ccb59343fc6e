import type { SyncContext } from '../agent/create-context.ts';
import type { Plan } from '../plan/actions.ts';
import { usualSecondsOf } from '../plan/describe.ts';
import { findPlan } from './sync.ts';

/** A plan with what it is a plan of: `kubic-init plan -o json`, schemas/plan.schema.json. */
export interface PlanDocument extends Plan {
  readonly apiVersion: 'kubic.suse.com/v1beta1';
  readonly kind: 'Plan';
  /** The node name the machine's key is bound to, or the name it claims. */
  readonly node: string;
  readonly commit: string;
  readonly subject: string;
}

/** Fetches, renders and observes as a sync does, and executes nothing. */
export async function planOnce(context: SyncContext, signal: AbortSignal): Promise<PlanDocument> {
  const { snapshot, standing, plan } = await findPlan({
    ...context,
    ...context.machine,
    stateDir: context.settings.stateDir,
    lead: context.leadership.lead,
    signal,
    stopSignal: signal,
    emit: () => {},
    onEnrolment: () => {},
    estimate: usualSecondsOf,
  });
  return {
    apiVersion: 'kubic.suse.com/v1beta1',
    kind: 'Plan',
    node: standing.kind === 'accepted' ? standing.node.name : context.machine.claimedName,
    commit: snapshot.commit,
    subject: snapshot.subject,
    ...plan,
  };
}
