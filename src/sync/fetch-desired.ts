import type { LoadObjects, RenderedAddon } from '../addons/rendered-addon.ts';
import type { Definition } from '../definition/definition.ts';
import { invalidDefinition } from '../definition/invalid-definition.ts';
import type { Diagnostic } from '../document/diagnostic.ts';
import { formatDiagnostic } from '../document/format-diagnostics.ts';
import type { Emit } from '../execute/events.ts';
import type { Settings } from '../settings/settings.ts';
import type { CommitInfo } from '../source/snapshot.ts';
import type { RepositorySource } from './reading/repository-source.ts';

/** What the repository declares at one commit, valid and rendered. */
export interface Desired {
  readonly snapshot: CommitInfo;
  readonly definition: Definition;
  /** What should be mended in the repository and stops nothing. */
  readonly warnings: readonly Diagnostic[];
  /** What add-ons declare, as an index; none on a worker, which does not act on them. */
  readonly rendered: readonly RenderedAddon[];
  /** Reads the objects behind it. */
  readonly loadObjects: LoadObjects;
}

export interface FetchDesiredDeps {
  readonly source: Pick<RepositorySource, 'fetchSnapshot' | 'objectsAt'>;
  readonly settings: { readonly repository: Pick<Settings['repository'], 'url'>; readonly acceptRewind?: string };
  readonly signal: AbortSignal;
  readonly emit: Emit;
}

/**
 * What the repository declares at its verified head.
 *
 * @throws KubicError source.*, definition.invalid
 */
export async function fetchDesired({ source, settings, signal, emit }: FetchDesiredDeps): Promise<Desired> {
  const { repository, acceptRewind } = settings;
  emit({ type: 'stage', text: `fetching ${repository.url}` });
  const options = acceptRewind === undefined ? { signal } : { signal, acceptRewind };
  const { snapshot, notices } = await source.fetchSnapshot(options);
  for (const text of notices) emit({ type: 'notice', text });
  const { commit, subject, author, committedAt, definition, diagnostics, rendered = [] } = snapshot;
  if (!definition) throw invalidDefinition(commit, diagnostics);
  for (const warning of diagnostics) emit({ type: 'notice', text: formatDiagnostic(warning) });
  const loadObjects = source.objectsAt(commit);
  return {
    snapshot: { commit, subject, author, committedAt },
    definition,
    warnings: diagnostics,
    rendered,
    loadObjects,
  };
}
