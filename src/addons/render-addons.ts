import { setImmediate } from 'node:timers/promises';
import type { AddonDefinition, Definition } from '../definition/definition.ts';
import type { Diagnostic } from '../document/diagnostic.ts';
import { digestOf } from '../json/canonical.ts';
import { formatRef, type KubeObject, refOf } from '../objects/kube-object.ts';
import { keyOf } from '../objects/object-key.ts';
import { type DeclaredObject, type ManifestFile, readManifests } from './manifests/read-manifests.ts';
import type { RenderedAddon } from './rendered-addon.ts';

const MAX_OBJECTS = 10_000;
export interface Rendering {
  readonly rendered: readonly RenderedAddon[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Turns the files of every add-on into objects; everything wrong is reported at once. YAML is read at about 1 MB/s: whatever else
 * the process does (the Lease, who enrols) gets its turn between two files.
 */
export async function renderAddons(definition: Pick<Definition, 'addons'>): Promise<Rendering> {
  const declaredAt = new Map<string, DeclaredObject>();
  const diagnostics: Diagnostic[] = [];
  const rendered: RenderedAddon[] = [];
  for (const addon of definition.addons) {
    const result = await readAddon(addon);
    diagnostics.push(...result.diagnostics, ...findDuplicates(result.declared, declaredAt));
    const objects = result.declared.map(({ object }) => object);
    if (objects.length > MAX_OBJECTS) diagnostics.push(tooMany(addon, objects.length));
    rendered.push(toRendered(addon, objects));
  }
  return { rendered, diagnostics };
}

function toRendered(addon: AddonDefinition, objects: readonly KubeObject[]): RenderedAddon {
  const { name, dependsOn, prune, drift } = addon;
  const digests = objects.map((object) => `${keyOf(refOf(object))} ${digestOf(object)}`).toSorted();
  // how drift is met changes nothing in the cluster
  return { name, dependsOn, prune, drift, digest: digestOf({ dependsOn, prune, digests }), objects };
}

async function readAddon(
  addon: AddonDefinition,
): Promise<{ declared: readonly DeclaredObject[]; diagnostics: readonly Diagnostic[] }> {
  const files: ManifestFile[] = [];
  for (const { path, text } of addon.files) {
    await setImmediate();
    files.push(readManifests(`addons/${addon.name}/${path}`, text));
  }
  return {
    declared: files.flatMap(({ declared }) => declared),
    diagnostics: files.flatMap(({ diagnostics }) => diagnostics),
  };
}

function findDuplicates(declared: readonly DeclaredObject[], declaredAt: Map<string, DeclaredObject>): Diagnostic[] {
  return declared.flatMap((entry) => {
    const key = keyOf(refOf(entry.object));
    const first = declaredAt.get(key);
    if (!first) declaredAt.set(key, entry);
    const { file, line, column } = entry;
    return first
      ? [
          {
            severity: 'error' as const,
            file,
            line,
            column,
            code: 'addons.duplicate-object' as const,
            message: `${formatRef(refOf(entry.object))} is declared in ${first.file}:${first.line} already`,
            remedy: 'Keep one of them.',
          },
        ]
      : [];
  });
}

function tooMany(addon: AddonDefinition, count: number): Diagnostic {
  return {
    severity: 'error',
    file: `addons/${addon.name}`,
    line: 0,
    column: 0,
    code: 'addons.too-many-objects',
    message: `${count} objects; an add-on has at most ${MAX_OBJECTS}`,
    remedy: 'Split it in several folders.',
  };
}
