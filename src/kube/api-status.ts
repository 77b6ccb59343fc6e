import type { ErrorCode } from '../errors/catalogue.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { isRecord, listAt, textAt } from '../json/record.ts';
import type { ApiResponse } from './api-connection.ts';

/** What a request was about: `apply ConfigMap default/web`. Of a confidential one nothing the server says is repeated. */
export interface Subject {
  readonly text: string;
  readonly confidential: boolean;
}

const MAX_MESSAGE = 600;

/**
 * Turns an answer other than 2xx into an error. The API server's messages may quote values of the object that was sent,
 * so of a Secret only the names of the fields and the machine-readable reasons are kept.
 */
export function statusError(response: ApiResponse, subject: Subject): KubicError {
  const status = parseStatus(response.body);
  const reason = textAt(status, 'reason') ?? '';
  const causes = listAt(status, 'details', 'causes').slice(0, 20);
  const fields = causes.map((cause) => textAt(cause, 'field')).filter((field) => field !== undefined);
  const message = subject.confidential
    ? [...new Set(causes.map((cause) => `${textAt(cause, 'field') ?? ''} ${textAt(cause, 'reason') ?? ''}`))].join(', ')
    : (textAt(status, 'message') ?? '');
  const text = textAt(status, 'message') ?? '';
  const code = codeOf(response.status, text);
  return new KubicError(code, {
    detail: [subject.text, printable(message) || reason || `HTTP ${response.status}`].join(': '),
    facts: {
      status: response.status,
      ...(reason && { reason }),
      ...(isImmutable(text) && { immutable: true }),
      ...(fields.length > 0 && { fields: fields.map(printable) }),
    },
  });
}

function codeOf(status: number, message: string): ErrorCode {
  // server-side apply answers 500 where a manifest does not fit the schema
  if (/^failed to (create typed patch|convert new) object/.test(message)) return 'kube.invalid';
  const codes: Readonly<Record<number, ErrorCode>> = {
    400: 'kube.invalid',
    401: 'kube.unauthorized',
    403: 'kube.forbidden',
    404: 'kube.not-found',
    409: 'kube.conflict',
    410: 'kube.conflict',
    413: 'kube.invalid',
    415: 'kube.invalid',
    422: 'kube.invalid',
    429: 'kube.overloaded',
    503: 'kube.overloaded',
    504: 'kube.timeout',
  };
  return codes[status] ?? 'kube.unexpected';
}

/** True where the server says that a field cannot be changed once it is set: there is no reason of its own for that. */
function isImmutable(message: string): boolean {
  return /immutable|may not change once set|cannot change roleRef|updates to \w+ spec for fields other than/.test(
    message,
  );
}

function parseStatus(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** One line without control characters, of bounded length: what a server sends may end up on a terminal. */
function printable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}…` : line;
}
