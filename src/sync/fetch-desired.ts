import { loadRepository } from '../addons/load-repository.ts';
import type { RenderedAddon } from '../addons/rendered-addon.ts';
import type { Definition } from '../definition/definition.ts';
import { invalidDefinition } from '../definition/invalid-definition.ts';
import type { Diagnostic } from '../document/diagnostic.ts';
import { formatDiagnostic } from '../document/format-diagnostics.ts';
import type { Emit } from '../execute/events.ts';
import type { Settings } from '../settings/settings.ts';
import type { GitSource } from '../source/git-source.ts';
import type { Snapshot } from '../source/snapshot.ts';

/** What the repository declares at one commit, valid and rendered. */
export interface Desired {
  readonly snapshot: Snapshot;
  readonly definition: Definition;
  /** What should be mended in the repository and stops nothing. */
  readonly warnings: readonly Diagnostic[];
  readonly rendered: readonly RenderedAddon[];
}

export interface FetchDesiredDeps {
  readonly source: Pick<GitSource, 'fetchSnapshot'>;
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
  const { definition, rendered, diagnostics } = await loadRepository(snapshot);
  if (!definition) throw invalidDefinition(snapshot.commit, diagnostics);
  for (const warning of diagnostics) emit({ type: 'notice', text: formatDiagnostic(warning) });
  return { snapshot, definition, warnings: diagnostics, rendered };
}
