import type { AddonDefinition, AddonFile } from '../definition/definition.ts';
import { type Diagnostic, problem, wholeFile } from '../document/diagnostic.ts';
import { digestOf } from '../json/canonical.ts';
import { formatRef, type KubeObject, refOf } from '../objects/kube-object.ts';
import { keyOf } from '../objects/object-key.ts';
import { type FileIndex, indexFile, objectsIn } from './file-index.ts';
import type { IndexedObject } from './indexed-object.ts';
import { readManifests } from './manifests/read-manifests.ts';
import type { RenderedAddon } from './rendered-addon.ts';

const MAX_OBJECTS = 10_000;

export interface Rendering {
  readonly rendered: readonly RenderedAddon[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known of one file: read, or remembered by its Git id. */
export type LookUpFile = (path: string, file: AddonFile) => FileIndex;

const lookUpAnew: LookUpFile = (path, { text }) => indexFile(path, text);

/** What the files of every add-on declare; everything wrong is reported at once. YAML is read at about 1 MB/s. */
export function renderAddons(
  { addons }: { readonly addons: readonly AddonDefinition[] },
  lookUp: LookUpFile = lookUpAnew,
): Rendering {
  const declaredAt = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const rendered: RenderedAddon[] = [];
  for (const addon of addons) {
    const objects: IndexedObject[] = [];
    for (const file of addon.files) {
      const path = pathOf(addon, file);
      const index = lookUp(path, file);
      for (const { object } of objectsIn(index)) objects.push(object);
      diagnostics.push(...index.diagnostics, ...findDuplicates(path, index, declaredAt));
    }
    if (objects.length > MAX_OBJECTS) diagnostics.push(tooMany(addon, objects.length));
    rendered.push(toRendered(addon, objects));
  }
  return { rendered, diagnostics };
}

/** The objects of an add-on that are wanted, in the order of its files; what has none of them is not read. */
export function* readObjects(
  addon: Pick<AddonDefinition, 'name' | 'files'>,
  isWanted: (key: string) => boolean = () => true,
  lookUp: LookUpFile = lookUpAnew,
): Generator<KubeObject> {
  for (const file of addon.files) {
    const path = pathOf(addon, file);
    const { documents } = lookUp(path, file);
    const others = documents.filter(({ objects }) => !objects.some(({ object }) => isWanted(keyOf(object))));
    if (others.length === documents.length) continue;
    const unwanted = new Map(others.map(({ digest, tokens }) => [digest, tokens]));
    for (const { declared = [] } of readManifests(path, file.text, (digest) => unwanted.get(digest)).documents) {
      for (const { object } of declared) if (isWanted(keyOf(refOf(object)))) yield object;
    }
  }
}

function pathOf({ name }: Pick<AddonDefinition, 'name'>, { path }: AddonFile): string {
  return `addons/${name}/${path}`;
}

function toRendered(addon: AddonDefinition, objects: readonly IndexedObject[]): RenderedAddon {
  const { name, dependsOn, prune, drift } = addon;
  const digests = objects.map((object) => `${keyOf(object)} ${object.digest}`).toSorted();
  // how drift is met changes nothing in the cluster
  return { name, dependsOn, prune, drift, digest: digestOf({ dependsOn, prune, digests }), objects };
}

/** @param declaredAt where each object was declared first: `file:line` by key */
function findDuplicates(file: string, index: FileIndex, declaredAt: Map<string, string>): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { object, line, column } of objectsIn(index)) {
    const key = keyOf(object);
    const first = declaredAt.get(key);
    if (first === undefined) {
      declaredAt.set(key, `${file}:${line}`);
      continue;
    }
    const message = `${formatRef(object)} is declared in ${first} already`;
    found.push(problem('addons.duplicate-object', { file, line, column }, message, 'Keep one of them.'));
  }
  return found;
}

function tooMany(addon: AddonDefinition, count: number): Diagnostic {
  const message = `${count} objects; an add-on has at most ${MAX_OBJECTS}`;
  return problem('addons.too-many-objects', wholeFile(`addons/${addon.name}`), message, 'Split it in several folders.');
}
