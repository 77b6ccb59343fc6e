import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { inventoryRef, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import { decodeInventory } from '../../src/addons/inventory.ts';
import { addonOf, beginTest, configMap, type Harness, KUBECTL, type TestNamespace } from './addons-harness.ts';

let t: TestNamespace;
let ns: string;
let harness: Harness;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
  ({ ns, harness } = t);
});

afterEach(() => t.end());

async function kubectlApply(manifests: string, ...options: string[]): Promise<void> {
  const child = spawn(KUBECTL, ['--kubeconfig', inject('kubeconfig'), 'apply', ...options, '-f', '-'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(manifests);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`kubectl apply: exit ${code}`);
}

const entryOf = async (addon: string, name: string) => {
  const secret = await harness.client.get(inventoryRef(addon));
  return secret && decodeInventory(secret).entries.find((entry) => entry.name === name);
};

describe('an object that was there before', () => {
  test('is recorded as adopted, and released when it leaves; what the add-on made is deleted', async () => {
    await t.kubectl('create', 'configmap', 'theirs', '-n', ns, '--from-literal=a=0');
    const web = addonOf(`${ns}-web`, configMap(ns, 'theirs') + configMap(ns, 'ours'));
    expect((await harness.sync([web])).errors).toEqual([]);
    expect(await entryOf(web.name, 'theirs')).toMatchObject({ adopted: true });
    expect(await entryOf(web.name, 'ours')).not.toHaveProperty('adopted');
    await harness.sync([addonOf(web.name, configMap(ns, 'theirs', { a: '2' }) + configMap(ns, 'ours'))]);
    expect(await entryOf(web.name, 'theirs')).toMatchObject({ adopted: true }); // at later applies, too
    const { plan, errors } = await harness.sync([]);
    expect(errors).toEqual([]);
    expect(plan.actions[0]?.reason).toBe(
      `${web.name}: left the repository, 1 object to delete (ConfigMap ${ns}/ours), 1 to let go of`,
    );
    expect((await t.get('ConfigMap', 'theirs'))?.metadata.labels?.[PART_OF_LABEL]).toBeUndefined();
    expect((await t.get('ConfigMap', 'theirs'))?.data).toEqual({ a: '2' });
    expect(await t.get('ConfigMap', 'ours')).toBeUndefined();
  });

  test('is deleted with the repository’s where its manifest says so', async () => {
    await t.kubectl('create', 'configmap', 'theirs', '-n', ns);
    const annotations = ', annotations: {kubic.suse.com/prune: enabled}';
    await harness.sync([addonOf(`${ns}-web`, configMap(ns, 'theirs', {}, annotations))]);
    await harness.sync([]);
    expect(await t.get('ConfigMap', 'theirs')).toBeUndefined();
  });

  test('is the add-on’s own once it was made anew', async () => {
    await t.kubectl('create', 'configmap', 'theirs', '-n', ns);
    const web = addonOf(`${ns}-web`, configMap(ns, 'theirs'));
    await harness.sync([web]);
    await t.kubectl('delete', 'configmap', 'theirs', '-n', ns);
    await harness.sync([web]);
    await harness.sync([]);
    expect(await t.get('ConfigMap', 'theirs')).toBeUndefined();
  });

  test('stays adopted when it moves to another add-on', async () => {
    await t.kubectl('create', 'configmap', 'theirs', '-n', ns);
    await harness.sync([addonOf(`${ns}-a`, configMap(ns, 'theirs'))]);
    await harness.sync([addonOf(`${ns}-b`, configMap(ns, 'theirs'))]);
    expect(await entryOf(`${ns}-b`, 'theirs')).toMatchObject({ adopted: true });
    await harness.sync([]);
    expect(await t.get('ConfigMap', 'theirs')).toBeDefined();
  });

  test('is not deleted to be made anew', async () => {
    const immutable = (value: string) =>
      configMap(ns, 'theirs', { a: value }, ', annotations: {kubic.suse.com/apply: replace}').replace(
        '\n---',
        '\nimmutable: true\n---',
      );
    await harness.client.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'theirs', namespace: ns },
      data: { a: '1' },
    });
    const uid = (await t.get('ConfigMap', 'theirs'))?.metadata.uid;
    await harness.sync([addonOf(`${ns}-web`, immutable('1'))]);
    expect((await harness.sync([addonOf(`${ns}-web`, immutable('2'))])).errors).toHaveLength(1);
    expect((await t.get('ConfigMap', 'theirs'))?.metadata.uid).toBe(uid);
    expect((await harness.plan([addonOf(`${ns}-web`, immutable('2'))])).held).toMatchObject([
      { code: 'addons.protected' },
    ]);
  });

  test('holds its Namespace, which would take it along', async () => {
    const space = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${ns}-space}\n---\n`;
    const web = addonOf(`${ns}-web`, space);
    await harness.sync([web]);
    await t.kubectl('create', 'configmap', 'theirs', '-n', `${ns}-space`);
    await harness.sync([web, addonOf(`${ns}-b`, configMap(`${ns}-space`, 'theirs'))]);
    const { plan } = await harness.sync([]);
    expect(plan.held[0]?.reason).toContain(`ConfigMap ${ns}-space/theirs was there before and stays`);
    expect(
      await harness.client.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: `${ns}-space`, name: 'theirs' }),
    ).toBeDefined();
    await t.kubectl('delete', 'configmap', 'theirs', '-n', `${ns}-space`);
  });

  test('is told from what the add-on made itself where its record was lost', async () => {
    await t.kubectl('create', 'configmap', 'theirs', '-n', ns, '--from-literal=a=0');
    const web = addonOf(`${ns}-web`, configMap(ns, 'theirs') + configMap(ns, 'ours'));
    await harness.sync([web]);
    await harness.client.delete(inventoryRef(web.name));
    expect((await harness.sync([web])).errors).toEqual([]);
    expect(await entryOf(web.name, 'theirs')).toMatchObject({ adopted: true });
    expect(await entryOf(web.name, 'ours')).not.toHaveProperty('adopted');
  });
});

test('what kubeadm makes is released, whoever made it here', async () => {
  const manifests = ['coredns', 'kubeadm-config'].map((name) => configMap('kube-system', name)).join('');
  const refs = ['coredns', 'kubeadm-config'].map((name) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'kube-system',
    name,
  }));
  await harness.sync([addonOf(`${ns}-dns`, manifests)]);
  expect((await harness.sync([])).errors).toEqual([]);
  for (const ref of refs) {
    expect((await harness.client.get(ref))?.metadata.labels?.[PART_OF_LABEL]).toBeUndefined();
    expect(await harness.client.get(ref)).toBeDefined();
    await harness.client.delete(ref);
  }
});

describe('what another tool applied', () => {
  const older = (): string => `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: ${ns}, labels: {old: label}}
data: {mode: fast, legacy: "on"}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: ${ns}}
spec: {selector: {app: shop}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: ${ns}}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - {name: shop, image: "example.com/shop:1", env: [{name: DEBUG, value: "1"}, {name: PASSWORD, value: inline}]}
`;
  const newer = (): string =>
    older()
      .replace(', legacy: "on"', '')
      .replace(', labels: {old: label}', '')
      .replace('port: 80,', 'port: 8080,')
      .replace(
        '{name: DEBUG, value: "1"}, {name: PASSWORD, value: inline}',
        '{name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}',
      );

  const look = async () => {
    const deployment = await t.get('Deployment', 'shop', 'apps/v1');
    const service = await t.get('Service', 'shop');
    const settings = await t.get('ConfigMap', 'settings');
    const spec = deployment?.spec as { template: { spec: { containers: { env: unknown }[] } } } | undefined;
    const ports = (service?.spec as { ports: { port: number }[] } | undefined)?.ports ?? [];
    return {
      data: settings?.data,
      old: settings?.metadata.labels?.old,
      ports: ports.map(({ port }) => port),
      env: spec?.template.spec.containers[0]?.env,
      managers: [settings, service, deployment].flatMap((live) =>
        live?.metadata.managedFields?.filter(({ subresource }) => !subresource).map(({ manager }) => manager),
      ),
      lastApplied: settings?.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration'],
    };
  };
  const RIGHT = {
    data: { mode: 'fast' },
    old: undefined,
    ports: [8080],
    env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
  };

  test.for<[string, string[]]>([
    ['kubectl apply', []],
    ['kubectl apply --server-side', ['--server-side']],
    ['Flux', ['--server-side', '--field-manager=kustomize-controller']],
    ['Helm', ['--server-side', '--field-manager=helm']],
  ])(
    'by %s is the repository’s from its first apply: what leaves the manifest leaves the object',
    async ([, options]) => {
      await kubectlApply(older(), ...options);
      expect((await harness.sync([addonOf(`${ns}-shop`, older())])).errors).toEqual([]);
      expect((await harness.sync([addonOf(`${ns}-shop`, newer())])).errors).toEqual([]);
      const found = await look();
      expect(found).toMatchObject(RIGHT);
      expect(found.managers.filter((manager) => /kubectl|helm|kustomize/.test(manager ?? ''))).toEqual([]);
      expect(found.lastApplied).toBeUndefined();
      expect((await harness.plan([addonOf(`${ns}-shop`, newer())])).actions).toEqual([]);
    },
  );

  test('is taken over also where the first manifest in Git is another one already', async () => {
    await kubectlApply(older());
    expect((await harness.sync([addonOf(`${ns}-shop`, newer())])).errors).toEqual([]);
    expect(await look()).toMatchObject(RIGHT);
  });

  test('on the client, later, by hand, goes again at the next change', async () => {
    await harness.sync([addonOf(`${ns}-shop`, older())]);
    await kubectlApply(older());
    expect((await harness.sync([addonOf(`${ns}-shop`, newer())])).errors).toEqual([]);
    expect(await look()).toMatchObject(RIGHT);
  });
});
