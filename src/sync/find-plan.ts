import { keysToStay } from '../addons/object-options.ts';
import { type BeginObservingDeps, beginObserving } from '../observe/begin-observing.ts';
import { type ObserveDeps, observe } from '../observe/observe.ts';
import type { Plan } from '../plan/actions.ts';
import type { Actual } from '../plan/actual.ts';
import { findStanding, type Standing } from '../plan/node-entry.ts';
import { makePlan } from '../plan/plan.ts';
import { findGuards, type GuardsRecord } from '../state/guards-in-force.ts';
import { type Desired, type FetchDesiredDeps, fetchDesired } from './fetch-desired.ts';

/** All that reading takes. Nothing in it can act: it has no lead, no journal and no client that writes. */
export type FindPlanDeps = FetchDesiredDeps & Omit<ObserveDeps, 'versions' | 'takeRecorded'> & BeginObservingDeps;

/** Where a machine stands, and what a sync would do about it. */
export interface PlanFindings {
  readonly standing: Standing;
  readonly actual: Actual;
  readonly plan: Plan;
}

/** Fetches, renders, observes and plans as a sync does, and executes nothing. @throws KubicError as syncOnce */
export async function findPlan(deps: FindPlanDeps): Promise<Desired & PlanFindings> {
  const { desired, observing } = await readDesired(deps);
  return { ...desired, ...(await planFor(desired, observing)) };
}

/** What is desired, and what else can be found out before that is known: begun beside it, and not again in the rounds of one sync. */
export async function readDesired(
  deps: FindPlanDeps,
): Promise<{ readonly desired: Desired; readonly guards: GuardsRecord; readonly observing: ObserveDeps }> {
  const early = beginObserving(deps);
  try {
    const fetched = await fetchDesired(deps);
    return { ...(await underGuards(fetched, deps.stateDir)), observing: { ...deps, ...early } };
  } catch (error) {
    await early.end(); // nothing goes on behind the caller's back
    throw error;
  }
}

/** What is desired, under the guards that hold for it rather than those it declares itself. */
async function underGuards(
  desired: Desired,
  stateDir: string,
): Promise<{ readonly desired: Desired; readonly guards: GuardsRecord }> {
  const { cluster, addons } = desired.definition;
  // a worker is not told what add-ons declare
  const isKnown = desired.rendered.length === addons.length;
  const declared = { ...cluster.guards, ...(isKnown && { kept: keysToStay(desired.rendered) }) };
  const guards = await findGuards(stateDir, desired.snapshot.commit, declared);
  const guarded = { ...cluster, guards: { ...cluster.guards, ...guards.inForce } };
  return { desired: { ...desired, definition: { ...desired.definition, cluster: guarded } }, guards };
}

/** Observes the machine and the cluster, and plans what a sync would do for what is declared. @throws KubicError */
export async function planFor(desired: Desired, deps: ObserveDeps): Promise<PlanFindings> {
  const { definition, rendered } = desired;
  const actual = await observe(desired, deps);
  const standing = findStanding(definition, actual.machine.fingerprint, actual.machine.claimedName);
  return { standing, actual, plan: makePlan({ definition, rendered, standing, actual }) };
}
