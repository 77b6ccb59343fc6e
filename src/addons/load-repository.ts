import type { Definition } from '../definition/definition.ts';
import { loadDefinition } from '../definition/load-definition.ts';
import { type Diagnostic, limitDiagnostics } from '../document/diagnostic.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { findTwins } from './find-twins.ts';
import { renderAddons } from './render-addons.ts';
import type { RenderedAddon } from './rendered-addon.ts';

export interface LoadedRepository {
  /** Absent when there is an error among the diagnostics, of the definition or of a manifest. */
  readonly definition?: Definition;
  readonly rendered: readonly RenderedAddon[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What was loaded lives as long as its snapshot: a head that has not moved is not parsed again by whoever asks. */
const known = new WeakMap<Snapshot, Promise<LoadedRepository>>();

/** All that a repository says, and everything that is wrong in it at once: an error in one file hides none in another. */
export function loadRepository(snapshot: Snapshot): Promise<LoadedRepository> {
  const loaded = known.get(snapshot) ?? load(snapshot);
  known.set(snapshot, loaded);
  return loaded;
}

async function load(snapshot: Snapshot): Promise<LoadedRepository> {
  const { definition, addons, diagnostics: loading } = loadDefinition(snapshot);
  const { rendered, diagnostics: rendering } = await renderAddons({ addons });
  const diagnostics = limitDiagnostics([...loading, ...rendering, ...findTwins(rendered)]);
  if (!definition || diagnostics.some(({ severity }) => severity === 'error')) return { rendered, diagnostics };
  return { definition, rendered, diagnostics };
}
