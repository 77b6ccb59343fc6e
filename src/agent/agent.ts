import type { Logger } from 'pino';
import { announceFingerprint } from '../admission/identity/announce-fingerprint.ts';
import type { Definition } from '../definition/definition.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { toKubicError } from '../errors/to-kubic-error.ts';
import type { Emit } from '../execute/events.ts';
import type { Status } from '../generated/status.generated.ts';
import type { SyncResult } from '../report/sync-result.ts';
import { runtimePath } from '../state/paths.ts';
import { fetchDesired } from '../sync/fetch-desired.ts';
import { serveAgentSocket } from './agent-socket.ts';
import { backoffMs } from './backoff.ts';
import type { SyncContext } from './create-context.ts';
import { holdMachine } from './hold-machine.ts';
import { createEventLogger } from './log-events.ts';
import { runSync, type SyncReport, type SyncSignals } from './run-sync.ts';
import { type Schedule, startSchedule } from './schedule.ts';
import { type ControlPlaneServices, createControlPlaneServices } from './services/control-plane-services.ts';
import { createSyncQueue } from './sync-queue.ts';

const DEFAULT_SCHEDULE = '* * * * *';

/**
 * The agent: holds the machine's lock, syncs at start, on the schedule, when asked over its socket, and again after a
 * temporary failure; on a control plane it runs admission beside. Ends when told to, after the action under way.
 */
export async function runAgent(context: SyncContext, signals: SyncSignals, log: Logger): Promise<void> {
  const { fingerprint, claimedName: name } = context.machine;
  await holdMachine(context.settings, signals, async (held) => {
    log.info({ fingerprint, name }, 'agent started');
    await announceFingerprint(context.identity);
    await runLoop(context, held, log);
    log.info('agent stopped');
  });
}

async function runLoop(context: SyncContext, signals: SyncSignals, log: Logger): Promise<void> {
  const loop = createLoop(context, signals, log);
  const socket = await serveAgentSocket(runtimePath(context.settings.runtimeDir, 'socket'), loop.request, (error) =>
    log.error({ code: error.code, error: error.message }, 'agent socket'),
  );
  try {
    loop.begin();
    await aborted(signals.stopSignal);
  } finally {
    await loop.end();
    await socket.close();
  }
}

interface Loop {
  readonly begin: () => void;
  readonly request: (watcher: Emit) => Promise<Status>;
  readonly end: () => Promise<void>;
}

interface Head {
  readonly commit: string;
  readonly definition: Definition;
  /** When the reading of this head began, in monotonic milliseconds. */
  readonly readAt: number;
}

/** What the agent does beside holding the machine: one sync after another, and the services of a control plane. */
export function createLoop(context: SyncContext, signals: SyncSignals, log: Logger): Loop {
  let schedule: (Schedule & { readonly expression: string }) | undefined;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  /** What the repository said when it was read last, by a sync or for an enrolment. */
  let head: Head | undefined;
  const logEvent = createEventLogger(log);

  const queue = createSyncQueue(async (emit): Promise<SyncReport> => {
    clearTimeout(retry);
    if (signals.stopSignal.aborted) throw new KubicError('agent.aborted', { detail: 'the agent is stopping' });
    const both: Emit = (event) => {
      logEvent(event);
      emit(event);
    };
    const readAt = performance.now();
    const report = await runSync(context, signals, both, () => schedule?.nextAt());
    if (report.result) keepNewest(report.result, readAt);
    await follow(report);
    return report;
  });

  const services: ControlPlaneServices = createControlPlaneServices({
    context,
    log,
    currentDefinition: () => head?.definition,
    refreshDefinition,
  });

  /** Reads the head and does no more: whoever enrols does not wait until a long sync has ended. A head that is new is synced soon after. */
  async function refreshDefinition(): Promise<Definition> {
    const readAt = performance.now();
    const { source, settings } = context;
    const desired = await fetchDesired({ source, settings, signal: signals.signal, emit: () => {} });
    if (head?.commit !== desired.snapshot.commit) requestQuietly();
    keepNewest(desired, readAt);
    return desired.definition;
  }

  /** A sync that took long ends with an older head than an enrolment has read meanwhile: that one stays. */
  function keepNewest({ snapshot, definition }: Pick<SyncResult, 'snapshot' | 'definition'>, readAt: number): void {
    if (!head || head.readAt <= readAt) head = { commit: snapshot.commit, definition, readAt };
  }

  /** What a report means for what comes next: the schedule it declares, a retry, the services of a control plane. */
  async function follow({ status, result, retrySoon }: SyncReport): Promise<void> {
    log[status.error ? 'warn' : 'info'](
      { phase: status.phase, commit: status.commit.actedOn, error: status.error },
      'sync ended',
    );
    reschedule(result?.definition.cluster.schedule ?? schedule?.expression ?? DEFAULT_SCHEDULE);
    failures = retrySoon ? failures + 1 : 0;
    if (retrySoon && !signals.stopSignal.aborted)
      retry = setTimeout(requestQuietly, backoffMs(failures, Math.random()));
    if (!result) return;
    await services.follow(result).catch((cause: unknown) => {
      const { code, message } = toKubicError(cause);
      log.error({ code, error: message }, 'admission is not served');
    });
  }

  function reschedule(expression: string): void {
    if (schedule?.expression === expression) return;
    const next = startSchedule(expression, context.machine.claimedName, requestQuietly);
    schedule?.stop(); // only now: without a schedule nothing would be fetched that mends it
    schedule = { ...next, expression };
    log.info({ schedule: expression, next: schedule.nextAt() }, 'schedule set');
  }

  function requestQuietly(): void {
    queue.request().catch((error: unknown) => log.error({ err: error }, 'sync did not run'));
  }

  return {
    begin: requestQuietly,
    request: async (watcher) => (await queue.request(watcher)).status,
    end: async () => {
      await queue.idle(); // what follows a sync may set the schedule, a retry, services
      clearTimeout(retry);
      schedule?.stop();
      await services.stop();
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
