import schema from '../../schemas/kubic-init-configuration.schema.json' with { type: 'json' };
import { type Diagnostic, problem, wholeFile } from '../document/diagnostic.ts';
import type { Filled } from '../document/filled.ts';
import { checkDocument } from '../document/load-document.ts';
import { readYaml, type YamlFile } from '../document/read-yaml.ts';
import { bindSchema } from '../document/validate-schema.ts';
import type { KubicInitConfiguration } from '../generated/kubic-init-configuration.generated.ts';
import { validate as validateSettings } from '../generated/validate-kubic-init-configuration.generated.ts';
import { isMapping } from '../json/at.ts';
import type { Settings } from './settings.ts';

/** One source of settings: the file, or environment and flags together. */
export interface SettingsDocument {
  /** Absent where the source cannot be read as settings. */
  readonly yaml?: YamlFile;
  readonly diagnostics: readonly Diagnostic[];
}

type CheckedSettings = Omit<Settings, 'warnings'>;

const validate = bindSchema(validateSettings, schema, ['repository.credentials.ssh', 'signers']);

/** The settings file as a document, with what is wrong in its YAML. */
export function parseSettings(file: string, content: Uint8Array): SettingsDocument {
  return readYaml(file, content);
}

/** Checks each source by itself, for its places, then merges them, the later over the earlier, and fills in the defaults. */
export function checkSettings(
  documents: readonly SettingsDocument[],
  file: string,
): {
  readonly settings?: CheckedSettings;
  readonly diagnostics: readonly Diagnostic[];
} {
  const values = documents.map(({ yaml }) => structuredClone(yaml?.value)); // before defaults are filled in
  const diagnostics = documents.flatMap(
    (document) => checkDocument(document, 'KubicInitConfiguration', validate).diagnostics,
  );
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics };
  const merged = values.reduce(merge);
  const [first] = documents.flatMap(({ yaml }) => yaml ?? []);
  if (first === undefined) return { diagnostics };
  validate({ ...first, value: merged });
  const { repository } = merged as KubicInitConfiguration;
  if (repository?.url === undefined) {
    const remedy = 'Write `repository: {url: …}` into it, set KUBIC_INIT_REPOSITORY, or pass --repository.';
    return {
      diagnostics: [
        ...diagnostics,
        problem('settings.no-repository', wholeFile(file), '`repository.url` is missing', remedy),
      ],
    };
  }
  return { settings: resolveSettings(merged as KubicInitConfiguration, repository.url), diagnostics };
}

function resolveSettings(value: KubicInitConfiguration, url: string): CheckedSettings {
  const { repository, stateDir, runtimeDir, enrolment, logLevel } = value as Filled<KubicInitConfiguration>;
  const { acceptRewind, nodeName, engineSocket } = value;
  const { caFile, credentials } = value.repository ?? {};
  return {
    repository: {
      url,
      branch: repository.branch,
      path: repository.path,
      ...(caFile !== undefined && { caFile }),
      ...(credentials !== undefined && { credentials }),
    },
    ...(acceptRewind !== undefined && { acceptRewind }),
    ...(nodeName !== undefined && { nodeName }),
    stateDir,
    runtimeDir,
    enrolment,
    ...(engineSocket !== undefined && { engineSocket }),
    logLevel,
  };
}

function merge(base: unknown, over: unknown): unknown {
  if (!isMapping(base) || !isMapping(over)) return over ?? base;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(base[key], over[key])]));
}
