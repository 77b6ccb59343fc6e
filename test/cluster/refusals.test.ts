import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { startWebhook } from '../support/webhook.ts';
import { addonOf, beginTest, configMap, type TestNamespace } from './addons-harness.ts';
import { object, tryApply } from './refusal-fixture.ts';

let t: TestNamespace;
let ns: string;
let client: KubeClient;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
  ({ ns } = t);
  ({ client } = t.harness);
});

afterEach(() => t.end());

const config = (name: string, data: Record<string, string>) =>
  object('v1', 'ConfigMap', { name, namespace: ns }, { data });
const secret = (name: string) =>
  object('v1', 'Secret', { name, namespace: ns }, { stringData: { deny: 'Invalid', password: 'hunter2' } });
const told = async (declared: KubeObject) => {
  const error = await tryApply(client, declared);
  return { code: error?.code, text: error === undefined ? '' : JSON.stringify([error.message, error.facts]) };
};

const inNamespace = () => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': ns } } });
const RULE = { apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps', 'secrets'] };

async function makePolicy(operations: readonly string[], validations: readonly object[]): Promise<void> {
  const group = 'admissionregistration.k8s.io/v1';
  const matchConstraints = { ...inNamespace(), resourceRules: [{ ...RULE, operations }] };
  await t.make(
    group,
    'ValidatingAdmissionPolicy',
    { name: ns },
    { spec: { failurePolicy: 'Fail', matchConstraints, validations } },
  );
  await t.make(
    group,
    'ValidatingAdmissionPolicyBinding',
    { name: ns },
    { spec: { policyName: ns, validationActions: ['Deny'] } },
  );
}

async function makeWebhook(clientConfig: object, operations: readonly string[]): Promise<void> {
  const webhook = {
    name: `${ns}.example.com`,
    clientConfig,
    rules: [{ ...RULE, operations }],
    ...inNamespace(),
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    timeoutSeconds: 5,
  };
  await t.make(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    { name: ns },
    { webhooks: [webhook] },
  );
}

/** The API server takes up a new policy or webhook within seconds. */
const eventuallyTold = (declared: () => KubeObject, code: string) =>
  expect.poll(async () => (await told(declared())).code, { timeout: 30_000, interval: 200 }).toBe(code);

describe('a policy', () => {
  test('is told as such whatever reason and status it chose, and named also for a Secret, without the value', async () => {
    const reasons = ['Invalid', 'Forbidden', 'RequestEntityTooLarge'];
    const field = "has(object.data) && 'deny' in object.data ? object.data.deny : ''";
    const kinds = reasons.map((reason) => ({
      expression: `object.kind != 'ConfigMap' || (${field}) != '${reason}'`,
      reason,
      message: `no ${reason}`,
    }));
    await makePolicy(
      ['CREATE', 'UPDATE'],
      [...kinds, { expression: "object.kind != 'Secret'", messageExpression: "'not ' + string(object.data.password)" }],
    );
    await eventuallyTold(() => config('new', { deny: 'Invalid' }), 'kube.policy-refused');
    await client.create(config('there', {}));
    for (const name of ['new', 'there']) {
      for (const reason of reasons) {
        const { code, text } = await told(config(name, { deny: reason }));
        expect(code).toBe('kube.policy-refused');
        expect(text).toContain(`no ${reason}`);
      }
    }
    const { code, text } = await told(secret('s'));
    expect(code).toBe('kube.policy-refused');
    expect(text).toContain(`by policy ${ns}`);
    expect(text).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  test('that refuses a change is not got round by `apply: replace`', async () => {
    const web = (value: string) =>
      addonOf(`${ns}-web`, configMap(ns, 'a', { a: value }, ', annotations: {kubic.suse.com/apply: replace}'));
    await t.harness.sync([web('1')]);
    await makePolicy(['UPDATE'], [{ expression: 'object.data.a == oldObject.data.a', reason: 'Invalid' }]);
    const patch = ['patch', 'configmap', 'a', '--namespace', ns, '--type=merge', '-p', '{"data":{"a":"0"}}'];
    await expect
      .poll(
        () =>
          t.kubectl(...patch, '--dry-run=server').then(
            () => true,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(false);
    const before = await t.get('ConfigMap', 'a');
    const { errors } = await t.harness.sync([web('2')]);
    expect(errors[0]?.message).toContain('an admission policy of the cluster refuses it');
    expect((await t.get('ConfigMap', 'a'))?.metadata.uid).toBe(before?.metadata.uid);
  });
});

describe('a webhook', () => {
  test('that refuses is told as a policy, with or without a reason, and named also for a Secret', async () => {
    const answers: Readonly<Record<string, object>> = {
      bare: {},
      forbidden: { code: 403, reason: 'Forbidden', message: 'not today' },
      words: { code: 422, message: 'spec.x: field is immutable' },
    };
    await using webhook = await startWebhook(({ object: sent }) => answers[sent.data?.answer ?? 'bare']);
    await makeWebhook(webhook.clientConfig, ['CREATE', 'UPDATE']);
    await eventuallyTold(() => config('a', { answer: 'bare' }), 'kube.policy-refused');
    expect(await told(config('a', { answer: 'forbidden' }))).toMatchObject({
      code: 'kube.policy-refused',
      text: expect.stringContaining('not today'),
    });
    expect((await told(config('a', { answer: 'words' }))).code).toBe('kube.policy-refused');
    const { code, text } = await told(secret('s'));
    expect(code).toBe('kube.policy-refused');
    expect(text).toContain(`by webhook ${ns}.example.com`);
    expect(text).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  test('that guards a field of an object as the API server would is told as that', async () => {
    const causes = [{ reason: 'FieldValueInvalid', field: 'data.a', message: 'cannot change' }];
    const details = { kind: 'ConfigMap', name: 'a', causes };
    const refusal = { code: 422, reason: 'Invalid', message: 'data.a: cannot change', details };
    await using webhook = await startWebhook(({ operation }) => (operation === 'UPDATE' ? refusal : undefined));
    await client.create(config('a', { a: '1' }));
    await makeWebhook(webhook.clientConfig, ['CREATE', 'UPDATE']);
    await eventuallyTold(() => config('a', { a: '2' }), 'addons.immutable-field');
  });

  test('that does not answer is no fault of the object, and is named also for a Secret', async () => {
    await makeWebhook({ url: 'https://127.0.0.1:9/' }, ['CREATE', 'UPDATE']);
    await eventuallyTold(() => config('a', {}), 'kube.unexpected');
    const { code, text } = await told(secret('s'));
    expect(code).toBe('kube.unexpected');
    expect(text).toContain(`by webhook ${ns}.example.com`);
    expect(text).not.toMatch(/hunter2|aHVudGVyMg/);
  });
});

test('a quota forbids, and is named also for a Secret', async () => {
  const hard = { 'count/configmaps': '0', 'count/secrets': '0' };
  await client.create(object('v1', 'ResourceQuota', { name: 'small', namespace: ns }, { spec: { hard } }));
  let count = 0;
  // one that was made before the quota counted may be changed for ever
  await eventuallyTold(() => config(`c-${count++}`, {}), 'kube.forbidden');
  expect((await told(config('new', {}))).text).toContain('exceeded quota: small');
  const { code, text } = await told(secret('s'));
  expect(code).toBe('kube.forbidden');
  expect(text).toContain('by quota small');
  expect(text).not.toMatch(/hunter2|aHVudGVyMg/);
});

test('what RBAC does not allow is forbidden, and no policy', async () => {
  const account = `/api/v1/namespaces/${ns}/serviceaccounts/nobody`;
  await client.create(object('v1', 'ServiceAccount', { name: 'nobody', namespace: ns }, {}));
  const answer = await client.request({ method: 'POST', path: `${account}/token`, body: { spec: {} } });
  const { token } = (answer as { status: { token: string } }).status;
  const text = await t.kubectl('config', 'view', '--raw', '--minify', '-o', 'json');
  const kubeconfig = JSON.parse(text) as { users: { user: object }[] };
  const nobody = await createKubeClient({
    text: JSON.stringify({ ...kubeconfig, users: kubeconfig.users.map((user) => ({ ...user, user: { token } })) }),
  });
  t.atEnd(async () => nobody.close());
  expect(await tryApply(nobody, config('a', {}))).toMatchObject({ code: 'kube.forbidden' });
});
