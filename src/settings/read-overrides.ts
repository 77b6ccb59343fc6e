import { API_VERSION } from '../document/api-version.ts';
import { type Diagnostic, type Place, problem, wholeFile } from '../document/diagnostic.ts';
import type { FieldPath } from '../document/find-field.ts';
import { suggest } from '../text/suggest.ts';
import type { SettingsDocument } from './parse-settings.ts';
import { CONFIG_VARIABLE, flagName, settingSources } from './setting-sources.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What environment and flags set, as a document whose places are the names of variables and flags. */
export function readOverrides(flags: object, env: Environment): SettingsDocument {
  const places = new Map<string, Place>();
  const value: Record<string, unknown> = { apiVersion: API_VERSION, kind: 'KubicInitConfiguration' };
  for (const { field, variable, flag } of settingSources) {
    const flagged = flag === undefined ? undefined : (flags as Readonly<Record<string, unknown>>)[flag];
    const text = flagged ?? (env[variable] || undefined); // systemd passes an empty value where none is meant
    if (text === undefined) continue;
    setAt(value, field, text);
    places.set(field.join('.'), wholeFile(flagged === undefined ? variable : flagName(flag ?? '')));
  }
  const placeOf = (path: FieldPath): Place => places.get(path.join('.')) ?? wholeFile('the environment');
  return { yaml: { file: 'the environment', value, placeOf, placeOfKey: placeOf }, diagnostics: checkVariables(env) };
}

/** A variable that is nearly one of ours was meant to be one. Others may belong to somebody else. */
function checkVariables(env: Environment): readonly Diagnostic[] {
  const known = [...settingSources.map(({ variable }) => variable), CONFIG_VARIABLE];
  return Object.keys(env)
    .filter((name) => name.startsWith('KUBIC_INIT_') && !known.includes(name))
    .flatMap((name) => {
      const short = (text: string): string => text.replace('KUBIC_INIT_', '');
      const near = suggest(short(name), known.map(short));
      if (near === undefined) return [];
      const message = `unknown variable; did you mean \`KUBIC_INIT_${near}\`?`;
      return [problem('settings.unknown-variable', wholeFile(name), message)];
    });
}

function setAt(target: Record<string, unknown>, path: FieldPath, value: unknown): void {
  const [step, ...rest] = path.map(String);
  if (step === undefined) return;
  if (rest.length === 0) target[step] = value;
  else {
    const child = (target[step] ?? {}) as Record<string, unknown>;
    target[step] = child;
    setAt(child, rest, value);
  }
}
