import { readYaml, tooLarge, type YamlResult } from '../document/read-yaml.ts';
import type { Snapshot } from '../source/snapshot.ts';

/** A file of the snapshot; undefined where there is none (links and submodules are reported elsewhere). */
export function readEntry(snapshot: Snapshot, path: string): YamlResult | undefined {
  const entry = snapshot.entries.get(path);
  if (entry?.type === 'oversized') return { diagnostics: [tooLarge(path, entry.size)] };
  return entry?.type === 'file' ? readYaml(path, entry.content) : undefined;
}
