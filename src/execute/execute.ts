import { toKubicError } from '../errors/to-kubic-error.ts';
import type { Action, ActionKind, Plan } from '../plan/actions.ts';
import type { Journal } from '../state/journal.ts';
import type { Emit, Outcome } from './events.ts';
import type { HandlerDeps } from './handlers/handler.ts';
import { type Handlers, handlers } from './handlers/handlers.ts';

export interface ExecuteDeps {
  /** What handlers get, beside the signal and the progress of their action. */
  readonly handling: Omit<HandlerDeps, 'signal' | 'progress'>;
  /** Aborts whatever is under way. */
  readonly signal: AbortSignal;
  /** Takes the right to act on the cluster; the signal aborts when it is lost. Throws where somebody else has it. */
  readonly lead: () => Promise<AbortSignal>;
  readonly journal: Journal;
  readonly emit: Emit;
  /** Aborts between two actions: the one under way ends first. */
  readonly stopSignal: AbortSignal;
  /** Seconds this action is expected to take. */
  readonly estimate: (kind: ActionKind) => number;
}

export interface ExecutedAction {
  readonly action: Action;
  readonly outcome: Outcome;
}

/**
 * Executes a plan in order, each action journalled before and after. What follows a failed action of the node scope needs
 * it and is skipped; in the cluster scope one add-on's failure does not hold up the others.
 */
export async function executePlan(
  plan: Plan,
  deps: ExecuteDeps,
  handle: Handlers = handlers,
): Promise<ExecutedAction[]> {
  const executed: ExecutedAction[] = [];
  let blocked: string | undefined;
  for (const [index, action] of plan.actions.entries()) {
    if (deps.stopSignal.aborted) blocked = 'it was told to stop';
    const outcome =
      blocked === undefined
        ? await executeAction(action, { index, total: plan.actions.length }, deps, handle)
        : skipped(blocked);
    if (outcome.result === 'failed' && action.scope === 'node') blocked = `${action.kind} failed`;
    deps.emit({ type: 'action-ended', action, outcome });
    executed.push({ action, outcome });
  }
  return executed;
}

async function executeAction(
  action: Action,
  place: { readonly index: number; readonly total: number },
  deps: ExecuteDeps,
  handle: Handlers,
): Promise<Outcome> {
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  deps.emit({ type: 'action-started', ...place, action, estimateSeconds: deps.estimate(action.kind) });
  try {
    const signal = action.scope === 'cluster' ? AbortSignal.any([deps.signal, await deps.lead()]) : deps.signal;
    await deps.journal.record(action, 'started');
    const progress = (text: string): void => deps.emit({ type: 'action-progress', action, text });
    await run(action, { ...deps.handling, signal, progress }, handle);
    await deps.journal.record(action, 'done');
    return { result: 'done', ms: elapsed() };
  } catch (cause) {
    const { code, message, hint, retry } = toKubicError(cause);
    // the disk may be what failed: the error of the action is the one to tell
    await deps.journal.record(action, 'failed', code).catch(() => {});
    return { result: 'failed', ms: elapsed(), error: { code, message, hint, retry } };
  }
}

function run<K extends ActionKind>(action: Action<K>, deps: HandlerDeps, handle: Handlers): Promise<void> {
  return handle[action.kind](action, deps);
}

function skipped(reason: string): Outcome {
  return {
    result: 'skipped',
    ms: 0,
    error: { code: 'agent.aborted', message: `not begun: ${reason}`, hint: 'The next sync goes on.', retry: 'soon' },
  };
}
