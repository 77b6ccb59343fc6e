import type { Definition } from '../definition/definition.ts';
import type { Diagnostic } from '../document/diagnostic.ts';
import type { ExecutedAction } from '../execute/execute.ts';
import type { Plan } from '../plan/actions.ts';
import type { Actual } from '../plan/actual.ts';
import type { Standing } from '../plan/node-entry.ts';
import type { CommitInfo } from '../source/snapshot.ts';

/** One sync's findings, whole or as far as it came. */
export interface SyncResult {
  readonly snapshot: CommitInfo;
  readonly definition: Definition;
  /** What should be mended in the repository and stops nothing. */
  readonly warnings: readonly Diagnostic[];
  readonly standing: Standing;
  readonly actual: Actual;
  /** The last plan made: empty of actions when the machine is in sync. */
  readonly plan: Plan;
  readonly executed: readonly ExecutedAction[];
}
