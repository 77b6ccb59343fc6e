import type { EnrolmentState } from '../admission/join/enrol.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { toKubicError } from '../errors/to-kubic-error.ts';
import type { Emit } from '../execute/events.ts';
import type { ExecutedAction } from '../execute/execute.ts';
import type { Status } from '../generated/status.generated.ts';
import { usualSecondsOf } from '../plan/describe.ts';
import { KUBELET_KUBECONFIG } from '../platform/host-paths.ts';
import { buildStatus, type StatusInput } from '../report/build-status.ts';
import { reportToNode } from '../report/report-node.ts';
import type { SyncResult } from '../report/sync-result.ts';
import { type Durations, loadDurations, recordDurations } from '../state/durations.ts';
import { compactJournal } from '../state/journal.ts';
import { loadMembership } from '../state/membership-record.ts';
import { loadStatus, writeStatus } from '../state/status-file.ts';
import { syncOnce } from '../sync/sync.ts';
import type { SyncContext } from './create-context.ts';

/** What a sync came to: the status it wrote, and the findings other parts of the agent work with. */
export interface SyncReport {
  readonly status: Status;
  readonly result?: SyncResult;
  /** True for a sync that failed in a way that time may mend: without that only the schedule, or a commit, brings the next one. */
  readonly retrySoon: boolean;
}

export interface SyncSignals {
  /** Aborts between two actions. */
  readonly stopSignal: AbortSignal;
  /** Aborts whatever is under way. */
  readonly signal: AbortSignal;
}

/**
 * One sync, and its report: the status file, the Node's condition and Events. However the sync ends, it is reported; a
 * report that cannot be delivered is a notice, never the sync's failure.
 */
export async function runSync(
  context: SyncContext,
  signals: SyncSignals,
  emit: Emit,
  nextSync?: () => Date | undefined,
): Promise<SyncReport> {
  const previous = await loadStatus(context.settings.stateDir);
  const base = { ...context.machine, startedAt: new Date(), ...(previous && { previous }) };
  let enrolment: EnrolmentState | undefined = previous?.enrolment;
  /** One write after the other: the last status must be the last one written. */
  let written = Promise.resolve();
  const ended = await attempt(context, signals, {
    emit: (event) => {
      emit(event);
      if (event.type !== 'action-started') return;
      const status = buildStatus({ ...base, current: event.action });
      // the journal is what must be written
      written = written.then(() => writeStatus(context.settings.stateDir, status)).catch(() => {});
    },
    onEnrolment: (state) => {
      enrolment = state;
    },
  });
  await written;
  const next = nextSync?.();
  const status = buildStatus({
    ...base,
    ...ended,
    endedAt: new Date(),
    ...(enrolment && { enrolment }),
    ...(next && { nextSync: next }),
  });
  await deliver(context, status, ended.error, emit);
  return { status, ...(ended.result && { result: ended.result }), retrySoon: isWorthRetrying(ended) };
}

function isWorthRetrying({ error, result }: Pick<StatusInput, 'result' | 'error'>): boolean {
  if (error) return error.retry === 'soon';
  return (
    result?.executed.some(({ outcome }) => outcome.result === 'failed' && outcome.error?.retry === 'soon') ?? false
  );
}

async function attempt(
  context: SyncContext,
  signals: SyncSignals,
  callbacks: { emit: Emit; onEnrolment: (state: EnrolmentState) => void },
): Promise<Pick<StatusInput, 'result' | 'error'>> {
  const { stateDir } = context.settings;
  try {
    await compactJournal(context.journalFile);
    const measured = await loadDurations(stateDir);
    const { settings, identity, machine, journalFile, source, exec, adminClient, memory, leadership } = context;
    const result = await syncOnce({
      settings,
      identity,
      machine,
      stateDir,
      journalFile,
      source,
      exec,
      adminClient,
      memory,
      ...signals,
      ...callbacks,
      lead: leadership.lead,
      estimate: (kind) => measured[kind] ?? usualSecondsOf(kind),
    });
    await recordDurations(stateDir, durationsOf(result.executed)).catch(() => {}); // only estimates are lost
    return { result };
  } catch (cause) {
    // what aborts a sync for a reason of its own (the lock is lost) says more than what was aborted
    const { reason } = signals.signal;
    return { error: reason instanceof KubicError ? reason : toKubicError(cause) };
  }
}

function durationsOf(executed: readonly ExecutedAction[]): Durations {
  const done = executed.filter(({ outcome }) => outcome.result === 'done');
  return Object.fromEntries(
    done.map(({ action, outcome }) => [action.kind, Math.max(1, Math.round(outcome.ms / 1000))]),
  );
}

async function deliver(context: SyncContext, status: Status, error: KubicError | undefined, emit: Emit): Promise<void> {
  const { stateDir } = context.settings;
  const onFailure = (cause: unknown): void =>
    emit({ type: 'notice', text: `the report could not be delivered: ${toKubicError(cause).message}` });
  await writeStatus(stateDir, status).catch(onFailure); // with a full disk the Node still tells
  try {
    // from its record: a sync that got no further than the repository has to be told of, too
    const membership = await loadMembership(stateDir);
    if (membership && error?.code !== 'agent.aborted') {
      const client = await context.kubeClient(KUBELET_KUBECONFIG);
      await reportToNode(client, membership.nodeName, status, new Date());
    }
  } catch (cause) {
    onFailure(cause);
  }
}
