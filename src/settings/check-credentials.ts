import { stat } from 'node:fs/promises';
import { type Diagnostic, type Place, problem, warning, wholeFile } from '../document/diagnostic.ts';
import type { FieldPath } from '../document/find-field.ts';
import { valueAt } from '../document/value-at.ts';
import type { SettingsDocument } from './parse-settings.ts';
import type { CredentialFiles, RepositorySettings } from './settings.ts';

const at = ['repository', 'credentials'];

/** One way to authenticate, whole; and files that others can read are worth a warning. */
export async function checkCredentials(
  { credentials, url }: RepositorySettings,
  documents: readonly SettingsDocument[],
): Promise<readonly Diagnostic[]> {
  if (credentials === undefined) return [];
  return [
    ...checkForm(credentials, placeIn(documents, at)),
    ...(url.startsWith('http:') ? [sentInClear(placeIn(documents, ['repository', 'url']))] : []),
    ...(await checkModes(credentials, documents)),
  ];
}

function checkForm({ tokenFile, basic }: CredentialFiles, place: Place): readonly Diagnostic[] {
  if (tokenFile !== undefined && basic !== undefined) {
    return [problem('settings.credentials', place, '`tokenFile` and `basic` are both set', 'Keep one of them.')];
  }
  if (tokenFile === undefined && basic === undefined) {
    return [problem('settings.credentials', place, '`credentials` has neither `tokenFile` nor `basic`')];
  }
  if (basic === undefined) return [];
  const named = [basic.username, basic.usernameFile].filter((name) => name !== undefined).length;
  return [
    ...(named === 1
      ? []
      : [problem('settings.credentials', place, '`basic` needs `username` or `usernameFile`, one of them')]),
    ...(basic.passwordFile === undefined
      ? [problem('settings.credentials', place, '`basic` needs `passwordFile`')]
      : []),
  ];
}

function sentInClear(place: Place): Diagnostic {
  const message = 'the credentials are sent in the clear: the URL begins with http:';
  return warning('settings.credentials-in-clear', place, message);
}

async function checkModes(
  { tokenFile, basic }: CredentialFiles,
  documents: readonly SettingsDocument[],
): Promise<readonly Diagnostic[]> {
  const files: readonly [FieldPath, string | undefined][] = [
    [[...at, 'tokenFile'], tokenFile],
    [[...at, 'basic', 'passwordFile'], basic?.passwordFile],
  ];
  const warnings = await Promise.all(
    files.map(async ([field, path]) => {
      const found = path === undefined ? undefined : await stat(path).catch(() => undefined); // told when it is read
      if (path === undefined || found === undefined || (found.mode & 0o077) === 0) return [];
      const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
      const message = `${path} has mode ${mode}: others than its owner can read it`;
      return [
        warning('settings.credentials-exposed', placeIn(documents, field), message, `Run \`chmod 600 ${path}\`.`),
      ];
    }),
  );
  return warnings.flat();
}

/** Where a field is set: in the last document that has it. */
function placeIn(documents: readonly SettingsDocument[], path: FieldPath): Place {
  const holder = documents.flatMap(({ yaml }) => yaml ?? []).findLast((yaml) => valueAt(yaml, path) !== undefined);
  return holder?.placeOf(path) ?? wholeFile('the settings');
}
