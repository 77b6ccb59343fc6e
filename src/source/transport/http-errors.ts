import type { IncomingMessage } from 'node:http';
import { KubicError } from '../../errors/kubic-error.ts';
import { printableLine } from '../../text/printable.ts';
import { formatUrl } from '../repository.ts';

const TLS_ERROR = /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_MISMATCH)/;
const CUT = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR']);

/** Gives what node:http threw one of our codes. `late`: the client's whole time is up. */
export function classifyHttpError(
  error: unknown,
  { aborted, late }: { readonly aborted: boolean; readonly late: boolean },
): KubicError {
  if (aborted) return new KubicError('agent.aborted', { detail: 'fetch', cause: error });
  if (late) return new KubicError('source.too-slow', { detail: 'the time for it is up', cause: error });
  if (error instanceof KubicError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? printableLine(error.message) : printableLine(String(error));
  if (TLS_ERROR.test(code))
    return new KubicError('source.tls', { detail: message, facts: { reason: code }, cause: error });
  if (code.startsWith('HPE_')) return new KubicError('source.protocol', { detail: message, cause: error });
  if (CUT.has(code)) return new KubicError('source.truncated', { detail: message, cause: error });
  return new KubicError('source.unreachable', {
    detail: code === '' ? message : code,
    facts: { reason: code },
    cause: error,
  });
}

/** The error of a status, or undefined for 200. */
export function classifyStatus(status: number, target: URL): KubicError | undefined {
  const options = { detail: `HTTP ${status} from ${target.host}`, facts: { status } };
  if (status === 200) return undefined;
  // 203: Azure DevOps shows its sign-in page to Git clients it does not know
  if (status === 401 || status === 403 || status === 203) return new KubicError('source.unauthorized', options);
  if (status === 404 || status === 410) return new KubicError('source.not-found', options);
  if (status === 408 || status === 429 || status >= 500) return new KubicError('source.server-error', options);
  return new KubicError('source.protocol', options);
}

/**
 * Where a redirect leads, or undefined where there is none.
 *
 * @throws KubicError source.redirected when it leaves the origin, whose credentials would go with it
 */
export function redirectTarget(response: IncomingMessage, from: URL): URL | undefined {
  const status = response.statusCode ?? 0;
  const { location } = response.headers;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  const target = URL.parse(location, from.href);
  if (target === null || target.origin !== from.origin) {
    response.destroy();
    const place =
      target === null ? 'a place that is no URL' : formatUrl(target.href.replace(/\/info\/refs(\?.*)?$/, ''));
    throw new KubicError('source.redirected', { detail: `${from.host} points to ${place}`, facts: { status } });
  }
  return target;
}
