import { loadRepository } from '../addons/load-repository.ts';
import type { RenderedAddon } from '../addons/rendered-addon.ts';
import type { Definition } from '../definition/definition.ts';
import { invalidDefinition } from '../definition/invalid-definition.ts';
import type { Diagnostic } from '../document/diagnostic.ts';
import { formatDiagnostic } from '../document/format-diagnostics.ts';
import { type ExecutedAction, executePlan } from '../execute/execute.ts';
import { observe } from '../observe/observe.ts';
import type { Plan } from '../plan/actions.ts';
import type { Actual } from '../plan/actual.ts';
import { findStanding, type Standing } from '../plan/node-entry.ts';
import { makePlan } from '../plan/plan.ts';
import type { SyncResult } from '../report/sync-result.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { findGuards, recordGuards } from '../state/guards-in-force.ts';
import { openJournal } from '../state/journal.ts';
import type { SyncDeps } from './deps.ts';

interface Desired {
  readonly snapshot: Snapshot;
  readonly definition: Definition;
  readonly warnings: readonly Diagnostic[];
  readonly rendered: readonly RenderedAddon[];
}

/** A join, or a control plane that has become healthy, changes what can be observed: then one more round. */
const MAX_ROUNDS = 3;

/**
 * One sync: fetch, load, render, observe, plan, execute. Reporting is the caller's (see run-sync.ts), so that it happens
 * however this ends.
 *
 * @throws KubicError for what stops a sync: the source, an invalid definition, unreadable state
 */
export async function syncOnce(deps: SyncDeps): Promise<SyncResult> {
  const reading = untilStopped(deps);
  const { desired, guards } = await underGuards(await fetchDesired(reading), deps);
  await deps.source.markActedOn(desired.snapshot.commit);
  await recordGuards(deps.stateDir, guards); // after it: no guards come into force by a commit that was never acted on
  const executed: ExecutedAction[] = [];
  for (let round = 1; ; round++) {
    const { standing, actual, plan } = await planFor(desired, reading);
    deps.emit({ type: 'planned', actions: plan.actions, held: plan.held });
    const outcomes = await executePlan(plan, {
      ...deps,
      definition: desired.definition,
      rendered: desired.rendered,
      journal: openJournal(deps.journalFile, desired.snapshot.commit),
    });
    executed.push(...outcomes);
    const again = outcomes.some(needsAnotherRound) && outcomes.every(({ outcome }) => outcome.result === 'done');
    if (again && round < MAX_ROUNDS) continue;
    const after = outcomes.some(changesAddons)
      ? await observe(desired.definition, reading).catch(() => actual)
      : actual;
    return { ...desired, standing, actual: after, plan, executed };
  }
}

/** Reading can be broken off at any point: when told to stop it is, at once. Actions are let end. */
function untilStopped(deps: SyncDeps): SyncDeps {
  return { ...deps, signal: AbortSignal.any([deps.signal, deps.stopSignal]) };
}

/** The same without the execution. */
export async function findPlan(deps: SyncDeps): Promise<SyncResult> {
  const { desired } = await underGuards(await fetchDesired(deps), deps);
  return { ...desired, ...(await planFor(desired, deps)), executed: [] };
}

/**
 * What the repository declares at its verified head, valid and rendered.
 *
 * @throws KubicError source.*, definition.invalid
 */
export async function fetchDesired(deps: Pick<SyncDeps, 'source' | 'settings' | 'signal' | 'emit'>): Promise<Desired> {
  deps.emit({ type: 'stage', text: `fetching ${deps.settings.repository.url}` });
  const { snapshot, notices } = await deps.source.fetchSnapshot({ signal: deps.signal, ...rewind(deps) });
  for (const text of notices) deps.emit({ type: 'notice', text });
  const { definition, rendered, diagnostics } = await loadRepository(snapshot);
  if (!definition) throw invalidDefinition(snapshot.commit, diagnostics);
  for (const warning of diagnostics) deps.emit({ type: 'notice', text: formatDiagnostic(warning) });
  return { snapshot, definition, warnings: diagnostics, rendered };
}

/** What is desired, under the guards that hold for it rather than those it declares itself. */
async function underGuards(desired: Desired, { stateDir }: Pick<SyncDeps, 'stateDir'>) {
  const { cluster } = desired.definition;
  const guards = await findGuards(stateDir, desired.snapshot.commit, cluster.guards);
  const guarded = { ...cluster, guards: { ...cluster.guards, ...guards.inForce } };
  return { desired: { ...desired, definition: { ...desired.definition, cluster: guarded } }, guards };
}

function rewind({ settings }: Pick<SyncDeps, 'settings'>): { readonly acceptRewind?: string } {
  return settings.acceptRewind === undefined ? {} : { acceptRewind: settings.acceptRewind };
}

async function planFor(
  { definition, rendered }: Desired,
  deps: SyncDeps,
): Promise<{ standing: Standing; actual: Actual; plan: Plan }> {
  const actual = await observe(definition, deps);
  const standing = findStanding(definition, actual.machine.fingerprint, actual.machine.claimedName);
  return { standing, actual, plan: makePlan({ definition, rendered, standing, actual }) };
}

/** What was observed before it says nothing of the health of what was applied. */
function changesAddons({ action }: ExecutedAction): boolean {
  return action.kind === 'addon.apply' || action.kind === 'addon.remove';
}

function needsAnotherRound({ action }: ExecutedAction): boolean {
  return action.kind === 'kubeadm.join' || action.kind === 'control-plane.wait';
}
