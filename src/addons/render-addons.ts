import { setImmediate } from 'node:timers/promises';
import type { AddonDefinition, Definition } from '../definition/definition.ts';
import type { Diagnostic } from '../document/diagnostic.ts';
import { digestOf } from '../json/canonical.ts';
import { isRecord } from '../json/record.ts';
import { formatRef, type KubeObject, refOf } from '../objects/kube-object.ts';
import { isClusterScoped, keyOf } from '../objects/object-key.ts';
import { checkManifest } from './check-manifest.ts';
import { type Manifest, parseManifests } from './parse-manifests.ts';
import type { RenderedAddon } from './rendered-addon.ts';

const MAX_OBJECTS = 10_000;
const OF_THE_SERVER = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generateName',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

export interface Rendering {
  readonly rendered: readonly RenderedAddon[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Declared {
  readonly object: KubeObject;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Turns the files of every add-on into objects; everything wrong is reported at once. YAML is read at about 1 MB/s: whatever else
 * the process does (the Lease, who enrols) gets its turn between two files.
 */
export async function renderAddons(definition: Pick<Definition, 'addons'>): Promise<Rendering> {
  const declaredAt = new Map<string, Declared>();
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
  const { name, dependsOn, prune } = addon;
  const digests = objects.map((object) => `${keyOf(refOf(object))} ${digestOf(object)}`).toSorted();
  return { name, dependsOn, prune, digest: digestOf({ dependsOn, prune, digests }), objects };
}

async function readAddon(addon: AddonDefinition): Promise<{ declared: Declared[]; diagnostics: Diagnostic[] }> {
  const declared: Declared[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const source of addon.files) {
    await setImmediate();
    const file = `addons/${addon.name}/${source.path}`;
    const parsed = parseManifests(file, source);
    diagnostics.push(...parsed.diagnostics);
    for (const { value, line, column } of parsed.manifests.flatMap(expandList)) {
      const findings = checkManifest(value);
      diagnostics.push(...findings.map((finding) => ({ severity: 'error' as const, file, line, column, ...finding })));
      // checkManifest has just found apiVersion, kind and name to be there
      if (findings.length === 0) declared.push({ object: normalize(value as KubeObject), file, line, column });
    }
  }
  return { declared, diagnostics };
}

/** `kind: List` and typed lists stand for their items. */
function expandList(manifest: Manifest): readonly Manifest[] {
  const { value } = manifest;
  if (!isRecord(value) || typeof value.kind !== 'string' || !value.kind.endsWith('List')) return [manifest];
  if (!Array.isArray(value.items)) return [manifest];
  return value.items.map((item: unknown) => ({ ...manifest, value: item }));
}

/** What the repository declares, without what only an API server may say; a Secret's stringData becomes data, as there. */
function normalize(manifest: KubeObject): KubeObject {
  const { status: _, ...rest } = manifest;
  const metadata = Object.fromEntries(
    Object.entries(manifest.metadata).filter(([field, value]) => value !== null && !OF_THE_SERVER.includes(field)),
  ) as KubeObject['metadata'];
  const object: KubeObject = { ...rest, apiVersion: manifest.apiVersion, kind: manifest.kind, metadata };
  return withoutStringData(isClusterScoped(refOf(object)) ? withoutNamespace(object) : object);
}

function withoutNamespace(object: KubeObject): KubeObject {
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as KubeObject['metadata'] };
}

function withoutStringData(object: KubeObject): KubeObject {
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret' || !isRecord(object.stringData)) return object;
  const { stringData, ...rest } = object;
  const entries = Object.entries(stringData as Record<string, unknown>);
  // a value that is no text stays as it is: the API server says so
  const encoded = entries.map(([key, value]) => [
    key,
    typeof value === 'string' ? Buffer.from(value).toString('base64') : value,
  ]);
  return {
    ...rest,
    metadata: object.metadata,
    data: { ...(isRecord(rest.data) ? rest.data : {}), ...Object.fromEntries(encoded) },
  } as KubeObject;
}

function findDuplicates(declared: readonly Declared[], declaredAt: Map<string, Declared>): Diagnostic[] {
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
