import { KubicError } from '../errors/kubic-error.ts';
import { printableLine } from '../text/printable.ts';

/** What opens a private repository. Read anew at each sync, so that a rotated file counts. */
export type Credentials =
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | { readonly type: 'token'; readonly token: string };

/** Where the cluster repository is, and which part of it counts. */
export interface Repository {
  /** http or https, without credentials. */
  readonly url: string;
  readonly branch: string;
  /** Directory in the repository, `/`-separated; empty for all of it. */
  readonly path: string;
}

/**
 * @returns the URL without a trailing slash
 * @throws KubicError source.url-invalid; the error never shows credentials
 */
export function parseRepositoryUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) {
    throw new KubicError('source.url-invalid', { detail: 'it is no URL (write https://host/path.git)' });
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new KubicError('source.url-invalid', {
      detail: `${url.protocol}// is not supported, only https:// and http://`,
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new KubicError('source.url-invalid', { detail: `${formatUrl(text)} has credentials in it` });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new KubicError('source.url-invalid', { detail: `${formatUrl(text)} has a query or fragment` });
  }
  return url.href.replace(/\/+$/, '');
}

/** A URL as it may be printed: without user, password, query and fragment, where tokens hide. */
export function formatUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return '(not a URL)';
  return printableLine(`${url.protocol}//${url.host}${url.pathname}`);
}
