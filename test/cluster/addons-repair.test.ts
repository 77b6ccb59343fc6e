import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inventoryRef } from '../../src/addons/applyset.ts';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import { addonOf, beginTest, configMap, type TestNamespace } from './addons-harness.ts';

// of its own: what it breaks is broken for all
let server: ApiServer;
let t: TestNamespace;
let stateDir: string;

beforeEach(async () => {
  server = await startApiServer();
  stateDir = await mkdtemp(join(tmpdir(), 'kubic-repair-'));
  t = await beginTest(server.kubeconfig, stateDir);
});

afterEach(async () => {
  t.harness.client.close();
  await server.stop();
  await rm(stateDir, { recursive: true, force: true });
});

const webhook = (resources: string, failurePolicy = 'Ignore'): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: dead}
webhooks:
- name: guard.example.com
  failurePolicy: ${failurePolicy}
  sideEffects: None
  admissionReviewVersions: [v1]
  timeoutSeconds: 2
  clientConfig: {service: {name: nobody, namespace: default, path: /}}
  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: ${resources}}]
---
`;

/** A file for kubectl. */
async function fileOf(text: string): Promise<string> {
  const path = join(stateDir, 'manifest.yaml');
  await writeFile(path, text);
  return path;
}

/** The webhook answered while it was installed, and its pods are gone now. */
async function breakDown(): Promise<void> {
  const patch = [{ op: 'replace', path: '/webhooks/0/failurePolicy', value: 'Fail' }];
  await t.kubectl('patch', 'validatingwebhookconfiguration', 'dead', '--type=json', '-p', JSON.stringify(patch));
  const probe = () =>
    t.kubectl('create', 'secret', 'generic', 'probe', '-n', t.ns, '--dry-run=server').then(
      () => 'open',
      () => 'shut',
    );
  await expect.poll(probe, { timeout: 20_000 }).toBe('shut');
}

describe('a dead webhook on Secrets', () => {
  test('goes with its add-on, although the record cannot be written before', async () => {
    const other = addonOf(`${t.ns}-other`, configMap(t.ns, 'other'));
    await t.harness.sync([other, addonOf(`${t.ns}-policy`, webhook('[secrets]') + configMap(t.ns, 'a'))]);
    await breakDown();
    expect((await t.harness.sync([other])).errors).toEqual([]);
    expect(
      await t.harness.client.get({
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingWebhookConfiguration',
        name: 'dead',
      }),
    ).toBeUndefined();
    expect(await t.get('ConfigMap', 'a')).toBeUndefined();
    expect(await t.harness.client.get(inventoryRef(`${t.ns}-policy`))).toBeUndefined();
    expect(await readdir(join(stateDir, 'addons')).catch(() => [])).toEqual([]);
    expect((await t.harness.plan([other])).actions).toEqual([]);
  });

  test('goes when it leaves its add-on, in a commit that changes what it keeps from being changed', async () => {
    const name = `${t.ns}-policy`;
    await t.harness.sync([addonOf(name, webhook('[secrets, configmaps]') + configMap(t.ns, 'a'))]);
    await breakDown();
    const after = addonOf(name, configMap(t.ns, 'a', { a: '2' }) + configMap(t.ns, 'b'));
    await t.harness.sync([after]);
    await t.harness.sync([after]);
    expect((await t.get('ConfigMap', 'a'))?.data).toEqual({ a: '2' });
    expect((await t.harness.plan([after])).actions).toEqual([]);
  });

  test('is changed by its add-on, although the record cannot be written before', async () => {
    const name = `${t.ns}-policy`;
    await t.harness.sync([addonOf(name, webhook('[secrets, configmaps]') + configMap(t.ns, 'a'))]);
    await breakDown();
    const after = addonOf(name, webhook('[pods]') + configMap(t.ns, 'a', { a: '2' }));
    await t.harness.sync([after]);
    await t.harness.sync([after]);
    expect((await t.get('ConfigMap', 'a'))?.data).toEqual({ a: '2' });
    expect((await t.harness.plan([after])).actions).toEqual([]);
  });

  test('is all that is changed while the record is only on disk: what is new waits until it is on record in the cluster', async () => {
    const name = `${t.ns}-policy`;
    // two of them: that one is mended does not let the record pass
    const other = webhook('[secrets]').replaceAll('dead', 'other').replaceAll('guard.', 'other.');
    await t.harness.sync([addonOf(name, webhook('[secrets]') + configMap(t.ns, 'a'))]);
    await t.kubectl('apply', '-f', await fileOf(other.replace('Ignore', 'Fail')));
    await breakDown();
    const after = addonOf(name, webhook('[pods]') + configMap(t.ns, 'a', { a: '2' }) + configMap(t.ns, 'b'));
    const { errors } = await t.harness.sync([after]);
    expect(errors[0]?.message).toContain('other.example.com');
    const dead = await t.kubectl('get', 'validatingwebhookconfiguration', 'dead', '-o', 'jsonpath={..resources}');
    expect(dead).toBe('["pods"]');
    expect((await t.get('ConfigMap', 'a'))?.data).toEqual({ a: '1' });
    expect(await t.get('ConfigMap', 'b')).toBeUndefined();
    expect(await readdir(join(stateDir, 'addons'))).toHaveLength(1);
    await t.kubectl('delete', 'validatingwebhookconfiguration', 'other');
    await expect.poll(async () => (await t.harness.sync([after])).errors, { timeout: 20_000 }).toEqual([]);
    expect(await t.get('ConfigMap', 'b')).toBeDefined();
    expect(await readdir(join(stateDir, 'addons'))).toEqual([]);
  });

  test('goes also where its add-on waits for another one that it keeps from being changed', async () => {
    const base = (value: string) => addonOf(`${t.ns}-base`, configMap(t.ns, 'base', { a: value }));
    const waits = { dependsOn: [`${t.ns}-base`] };
    const name = `${t.ns}-policy`;
    await t.harness.sync([base('1'), addonOf(name, webhook('[secrets, configmaps]') + configMap(t.ns, 'a'), waits)]);
    await breakDown();
    await t.harness.sync([base('2'), addonOf(name, configMap(t.ns, 'a'), { dependsOn: ['none'] })]);
    const dead = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      name: 'dead',
    };
    expect(await t.harness.client.get(dead)).toBeUndefined();
    const after = [base('2'), addonOf(name, configMap(t.ns, 'a', { a: '2' }), waits)];
    await expect.poll(async () => (await t.harness.sync(after)).errors, { timeout: 20_000 }).toEqual([]);
    expect((await t.get('ConfigMap', 'base'))?.data).toEqual({ a: '2' });
    expect((await t.get('ConfigMap', 'a'))?.data).toEqual({ a: '2' });
    expect((await t.harness.plan(after)).actions).toEqual([]);
  });

  test('that cannot be mended by an add-on keeps it from beginning, and is named', async () => {
    const policy = addonOf(`${t.ns}-policy`, webhook('[secrets]'));
    await t.harness.sync([policy]);
    await breakDown();
    const web = addonOf(`${t.ns}-web`, configMap(t.ns, 'a'));
    const { errors } = await t.harness.sync([addonOf(policy.name, webhook('[secrets]', 'Fail')), web]);
    const [error] = errors.filter(({ code }) => code === 'kube.unexpected');
    expect(error?.message).toContain('webhook guard.example.com');
    expect(error?.hint).toContain('webhook guard.example.com');
    expect(await t.get('ConfigMap', 'a')).toBeUndefined();
  });
});

test('a full quota on the records themselves is named, and raised by an add-on that cannot be recorded before', async () => {
  const metadata = { name: 'few', namespace: 'kube-system' };
  const spec = { hard: { 'count/secrets': '0' } };
  await t.harness.client.create({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec });
  const used = () =>
    t
      .kubectl('get', 'resourcequota', 'few', '-n', 'kube-system', '-o', 'jsonpath={.status.hard}')
      .then((text) => text.trim());
  await expect.poll(used, { timeout: 30_000 }).toContain('count/secrets');
  const web = addonOf(`${t.ns}-web`, configMap(t.ns, 'a'));
  const refused = await t.harness.sync([web]);
  expect(refused.errors[0]?.message).toContain('refused by quota few');
  expect(await t.get('ConfigMap', 'a')).toBeUndefined();
  const raised = `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: few, namespace: kube-system}\nspec: {hard: {count/secrets: "99"}}\n`;
  const both = [addonOf(`${t.ns}-quota`, raised), web];
  await expect
    .poll(async () => (await t.harness.sync(both)).errors.map(({ message }) => message), {
      timeout: 60_000,
      interval: 2_000,
    })
    .toEqual([]);
  expect(await t.get('ConfigMap', 'a')).toBeDefined();
  // the quota may be in force a moment longer: a record that is only on disk is written by a sync after it
  const plans = async () => {
    await t.harness.sync(both);
    return (await t.harness.plan(both)).actions;
  };
  await expect.poll(plans, { timeout: 30_000, interval: 1_000 }).toEqual([]);
  expect(await t.harness.client.get(inventoryRef(`${t.ns}-quota`))).toBeDefined();
  expect(await readdir(join(stateDir, 'addons'))).toEqual([]);
});
