import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { refOf } from '../../src/objects/kube-object.ts';
import { object, tryApply } from './refusal-fixture.ts';

const ns = `immutable-${randomBytes(4).toString('hex')}`;
const here = { name: ns, namespace: ns };
const everywhere = { name: ns };
const labels = { app: 'x' };
const template = (image = 'registry.example.com/x:1', more = {}) => ({
  metadata: { labels: { ...labels, ...more } },
  spec: { containers: [{ name: 'x', image }] },
});
const jobOf = (image: string) => ({ template: { spec: { ...template(image).spec, restartPolicy: 'Never' } } });
const withSelector = (app: string) => ({ selector: { matchLabels: { app } }, template: template(undefined, { app }) });
const claimOf = (storage: string) => ({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } });
const volumeOf = (path: string) => ({
  capacity: { storage: '1Gi' },
  accessModes: ['ReadWriteOnce'],
  hostPath: { path },
});
const serviceOf = (clusterIP: string) => ({ type: 'NodePort', clusterIP, ports: [{ port: 80, nodePort: 31_080 }] });
const roleRef = (name: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name });
const setOf = (serviceName: string) => ({ ...withSelector('x'), serviceName });
const deviceOf = (deviceClassName: string) => ({
  devices: { requests: [{ name: 'd', exactly: { deviceClassName } }] },
});

/** What it is, and what it cannot become. */
const CHANGES: readonly [apiVersion: string, kind: string, metadata: object, before: object, after: object][] = [
  ['batch/v1', 'Job', here, { spec: jobOf('registry.example.com/x:1') }, { spec: jobOf('registry.example.com/x:2') }],
  ['v1', 'ConfigMap', here, { immutable: true, data: { a: '1' } }, { immutable: true, data: { a: '2' } }],
  ['v1', 'Secret', here, { immutable: true, data: { a: 'eA==' } }, { immutable: true, data: { a: 'eQ==' } }],
  ['v1', 'Secret', { ...here, name: `${ns}-t` }, { type: 'Opaque' }, { type: 'example.com/other' }],
  ['v1', 'PersistentVolumeClaim', here, { spec: claimOf('2Gi') }, { spec: claimOf('1Gi') }],
  ['v1', 'PersistentVolume', everywhere, { spec: volumeOf('/a') }, { spec: volumeOf('/b') }],
  ['v1', 'Service', here, { spec: serviceOf('10.96.77.1') }, { spec: serviceOf('10.96.77.2') }],
  ['apps/v1', 'Deployment', here, { spec: withSelector('x') }, { spec: withSelector('y') }],
  ['apps/v1', 'DaemonSet', here, { spec: withSelector('x') }, { spec: withSelector('y') }],
  ['apps/v1', 'ReplicaSet', here, { spec: withSelector('x') }, { spec: withSelector('y') }],
  ['apps/v1', 'StatefulSet', here, { spec: setOf('a') }, { spec: setOf('b') }],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', here, { roleRef: roleRef('a') }, { roleRef: roleRef('b') }],
  [
    'storage.k8s.io/v1',
    'StorageClass',
    everywhere,
    { provisioner: 'a.example.com', parameters: { type: 'ssd' } },
    { provisioner: 'a.example.com', parameters: { type: 'disk' } },
  ],
  [
    'storage.k8s.io/v1',
    'CSIDriver',
    everywhere,
    { spec: { attachRequired: true } },
    { spec: { attachRequired: false } },
  ],
  ['scheduling.k8s.io/v1', 'PriorityClass', everywhere, { value: 1 }, { value: 2 }],
  [
    'networking.k8s.io/v1',
    'IngressClass',
    everywhere,
    { spec: { controller: 'example.com/a' } },
    { spec: { controller: 'example.com/b' } },
  ],
  ['node.k8s.io/v1', 'RuntimeClass', everywhere, { handler: 'a' }, { handler: 'b' }],
  [
    'discovery.k8s.io/v1',
    'EndpointSlice',
    here,
    { addressType: 'IPv4', endpoints: [] },
    { addressType: 'IPv6', endpoints: [] },
  ],
  ['resource.k8s.io/v1', 'ResourceClaim', here, { spec: deviceOf('a') }, { spec: deviceOf('b') }],
];

let client: KubeClient;

beforeAll(async () => {
  client = await createKubeClient({ path: inject('kubeconfig') });
  await client.create(object('v1', 'Namespace', everywhere, {}));
});

afterAll(async () => {
  for (const [apiVersion, kind, metadata] of CHANGES) {
    if (!('namespace' in metadata)) await client.delete({ apiVersion, kind, name: ns });
  }
  await client.delete({ apiVersion: 'v1', kind: 'Namespace', name: ns });
  client.close();
});

describe('a field that cannot be changed is told as that', () => {
  test.for(CHANGES)('%s %s', async ([apiVersion, kind, metadata, before, after]) => {
    expect(await tryApply(client, object(apiVersion, kind, metadata, before))).toBeUndefined();
    const changed = object(apiVersion, kind, metadata, after);
    const there = await client.get(refOf(changed));
    expect(await tryApply(client, changed)).toMatchObject({ code: 'addons.immutable-field', retry: 'next-commit' });
    expect((await client.get(refOf(changed)))?.metadata.uid).toBe(there?.metadata.uid);
  });

  test('also where a definition says so in words of its own', async () => {
    const group = `${ns}.example.com`;
    const fixed = { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'is for ever' }] };
    const schema = {
      type: 'object',
      properties: { spec: { type: 'object', properties: { fixed, free: { type: 'integer' } } } },
    };
    const definition = object(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      { name: `widgets.${group}` },
      {
        spec: {
          group,
          scope: 'Namespaced',
          names: { plural: 'widgets', kind: 'Widget' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
        },
      },
    );
    await client.create(definition);
    try {
      const widget = (spec: object) => object(`${group}/v1`, 'Widget', here, { spec });
      await expect.poll(() => tryApply(client, widget({ fixed: 'a' })), { timeout: 20_000 }).toBeUndefined();
      expect(await tryApply(client, widget({ fixed: 'b' }))).toMatchObject({ code: 'addons.immutable-field' });
      expect(await tryApply(client, widget({ fixed: 'a', free: 'x' }))).toMatchObject({ code: 'kube.invalid' });
      expect(await tryApply(client, widget({ unknown: 1 }))).toMatchObject({ code: 'kube.invalid' });
    } finally {
      await client.delete(refOf(definition));
    }
  });
});

test('a Service that wants a port which another has is not called replaceable', async () => {
  const serviceAt = (name: string, nodePort: number, clusterIP: string) =>
    object(
      'v1',
      'Service',
      { name, namespace: ns },
      { spec: { ...serviceOf(clusterIP), ports: [{ port: 80, nodePort }] } },
    );
  expect(await tryApply(client, serviceAt('first', 31_081, '10.96.77.11'))).toBeUndefined();
  expect(await tryApply(client, serviceAt('second', 31_082, '10.96.77.12'))).toBeUndefined();
  expect(await tryApply(client, serviceAt('second', 31_081, '10.96.77.13'))).toMatchObject({ code: 'kube.invalid' });
  expect(await tryApply(client, serviceAt('second', 31_083, '10.96.77.13'))).toMatchObject({
    code: 'addons.immutable-field',
  });
});

describe('an object that is wrong is told as that, whether it is there or not', () => {
  const service = (name: string, spec: object) => object('v1', 'Service', { name, namespace: ns }, { spec });

  test.for<[string, object, string]>([
    ['a value out of its range', { ports: [{ port: 0 }] }, 'spec.ports[0].port'],
    ['a field that is not known', { ports: [{ port: 80 }], nope: 1 }, 'nope'],
    ['a value of another type', { ports: [{ port: 'http' }] }, 'port'],
  ])('%s', async ([what, spec, named]) => {
    const name = `wrong-${what.length}`;
    const asNew = await tryApply(client, service(name, spec));
    expect(asNew).toMatchObject({ code: 'kube.invalid' });
    expect(asNew?.message).toContain(named);
    await client.create(service(name, { ports: [{ port: 80 }] }));
    expect(await tryApply(client, service(name, spec))).toMatchObject({ code: 'kube.invalid' });
  });

  test('a field that cannot change beside one that is wrong is not called immutable', async () => {
    const broken = object('v1', 'Service', here, { spec: { ...serviceOf('10.96.77.3'), sessionAffinity: 'Nope' } });
    expect(await tryApply(client, broken)).toMatchObject({ code: 'kube.invalid' });
  });
});

test('a dry run stores nothing', async () => {
  const config = object('v1', 'ConfigMap', { name: 'dry', namespace: ns }, { data: {} });
  await client.create(config, { dryRun: true });
  expect(await client.get(refOf(config))).toBeUndefined();
});
