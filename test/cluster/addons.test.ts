import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { applysetId, inventoryRef, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { addonOf, beginTest, configMap, type Harness, type TestNamespace } from './addons-harness.ts';

let t: TestNamespace;
let ns: string;
let harness: Harness;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
  ({ ns, harness } = t);
});

afterEach(() => t.end());

const get = (kind: string, name: string): Promise<KubeObject | undefined> => t.get(kind, name);
const kubectl = (...args: string[]): Promise<string> => t.kubectl(...args);

describe('an add-on', () => {
  test('is applied, and applied again only where it changed', async () => {
    const web = addonOf(`${ns}-web`, configMap(ns, 'a') + configMap(ns, 'b'));
    const first = await harness.sync([web]);
    expect(first.errors).toEqual([]);
    expect(first.plan.actions.map((action) => action.reason)).toEqual([`${ns}-web: 2 objects new`]);
    expect((await get('ConfigMap', 'a'))?.metadata.labels).toEqual({ [PART_OF_LABEL]: applysetId(`${ns}-web`) });

    harness.takeWrites();
    expect(await harness.sync([web])).toEqual({ plan: { actions: [], held: [] }, errors: [] });
    expect(harness.takeWrites()).toEqual([]);

    const changed = addonOf(`${ns}-web`, configMap(ns, 'a') + configMap(ns, 'b', { a: '2' }));
    expect((await harness.sync([changed])).plan.actions[0]?.reason).toBe(`${ns}-web: 1 object changed in Git`);
    expect(harness.takeWrites().filter((write) => write.startsWith('apply'))).toHaveLength(1);
    expect((await get('ConfigMap', 'b'))?.data).toEqual({ a: '2' });
    expect((await harness.plan([changed])).actions).toEqual([]);
  });

  test('loses what left the repository, and all of it when it left itself', async () => {
    const name = `${ns}-web`;
    await harness.sync([addonOf(name, configMap(ns, 'a') + configMap(ns, 'b'))]);
    const { plan, errors } = await harness.sync([addonOf(name, configMap(ns, 'a'))]);
    expect(errors).toEqual([]);
    expect(plan.actions[0]).toMatchObject({ impact: 'disruptive', reason: `${name}: 1 to delete (ConfigMap ${ns}/b)` });
    expect(await get('ConfigMap', 'b')).toBeUndefined();
    expect(await get('ConfigMap', 'a')).toBeDefined();

    expect((await harness.sync([])).plan.actions[0]).toMatchObject({ kind: 'addon.remove' });
    expect(await get('ConfigMap', 'a')).toBeUndefined();
    expect(await harness.client.get(inventoryRef(name))).toBeUndefined();
    expect((await harness.plan([])).actions).toEqual([]);
  });

  test('is put right when someone else changed, took over or deleted one of its objects', async () => {
    const web = addonOf(`${ns}-web`, configMap(ns, 'a') + configMap(ns, 'b') + configMap(ns, 'c'));
    await harness.sync([web]);
    await kubectl('patch', 'configmap', 'a', '-n', ns, '--type=merge', '-p', '{"data":{"a":"changed"}}');
    await kubectl('delete', 'configmap', 'b', '-n', ns);
    await harness.client.apply(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: ns }, data: { a: 'taken' } },
      { fieldManager: 'other', force: true },
    );
    const { plan, errors } = await harness.sync([web]);
    expect(errors).toEqual([]);
    expect(plan.actions[0]?.reason).toBe(
      `${ns}-web: 2 drifted (ConfigMap ${ns}/a: data.a, ConfigMap ${ns}/c: data.a), 1 gone (ConfigMap ${ns}/b)`,
    );
    for (const name of ['a', 'b', 'c']) expect((await get('ConfigMap', name))?.data).toEqual({ a: '1' });
    expect((await harness.plan([web])).actions).toEqual([]);
  });

  test('is not concerned with fields that others add', async () => {
    const web = addonOf(`${ns}-web`, configMap(ns, 'a'));
    await harness.sync([web]);
    await kubectl('patch', 'configmap', 'a', '-n', ns, '--type=merge', '-p', '{"data":{"theirs":"x"}}');
    await kubectl('label', 'configmap', 'a', '-n', ns, 'theirs=x');
    expect((await harness.plan([web])).actions).toEqual([]);
  });

  test('stays in step over the defaults, list keys and normal forms of a workload', async () => {
    const web = addonOf(`${ns}-web`, WORKLOADS(ns));
    expect((await harness.sync([web])).errors).toEqual([]);
    expect((await harness.plan([web])).actions).toEqual([]);
    await kubectl('set', 'env', 'deployment/web', '-n', ns, 'A=other');
    expect((await harness.plan([web])).actions[0]?.reason).toContain('1 drifted');
    await harness.sync([web]);
    await kubectl('set', 'env', 'deployment/web', '-n', ns, 'THEIRS=x');
    expect((await harness.plan([web])).actions).toEqual([]);
  });

  test('reports each object that fails with its reason, and applies all the others', async () => {
    const bad =
      'apiVersion: v1\nkind: Service\nmetadata: {name: bad, namespace: NS}\nspec: {ports: [{port: 0}]}\n---\n';
    const web = addonOf(`${ns}-web`, `${configMap(ns, 'a') + bad.replace('NS', ns) + configMap('no-such', 'x')}`);
    const other = addonOf(`${ns}-other`, configMap(ns, 'other'));
    const { errors } = await harness.sync([web, other]);
    expect(errors.map((error) => error.code)).toEqual(['addons.apply-failed']);
    expect(errors[0]?.message).toContain(`Service ${ns}/bad: the API server finds the object invalid: Service "bad"`);
    expect(errors[0]?.message).toContain('ConfigMap no-such/x: the API server does not have it: namespaces "no-such"');
    expect(await get('ConfigMap', 'a')).toBeDefined();
    expect(await get('ConfigMap', 'other')).toBeDefined();

    harness.takeWrites();
    await harness.sync([web, other]);
    expect(harness.takeWrites().filter((write) => write.startsWith('apply'))).toEqual([
      'apply ConfigMap',
      'apply Service',
    ]);
  });

  test('never repeats the value of a Secret in an error', async () => {
    for (const data of ['data: {a: "%%hunter2"}', 'stringData: {"a b": hunter2}', 'type: 1\ndata: {a: hunter2}']) {
      const manifest = `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: ${ns}}\n${data}\n`;
      const { errors, plan } = await harness.sync([addonOf(`${ns}-web`, manifest)]);
      expect(errors).toHaveLength(1);
      expect(JSON.stringify([errors[0]?.message, errors[0]?.facts, plan])).not.toContain('hunter2');
      expect(errors[0]?.message).toContain(`Secret ${ns}/s`);
    }
  });

  test('keeps a Secret written as stringData in step', async () => {
    const web = addonOf(
      `${ns}-web`,
      `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: ${ns}}\nstringData: {a: x, b: z}\n`,
    );
    await harness.sync([web]);
    expect((await harness.plan([web])).actions).toEqual([]);
    const less = addonOf(
      `${ns}-web`,
      `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: ${ns}}\nstringData: {a: x}\n`,
    );
    await harness.sync([less]);
    expect((await get('Secret', 's'))?.data).toEqual({ a: 'eA==' });
  });
});

const WORKLOADS = (namespace: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${namespace}, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: example.com/web:1
        env: [{name: A, value: "1"}, {name: B, value: "2"}]
        ports: [{containerPort: 80}, {containerPort: 81, protocol: UDP}]
        resources: {requests: {cpu: 1000m, memory: 1024Mi}}
        volumeMounts: [{name: config, mountPath: /etc/web}]
      volumes: [{name: config, configMap: {name: a, defaultMode: 0644}}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: ${namespace}}
spec: {selector: {app: web}, ports: [{name: http, port: 80}, {name: dns, port: 53, protocol: UDP}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: ${namespace}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web, namespace: ${namespace}}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
`;
