import type { ExecuteDeps } from '../execute/execute.ts';
import type { ObserveDeps } from '../observe/observe.ts';
import type { GitSource } from '../source/git-source.ts';

/** Everything a sync works with; what lives as long as the process comes from create-context.ts. */
export interface SyncDeps
  extends Omit<ExecuteDeps, 'definition' | 'rendered' | 'journal'>,
    Omit<ObserveDeps, 'signal' | 'exec' | 'adminClient'> {
  readonly source: GitSource;
}
