import type { AddonDefinition, Definition } from '../definition/definition.ts';
import { loadDefinition } from '../definition/load-definition.ts';
import { type Diagnostic, limitDiagnostics } from '../document/diagnostic.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { findTwins } from './find-twins.ts';
import { type LookUpFile, renderAddons } from './render-addons.ts';
import type { RenderedAddon } from './rendered-addon.ts';

export interface LoadedRepository {
  /** Absent when there is an error among the diagnostics, of the definition or of a manifest. */
  readonly definition?: Definition;
  readonly addons: readonly AddonDefinition[];
  readonly rendered: readonly RenderedAddon[];
  readonly diagnostics: readonly Diagnostic[];
}

/** All that a repository says, and everything that is wrong in it at once: an error in one file hides none in another. */
export function loadRepository(snapshot: Snapshot, lookUp?: LookUpFile): LoadedRepository {
  const { definition, addons, diagnostics: loading } = loadDefinition(snapshot);
  const { rendered, diagnostics: rendering } = renderAddons({ addons }, lookUp);
  const diagnostics = limitDiagnostics([...loading, ...rendering, ...findTwins(rendered)]);
  const found = { addons, rendered, diagnostics };
  return !definition || diagnostics.some(({ severity }) => severity === 'error') ? found : { definition, ...found };
}
