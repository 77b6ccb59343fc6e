import type { Action, Held } from '../plan/actions.ts';

/** What a sync says while it works: printed on a terminal, logged by the agent, streamed over the socket. */
export type SyncEvent =
  | { readonly type: 'stage'; readonly text: string }
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'planned'; readonly actions: readonly Action[]; readonly held: readonly Held[] }
  | {
      readonly type: 'action-started';
      readonly index: number;
      readonly total: number;
      readonly action: Action;
      readonly estimateSeconds: number;
    }
  | { readonly type: 'action-progress'; readonly action: Action; readonly text: string }
  | { readonly type: 'action-ended'; readonly action: Action; readonly outcome: Outcome };

export type Emit = (event: SyncEvent) => void;

/** What became of one action. */
export interface Outcome {
  readonly result: 'done' | 'failed' | 'skipped';
  readonly ms: number;
  /** Why it failed or was skipped, with the code where there is one. */
  readonly error?: OutcomeError;
}

export interface OutcomeError {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly retry: 'soon' | 'next-commit' | 'never';
}
