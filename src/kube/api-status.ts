import type { ErrorCode } from '../errors/catalogue.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { at, isRecord, listAt, textAt } from '../json/record.ts';
import type { ApiResponse } from './api-connection.ts';

/** What a request was about: `apply ConfigMap default/web`. Of a confidential one nothing the server says is repeated. */
export interface Subject {
  readonly text: string;
  readonly confidential: boolean;
}

const MAX_MESSAGE = 600;

/**
 * Turns an answer other than 2xx into an error, by its status, its reason and the causes in its details, never by its words:
 * those are for people, and change from one version to the next. The API server's messages may quote values of the object
 * that was sent, so of a Secret only the names of the fields, the machine-readable reasons and who refused it are kept.
 */
export function statusError(response: ApiResponse, subject: Subject): KubicError {
  const status = parseStatus(response.body);
  const reason = textAt(status, 'reason') ?? '';
  const causes = listAt(status, 'details', 'causes').slice(0, 20);
  const fields = causes.map((cause) => textAt(cause, 'field')).filter((field) => field !== undefined);
  const text = textAt(status, 'message') ?? '';
  const message = subject.confidential ? confidentialMessage(text, causes) : text;
  return new KubicError(isPolicyRefusal(response.status, status) ? 'kube.policy-refused' : codeOf(response.status), {
    detail: [subject.text, printable(message) || reason || `HTTP ${response.status}`].join(': '),
    facts: {
      status: response.status,
      ...(reason && { reason }),
      ...(fields.length > 0 && { fields: fields.map(printable) }),
    },
  });
}

function codeOf(status: number): ErrorCode {
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

/** What a policy may answer (apiserver pkg/admission/plugin/policy/validating), and a webhook does. */
const REFUSALS: readonly number[] = [400, 401, 403, 413, 422];

/**
 * True for the answer of a ValidatingAdmissionPolicy or a webhook, told by what it lacks. A policy chooses reason and status
 * itself, also those of an invalid object, and has one cause with words alone; the API server's own validation gives each
 * cause a reason. A webhook's answer has no details, or not even a reason, unless it copies those of the API server: then
 * it is taken for that. Quotas and pod security answer exactly as RBAC does (`kube.forbidden`).
 */
function isPolicyRefusal(code: number, status: Readonly<Record<string, unknown>>): boolean {
  if (status.kind !== 'Status' || !REFUSALS.includes(code)) return false;
  const causes = listAt(status, 'details', 'causes');
  if (causes.length > 0) return causes.every((cause) => !textAt(cause, 'reason'));
  const reason = textAt(status, 'reason');
  return !reason || (reason === 'Forbidden' && at(status, 'details') === undefined);
}

function confidentialMessage(message: string, causes: readonly unknown[]): string {
  const told = causes.map((cause) => `${textAt(cause, 'field') ?? ''} ${textAt(cause, 'reason') ?? ''}`.trim());
  return [...new Set([culpritOf(message) ?? '', ...told])].filter(Boolean).join(', ');
}

const CULPRITS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'webhook', pattern: /^(?:Internal error occurred: failed calling|admission) webhook "([a-z0-9.-]{1,253})"/ },
  {
    what: 'ValidatingAdmissionPolicy',
    pattern: /^[a-z0-9.]+ "[^"]*" is forbidden: ValidatingAdmissionPolicy '([a-z0-9.-]{1,253})'/,
  },
  { what: 'quota', pattern: /^[a-z0-9.]+ "[^"]*" is forbidden: exceeded quota: ([a-z0-9.-]{1,253}),/ },
];

/** Who refused it, for people to read: nothing is decided by it. Only a name in its place at the beginning is repeated. */
function culpritOf(message: string): string | undefined {
  return CULPRITS.flatMap(({ what, pattern }) => {
    const name = pattern.exec(message)?.[1];
    return name === undefined ? [] : `by the ${what} ${name}`;
  })[0];
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
