import { KubicError } from '../errors/kubic-error.ts';
import type { Credentials } from '../source/repository.ts';
import { readSmallFile } from './read-small-file.ts';
import type { Settings } from './settings.ts';

const MAX_BYTES = 16 * 1024;

/**
 * The repository's credentials, read from their files now: a rotated secret counts at once. Undefined where none are set.
 *
 * @throws KubicError settings.credentials-unreadable; the error never shows what a file holds
 */
export async function loadCredentials({ repository }: Pick<Settings, 'repository'>): Promise<Credentials | undefined> {
  const { tokenFile, basic } = repository.credentials ?? {};
  if (tokenFile !== undefined) return { type: 'token', token: await loadSecret(tokenFile) };
  if (basic?.passwordFile === undefined) return undefined;
  const username = basic.username ?? (await loadSecret(basic.usernameFile ?? ''));
  return { type: 'basic', username, password: await loadSecret(basic.passwordFile) };
}

/** A secret is one line; a line break inside would end up in an HTTP header. */
async function loadSecret(path: string): Promise<string> {
  const content = await readSmallFile(path, MAX_BYTES).catch((cause: unknown) => {
    throw new KubicError('settings.credentials-unreadable', { detail: path, cause });
  });
  const secret = Buffer.from(content)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (secret === '') throw new KubicError('settings.credentials-unreadable', { detail: `${path} is empty` });
  if (/\p{Cc}/u.test(secret)) {
    throw new KubicError('settings.credentials-unreadable', { detail: `${path} holds more than one line` });
  }
  return secret;
}
