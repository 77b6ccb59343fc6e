import type { ErrorCode } from '../../errors/catalogue.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { at, isMapping, listAt, textAt } from '../../json/at.ts';
import { printableLine } from '../../text/printable.ts';
import type { ApiResponse } from '../api-connection.ts';

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
  const culprit = findCulprit(text);
  const message = subject.confidential ? safePart(causes, culprit) : text;
  const code = isPolicyRefusal(response.status, status) ? 'kube.policy-refused' : codeOf(response.status);
  return new KubicError(code, {
    detail: [subject.text, printableLine(message, MAX_MESSAGE) || reason || `HTTP ${response.status}`].join(': '),
    ...(culprit !== undefined && code === 'kube.unexpected' && { hint: mend(culprit) }),
    facts: {
      status: response.status,
      ...(reason && { reason }),
      ...(culprit !== undefined && { culprit }),
      ...(fields.length > 0 && { fields: fields.map((field) => printableLine(field)) }),
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

/** What may be repeated of an answer about a Secret: the fields and reasons that machines read, and who refused. */
function safePart(causes: readonly unknown[], culprit: string | undefined): string {
  const fields = causes.map((cause) => `${textAt(cause, 'field') ?? ''} ${textAt(cause, 'reason') ?? ''}`.trim());
  return [...new Set(culprit === undefined ? fields : [`refused by ${culprit}`, ...fields])].filter(Boolean).join(', ');
}

function mend(culprit: string): string {
  return `Look at ${culprit}: who answers for it may be gone. Removing its add-on from the repository, or its configuration from the cluster, lets requests through again.`;
}

/**
 * Who refused, where it was not the API server itself, for people to read: nothing is decided by it. Only the message says so (apiserver,
 * pkg/admission/plugin/webhook/errors, pkg/util/webhook/error.go, plugin/policy, plugin/resourcequota). Each pattern starts
 * where the message does and takes a name of an object, so no value of the object that was sent can pass for one.
 */
const CULPRITS: readonly (readonly [string, RegExp])[] = [
  ['webhook', /^Internal error occurred: failed calling webhook "([a-z0-9.-]{1,253})"/],
  ['webhook', /^admission webhook "([a-z0-9.-]{1,253})" (?:denied|does not)/],
  [
    'policy',
    /^(?:[a-z0-9.]{1,300} "[a-z0-9.:-]{1,253}" is forbidden: )?(?:ValidatingAdmissionPolicy|MutatingAdmissionPolicy|policy) ["']([a-z0-9.-]{1,253})["'] /,
  ],
  ['quota', /^[a-z0-9.]{1,300} "[a-z0-9.:-]{1,253}" is forbidden: exceeded quota: ([a-z0-9.-]{1,253}),/],
];

/** `webhook secrets.example.com` */
function findCulprit(message: string): string | undefined {
  for (const [what, pattern] of CULPRITS) {
    const name = pattern.exec(message)?.[1];
    if (name !== undefined) return `${what} ${name}`;
  }
  return undefined;
}

function parseStatus(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isMapping(value) ? value : {};
  } catch {
    return {};
  }
}
