import type { Identity } from '../admission/identity/identity.ts';
import type { EnrolmentState } from '../admission/join/enrol.ts';
import type { Emit } from '../execute/events.ts';
import { type ExecutedAction, executePlan } from '../execute/execute.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import { observe } from '../observe/observe.ts';
import type { ActionKind, Plan } from '../plan/actions.ts';
import type { Exec } from '../platform/exec.ts';
import type { SyncResult } from '../report/sync-result.ts';
import type { Settings } from '../settings/settings.ts';
import { recordGuards } from '../state/guards-in-force.ts';
import { openJournal } from '../state/journal.ts';
import { needsAnotherRound } from './another-round.ts';
import type { Desired } from './fetch-desired.ts';
import { type FindPlanDeps, planFor, readDesired } from './find-plan.ts';
import type { RepositorySource } from './reading/repository-source.ts';

/** Everything a sync works with; what lives as long as the process comes from agent/create-context.ts. */
export interface SyncDeps {
  readonly settings: Settings;
  readonly identity: Identity;
  readonly machine: FindPlanDeps['machine'];
  readonly stateDir: string;
  readonly journalFile: string;
  readonly source: RepositorySource;
  readonly exec: Exec;
  readonly adminClient: () => Promise<KubeClient>;
  /** What was observed of add-ons before, where the process has done so. */
  readonly memory?: FindPlanDeps['memory'];
  /** Takes the right to act on the cluster; see execute/execute.ts. */
  readonly lead: () => Promise<AbortSignal>;
  /** Aborts whatever is under way. */
  readonly signal: AbortSignal;
  /** Aborts between two actions. */
  readonly stopSignal: AbortSignal;
  readonly emit: Emit;
  readonly onEnrolment: (state: EnrolmentState) => void;
  readonly estimate: (kind: ActionKind) => number;
}

/** A join, or a control plane that has become healthy, changes what can be observed: then one more round. */
const MAX_ROUNDS = 3;

/**
 * One sync: fetch, load, render, observe, plan, execute. Reporting is the caller's (see agent/run-sync.ts), so that it happens
 * however this ends.
 *
 * @throws KubicError for what stops a sync: the source, an invalid definition, unreadable state
 */
export async function syncOnce(deps: SyncDeps): Promise<SyncResult> {
  const { desired, guards, observing } = await readDesired(untilStopped(deps));
  await deps.source.markActedOn(desired.snapshot.commit);
  await recordGuards(deps.stateDir, guards); // after it: no guards come into force by a commit that was never acted on
  const executed: ExecutedAction[] = [];
  for (let round = 1; ; round++) {
    const { standing, actual, plan } = await planFor(desired, observing);
    deps.emit({ type: 'planned', actions: plan.actions, held: plan.held });
    const outcomes = await execute(plan, desired, deps);
    executed.push(...outcomes);
    if (needsAnotherRound(outcomes) && round < MAX_ROUNDS) continue;
    const after = outcomes.some(changesAddons) ? await observe(desired, observing).catch(() => actual) : actual;
    return { ...desired, standing, actual: after, plan, executed };
  }
}

/** Reading can be broken off at any point: when told to stop it is, at once. Actions are let end. */
function untilStopped({ signal, stopSignal, ...deps }: SyncDeps): FindPlanDeps {
  const { source, settings, emit, machine, stateDir, journalFile, exec, adminClient, memory } = deps;
  const untilThen = AbortSignal.any([signal, stopSignal]);
  return { source, settings, emit, machine, stateDir, journalFile, exec, adminClient, memory, signal: untilThen };
}

function execute(
  plan: Plan,
  { definition, rendered, loadObjects, snapshot }: Desired,
  deps: SyncDeps,
): Promise<ExecutedAction[]> {
  const { settings, identity, exec, adminClient, signal, onEnrolment, lead, emit, stopSignal, estimate } = deps;
  return executePlan(plan, {
    handling: { settings, identity, definition, rendered, loadObjects, exec, adminClient, onEnrolment },
    journal: openJournal(deps.journalFile, snapshot.commit),
    lead,
    emit,
    signal,
    stopSignal,
    estimate,
  });
}

/** What was observed before it says nothing of the health of what was applied. */
function changesAddons({ action }: ExecutedAction): boolean {
  return action.kind === 'addon.apply' || action.kind === 'addon.remove';
}
