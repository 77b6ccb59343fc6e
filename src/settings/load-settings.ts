import { type Diagnostic, sortDiagnostics } from '../document/diagnostic.ts';
import { formatDiagnostic, formatSummary } from '../document/format-diagnostics.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { isNotFound } from '../platform/files.ts';
import { checkCredentials } from './check-credentials.ts';
import { checkSettings, parseSettings, type SettingsDocument } from './parse-settings.ts';
import { readOverrides } from './read-overrides.ts';
import { readSmallFile } from './read-small-file.ts';
import { CONFIG_VARIABLE } from './setting-sources.ts';
import type { Settings } from './settings.ts';

export interface SettingsInput {
  /** Options as commander gives them; `config` names the settings file, which then has to be there. */
  readonly flags?: object;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Leaves the machine's settings file alone: its credentials are for its own repository only. */
  readonly withoutFile?: boolean;
}

const SETTINGS_FILE = '/etc/kubic/kubic-init.yaml';
const MAX_BYTES = 1024 * 1024;

/**
 * A machine's settings: the file, beaten by the environment, beaten by flags. No secret is read here.
 *
 * @throws KubicError settings.invalid with every problem in its facts; settings.unreadable
 */
export async function loadSettings({ flags = {}, env = {}, withoutFile }: SettingsInput = {}): Promise<Settings> {
  const { config } = flags as { readonly config?: string };
  const file = withoutFile ? undefined : await loadSettingsFile(config ?? env[CONFIG_VARIABLE]);
  const overrides = readOverrides(flags, env);
  const documents = [file, overrides].filter((document) => document !== undefined);
  const { settings, diagnostics } = checkSettings(documents, config ?? env[CONFIG_VARIABLE] ?? SETTINGS_FILE);
  const credentials = settings ? await checkCredentials(settings.repository, documents) : [];
  const all = sortDiagnostics([...diagnostics, ...credentials]);
  if (settings === undefined || all.some(({ severity }) => severity === 'error')) throw invalidSettings(all);
  return { ...settings, warnings: all };
}

async function loadSettingsFile(named: string | undefined): Promise<SettingsDocument | undefined> {
  const path = named ?? SETTINGS_FILE;
  try {
    return parseSettings(path, await readSmallFile(path, MAX_BYTES));
  } catch (cause) {
    if (isNotFound(cause) && named === undefined) return undefined; // flags and environment may say it all
    throw cause instanceof KubicError ? cause : new KubicError('settings.unreadable', { detail: path, cause });
  }
}

/** Every problem, a line each, without values that could be secrets. */
function invalidSettings(diagnostics: readonly Diagnostic[]): KubicError {
  const [first] = diagnostics.filter(({ severity }) => severity === 'error');
  return new KubicError('settings.invalid', {
    detail: formatSummary(diagnostics),
    facts: { problems: diagnostics.map(formatDiagnostic) },
    ...(diagnostics.length === 1 && first !== undefined && { hint: first.remedy }),
  });
}
