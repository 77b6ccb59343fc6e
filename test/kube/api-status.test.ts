import { describe, expect, test } from 'vitest';
import { statusError } from '../../src/kube/errors/api-status.ts';

// What a real API server answers is in test/cluster/refusals.test.ts; here is what it could be made to say.

function tell(code: number, status: object | string, confidential = false) {
  const body = typeof status === 'string' ? status : JSON.stringify({ kind: 'Status', ...status });
  return statusError({ status: code, body: Buffer.from(body) }, { text: 'apply Secret n/s', confidential });
}

const cause = (reason: string, field: string) => ({ reason, field, message: 'hunter2' });

describe('an answer is told by its status, its reason and its causes', () => {
  test.for<[string, number, object | string, string]>([
    ['words of an immutable field decide nothing', 500, { message: 'field is immutable' }, 'kube.unexpected'],
    [
      'words of a manifest that does not fit decide nothing',
      500,
      { message: 'failed to create typed patch object' },
      'kube.unexpected',
    ],
    [
      'words of a policy decide nothing',
      403,
      { reason: 'Forbidden', details: {}, message: 'admission webhook "x" denied the request' },
      'kube.forbidden',
    ],
    [
      'a cause with a reason is of the API server',
      422,
      { reason: 'Invalid', details: { causes: [cause('FieldValueInvalid', 'a')] } },
      'kube.invalid',
    ],
    [
      'causes without a reason are of a policy',
      422,
      { reason: 'Invalid', details: { causes: [{ message: 'no' }] } },
      'kube.policy-refused',
    ],
    [
      'one cause with a reason among others is of the API server',
      422,
      { reason: 'Invalid', details: { causes: [{ message: 'no' }, cause('FieldValueInvalid', 'a')] } },
      'kube.invalid',
    ],
    ['no reason at all is of a webhook', 401, { message: 'no' }, 'kube.policy-refused'],
    ['a login that is refused is none', 401, { reason: 'Unauthorized' }, 'kube.unauthorized'],
    ['a bad request is none', 400, { reason: 'BadRequest' }, 'kube.invalid'],
    [
      'a fault inside the API server has causes without a reason, and is no policy',
      500,
      { reason: 'InternalError', details: { causes: [{ message: 'x' }] } },
      'kube.unexpected',
    ],
    ['what is no Status is no policy', 403, '<html>proxy</html>', 'kube.forbidden'],
    ['what is no Status of JSON is no policy', 403, '{"error":"no"}', 'kube.forbidden'],
    [
      'details of a hostile form are survived',
      422,
      { reason: 'Invalid', details: { causes: ['x', 1, null] } },
      'kube.policy-refused',
    ],
  ])('%s', ([, status, body, code]) => {
    expect(tell(status, body).code).toBe(code);
  });
});

describe('of a Secret', () => {
  test('fields and reasons are told, and none of the words', () => {
    const error = tell(
      422,
      {
        reason: 'Invalid',
        message: 'Secret "s" is invalid: hunter2',
        details: { causes: [cause('FieldValueInvalid', 'data.a')] },
      },
      true,
    );
    expect(error.message).toContain('data.a FieldValueInvalid');
    expect(JSON.stringify([error.message, error.facts])).not.toContain('hunter2');
  });

  test.for<[string, string]>([
    [
      'a value that looks like a webhook',
      'Secret "s" is invalid: data: Invalid value: "admission webhook \\"hunter2\\" denied"',
    ],
    ['a name with letters that no webhook has', 'admission webhook "Hunter2" denied the request'],
    [
      'a value in the place of a policy',
      'secrets "s" is forbidden: no: ValidatingAdmissionPolicy \'hunter2\' denied request',
    ],
    ['a value in the place of a quota', 'secrets "s" is forbidden: because exceeded quota: hunter2, used'],
    ['a name longer than any', `admission webhook "${'hunter2'.repeat(40)}" denied the request`],
  ])('%s is not repeated', ([, message]) => {
    const error = tell(403, { reason: 'Forbidden', message, details: {} }, true);
    expect(error.message.toLowerCase()).not.toContain('hunter2');
    expect(error.message).toContain('Forbidden');
  });

  test('the webhook, the policy or the quota that refused it is named', () => {
    const told = (message: string) => tell(403, { reason: 'Forbidden', message }, true).message;
    expect(told('admission webhook "guard.example.com" denied the request: hunter2')).toMatch(
      /by webhook guard.example.com$/,
    );
    expect(told('Internal error occurred: failed calling webhook "guard.example.com": Post "x"')).toMatch(
      /by webhook guard.example.com$/,
    );
    expect(told("secrets \"s\" is forbidden: ValidatingAdmissionPolicy 'no-plain' with binding 'b' denied")).toMatch(
      /by policy no-plain$/,
    );
    expect(told('secrets "s" is forbidden: exceeded quota: small, requested: 1')).toMatch(/by quota small$/);
  });
});

const SECRET = { text: 'replace Secret kube-system/s', confidential: true };

function errorOf(status: number, message: string, more: object = {}) {
  return statusError({ status, body: Buffer.from(JSON.stringify({ kind: 'Status', message, ...more })) }, SECRET);
}

describe('who refused a Secret is named', () => {
  test.for<[number, string, string]>([
    [
      500,
      'Internal error occurred: failed calling webhook "secrets.example.com": failed to call webhook: Post "https://u:hunter2@p.default.svc/?timeout=2s": dial tcp: refused',
      'webhook secrets.example.com',
    ],
    [
      403,
      'admission webhook "deny.example.com" denied the request: the value hunter2 is weak',
      'webhook deny.example.com',
    ],
    [400, 'admission webhook "deny.example.com" denied the request without explanation', 'webhook deny.example.com'],
    [
      422,
      `secrets "s" is forbidden: ValidatingAdmissionPolicy 'no-secrets' with binding 'b' denied request: hunter2`,
      'policy no-secrets',
    ],
    [
      403,
      'secrets "s" is forbidden: exceeded quota: few, requested: count/secrets=1, used: count/secrets=9, limited: count/secrets=9',
      'quota few',
    ],
  ])('%i %s', ([status, message, culprit]) => {
    const error = errorOf(status, message, { reason: 'Reason' });
    expect(error.message).toContain(`refused by ${culprit}`);
    expect(error.facts.culprit).toBe(culprit);
    expect(JSON.stringify([error.message, error.facts, error.hint])).not.toContain('hunter2');
  });

  test('in the advice, too, where only that explains it', () => {
    const error = errorOf(500, 'Internal error occurred: failed calling webhook "a.example.com": x');
    expect(error.hint).toContain('webhook a.example.com');
  });
});

test.for([
  'Secret "s" is invalid: data: admission webhook "hunter2" denied the request',
  'the value is admission webhook "hunter2" denied the request',
  'admission webhook "hunter2\u0000" denied the request',
  'admission webhook "Hunter2 x" denied the request',
  `ValidatingAdmissionPolicy 'a b' with binding 'hunter2' denied`,
])('nobody is, for a message that only looks like it: %s', (message) => {
  const error = errorOf(422, message);
  expect(error.facts.culprit).toBeUndefined();
  expect(JSON.stringify([error.message, error.facts])).not.toContain('unter2');
});
