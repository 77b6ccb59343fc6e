import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { refOf } from '../../src/objects/kube-object.ts';
import { observeAddons } from '../../src/observe/addons/observe-addons.ts';
import { addonOf, beginTest, configMap, type TestNamespace } from './addons-harness.ts';
import { expectSettled, playKubelet, workload } from './health-fixture.ts';

// Statuses as kube-controller-manager and kube-apiserver compute them.

let t: TestNamespace;
let ns: string;
let client: KubeClient;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
  ({ ns } = t);
  ({ client } = t.harness);
});

afterEach(() => t.end());

const here = (name: string) => ({ name, namespace: ns });

describe('a claim', () => {
  const claim = (storageClassName: string, more: object = {}) => ({
    spec: { storageClassName, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...more },
  });

  test('of a class that waits for the first pod does not hold the add-on that brings the pod', async () => {
    const mode = { provisioner: 'local.example.com', volumeBindingMode: 'WaitForFirstConsumer' };
    const storageClass = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: ns }, ...mode };
    const data = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: here('data'), ...claim(ns) };
    const storage = addonOf(`${ns}-storage`, `${JSON.stringify(storageClass)}\n---\n${JSON.stringify(data)}`);
    const db = addonOf(`${ns}-db`, JSON.stringify(workload('Deployment', ns, 'db', {})), { dependsOn: [storage.name] });
    await t.harness.sync([storage]);
    await expectSettled(client, refOf(data), 'resting: waits for the first pod that uses it');
    expect(await t.harness.sync([storage, db])).toMatchObject({ plan: { held: [] }, errors: [] });
    expect(await t.get('Deployment', 'db', 'apps/v1')).toBeDefined();
    // as the scheduler does when it has placed the pod
    await t.kubectl('annotate', 'pvc', 'data', '--namespace', ns, 'volume.kubernetes.io/selected-node=w-1');
    await expectSettled(client, refOf(data), 'progressing: is Pending');
  });

  test('of a class that binds at once is waited for, and is healthy with its volume, which then waits for somebody', async () => {
    await t.make('storage.k8s.io/v1', 'StorageClass', { name: ns }, { provisioner: 'kubernetes.io/no-provisioner' });
    const ref = await t.make('v1', 'PersistentVolumeClaim', here('data'), claim(ns));
    await expectSettled(client, ref, 'progressing: is Pending');
    const volume = await t.make(
      'v1',
      'PersistentVolume',
      { name: ns },
      {
        spec: {
          storageClassName: ns,
          capacity: { storage: '1Gi' },
          accessModes: ['ReadWriteOnce'],
          hostPath: { path: '/none' },
        },
      },
    );
    await expectSettled(client, volume, 'healthy');
    await t.kubectl(
      'patch',
      'pv',
      ns,
      '--type=merge',
      '-p',
      JSON.stringify({ spec: { claimRef: { ...here('data'), kind: 'PersistentVolumeClaim', apiVersion: 'v1' } } }),
    );
    await expectSettled(client, ref, 'healthy');
    await client.delete(ref);
    await expectSettled(client, volume, 'resting: its claim is gone, and its data waits for somebody to decide');
  });
});

describe('a Job', () => {
  const spec = (more: object) => ({
    spec: {
      template: {
        metadata: { labels: { app: 'job' } },
        spec: { restartPolicy: 'Never', containers: [{ name: 'x', image: 'x' }] },
      },
      ...more,
    },
  });

  test('runs and is complete', async () => {
    const ref = await t.make('batch/v1', 'Job', here('job'), spec({}));
    await expectSettled(client, ref, 'healthy');
    await playKubelet(client, { namespace: ns, app: 'job', count: 1 }, { phase: 'Succeeded', ready: false });
    await expect.poll(async () => (await client.get(ref))?.status, { timeout: 30_000 }).toMatchObject({ succeeded: 1 });
    await expectSettled(client, ref, 'healthy');
  });

  test('has failed when its pod did', async () => {
    const ref = await t.make('batch/v1', 'Job', here('job'), spec({ backoffLimit: 0 }));
    await playKubelet(client, { namespace: ns, app: 'job', count: 1 }, { phase: 'Failed', ready: false });
    await expectSettled(client, ref, /^failed: Job has reached the specified backoff limit/);
  });

  test('that is applied once and deleted when it is done is not made again, and holds nobody', async () => {
    const annotations = { 'kubic.suse.com/apply': 'once' };
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { ...here('job'), annotations },
      ...spec({ ttlSecondsAfterFinished: 0 }),
    };
    const migrate = addonOf(`${ns}-migrate`, JSON.stringify(job));
    const app = addonOf(`${ns}-app`, configMap(ns, 'app'), { dependsOn: [migrate.name] });
    await t.harness.sync([migrate]);
    await playKubelet(client, { namespace: ns, app: 'job', count: 1 }, { phase: 'Succeeded', ready: false });
    await expect.poll(() => client.get(refOf(job)), { timeout: 30_000 }).toBeUndefined();
    const { plan, errors } = await t.harness.sync([migrate, app]);
    expect({ held: plan.held, errors }).toEqual({ held: [], errors: [] });
    expect(plan.actions.map(({ reason }) => reason)).toEqual([`${app.name}: 1 object new`]);
    const state = (await observeAddons(client)).find(({ name }) => name === migrate.name);
    expect(state?.health).toEqual({ status: 'healthy', problems: [], notes: [`Job ${ns}/job: is done, and gone`] });
    await t.harness.sync([migrate, app]);
    expect(await client.get(refOf(job))).toBeUndefined();
  });

  test('that is suspended rests', async () => {
    const ref = await t.make('batch/v1', 'Job', here('job'), spec({ suspend: true }));
    await expectSettled(client, ref, 'resting: is suspended');
  });
});
