import { createHash } from 'node:crypto';
import schema from '../../schemas/addon.schema.json' with { type: 'json' };
import { type Diagnostic, problem, warning, wholeFile } from '../document/diagnostic.ts';
import { checkDocument, type LoadedDocument } from '../document/load-document.ts';
import { decodeText, tooLarge } from '../document/read-yaml.ts';
import { bindSchema } from '../document/validate-schema.ts';
import type { Addon } from '../generated/addon.generated.ts';
import { validate as validateAddon } from '../generated/validate-addon.generated.ts';
import type { Snapshot, SnapshotEntry } from '../source/snapshot.ts';
import { isUnprintable } from '../text/printable.ts';
import { quote } from '../text/quote.ts';
import { checkDependencies, type Dependency } from './check-dependencies.ts';
import type { AddonDefinition, AddonFile } from './definition.ts';
import { readEntry } from './read-entry.ts';

export interface LoadedAddons {
  readonly addons: readonly AddonDefinition[];
  readonly diagnostics: readonly Diagnostic[];
}

interface LoadedAddon {
  readonly addon: AddonDefinition;
  readonly dependencies: readonly Dependency[];
  readonly diagnostics: readonly Diagnostic[];
}

type Entries = ReadonlyMap<string, SnapshotEntry>;

const MAX_NAME_LENGTH = 200;
const validate = bindSchema(validateAddon, schema, ['spec.renderer', 'spec.health', 'spec.ignore', 'spec.decryption']);

/** Every folder below addons/, by name, with its manifests as text. */
export function loadAddons(snapshot: Snapshot): LoadedAddons {
  const folders = groupByFolder(snapshot.entries);
  const names = [...folders.keys()].sort((a, b) => (a < b ? -1 : 1));
  const loaded = names.map((name) => loadAddon(name, folders.get(name) ?? new Map(), snapshot));
  return {
    addons: loaded.map(({ addon }) => addon),
    diagnostics: [
      ...loaded.flatMap(({ diagnostics }) => diagnostics),
      ...checkDependencies(
        loaded.flatMap(({ dependencies }) => dependencies),
        names,
      ),
    ],
  };
}

/** `addons/<name>/<path>` → name → path → entry. */
function groupByFolder(entries: Entries): ReadonlyMap<string, Entries> {
  const folders = new Map<string, Map<string, SnapshotEntry>>();
  for (const [path, entry] of entries) {
    const [, name, file] = /^addons\/([^/]+)\/(.+)$/s.exec(path) ?? [];
    if (name === undefined || file === undefined) continue;
    const folder = folders.get(name) ?? new Map<string, SnapshotEntry>();
    folders.set(name, folder.set(file, entry));
  }
  return folders;
}

function loadAddon(name: string, entries: Entries, snapshot: Snapshot): LoadedAddon {
  const folder = `addons/${name}`;
  const result = readEntry(snapshot, `${folder}/addon.yaml`);
  const { document, diagnostics } =
    result === undefined ? { diagnostics: [] } : checkDocument(result, 'Addon', validate);
  const manifests = loadManifests(folder, entries);
  const spec = document?.valid ? (document.yaml.value as Addon).spec : undefined;
  return {
    addon: {
      name,
      dependsOn: spec?.dependsOn ?? [],
      prune: spec?.prune ?? true,
      drift: spec?.drift ?? 'correct',
      digest: snapshot.trees.get(folder) ?? digestOf(entries),
      files: manifests.files,
    },
    dependencies: dependenciesOf(name, document),
    diagnostics: [...checkFolder(name, entries), ...diagnostics, ...manifests.diagnostics],
  };
}

function dependenciesOf(addon: string, document: LoadedDocument | undefined): readonly Dependency[] {
  if (!document?.valid) return [];
  const { spec } = document.yaml.value as Addon;
  return (spec?.dependsOn ?? []).map((on, index) => ({
    addon,
    on,
    place: document.yaml.placeOf(['spec', 'dependsOn', index]),
  }));
}

function checkFolder(name: string, entries: Entries): readonly Diagnostic[] {
  const place = wholeFile(`addons/${name}`);
  if (name.includes('\ufffd') || isUnprintable(name) || name.length > MAX_NAME_LENGTH) {
    const message = `${quote(name)} cannot be the name of an add-on: control characters, no UTF-8, or more than ${MAX_NAME_LENGTH} characters`;
    return [problem('definition.addon-name', place, message)];
  }
  const later = ['kustomization.yaml', 'kustomization.yml', 'Kustomization', 'Chart.yaml'].filter((file) =>
    entries.has(file),
  );
  return later.map((file) => {
    const what = file === 'Chart.yaml' ? 'Helm charts are' : 'kustomizations are';
    const remedy = 'Commit the rendered manifests in its place until a release supports it.';
    const at = wholeFile(`addons/${name}/${file}`);
    return problem('definition.not-supported', at, `${what} not supported by this release`, remedy);
  });
}

function loadManifests(folder: string, entries: Entries): { files: AddonFile[]; diagnostics: Diagnostic[] } {
  const files: AddonFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [path, entry] of entries) {
    if (path === 'addon.yaml' || !/\.(ya?ml|json)$/.test(path)) continue;
    const file = `${folder}/${path}`;
    if (entry.type === 'oversized') diagnostics.push(tooLarge(file, entry.size));
    if (entry.type !== 'file') continue;
    const text = decodeText(file, entry.content);
    if (typeof text === 'string') files.push({ path, text, oid: entry.oid });
    else diagnostics.push(text);
  }
  if (files.length === 0 && diagnostics.length === 0) {
    diagnostics.push(warning('definition.empty-addon', wholeFile(folder), 'this add-on has no manifests'));
  }
  return { files, diagnostics };
}

/** Where the source knows no tree id (a plain directory): over the paths and the ids of the contents. */
function digestOf(entries: Entries): string {
  const hash = createHash('sha256');
  for (const [path, { oid }] of entries) hash.update(`${path}\0${oid}\0`);
  return hash.digest('hex');
}
