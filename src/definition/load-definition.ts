import { type Diagnostic, limitDiagnostics } from '../document/diagnostic.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { checkCluster } from './check-cluster.ts';
import { checkEntries } from './check-entries.ts';
import { checkNodes } from './check-nodes.ts';
import type { AddonDefinition, Definition } from './definition.ts';
import { loadAddons } from './load-addons.ts';
import { loadCluster } from './load-cluster.ts';
import { loadNodes } from './load-nodes.ts';

export interface LoadedDefinition {
  /** Absent when there is an error among the diagnostics. */
  readonly definition?: Definition;
  /** The add-ons as far as they could be read, also beside errors elsewhere. */
  readonly addons: readonly AddonDefinition[];
  /** By file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What a cluster repository says, checked in full: every problem is told at once. Pure, and never throws for content.
 * Loads yaml: import it where it is needed.
 */
export function loadDefinition(snapshot: Snapshot): LoadedDefinition {
  const cluster = loadCluster(snapshot);
  const nodes = loadNodes(snapshot);
  const addons = loadAddons(snapshot);
  const diagnostics = limitDiagnostics([
    ...checkEntries(snapshot),
    ...cluster.diagnostics,
    ...nodes.diagnostics,
    ...addons.diagnostics,
    ...checkCluster(cluster.yaml),
    ...checkNodes(nodes.entries, cluster.yaml),
  ]);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { addons: addons.addons, diagnostics };
  if (cluster.cluster === undefined) throw new Error('no cluster, and no diagnostic that says why');
  const { accepted, rejected } = nodes;
  const definition = { cluster: cluster.cluster, accepted, rejected, addons: addons.addons };
  return { definition, addons: addons.addons, diagnostics };
}
