import type { Logger } from 'pino';
import type { Emit } from '../execute/events.ts';

/** Writes what a sync says to the log: static messages, facts as fields. */
export function createEventLogger(log: Logger): Emit {
  return (event) => {
    if (event.type === 'stage') log.debug({ stage: event.text }, 'stage');
    else if (event.type === 'notice') log.warn({ notice: event.text }, 'notice');
    else if (event.type === 'planned') logPlan(log, event);
    else if (event.type === 'action-started') log.info(factsOf(event.action), 'action started');
    else if (event.type === 'action-progress') log.debug({ kind: event.action.kind, progress: event.text }, 'progress');
    else if (event.outcome.result === 'failed')
      log.error({ ...factsOf(event.action), ...event.outcome }, 'action failed');
    else log.info({ ...factsOf(event.action), ...event.outcome }, 'action ended');
  };
}

function logPlan(log: Logger, { actions, held }: Extract<Parameters<Emit>[0], { type: 'planned' }>): void {
  const level = actions.length + held.length > 0 ? 'info' : 'debug';
  log[level]({ actions: actions.map((action) => action.kind), held }, 'plan made');
}

function factsOf({ kind, reason }: { readonly kind: string; readonly reason: string }): {
  kind: string;
  reason: string;
} {
  return { kind, reason };
}
