import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { AddonDefinition } from '../../src/definition/definition.ts';
import { addonOf, beginTest, configMap, type Harness, type TestNamespace } from './addons-harness.ts';

let t: TestNamespace;
let ns: string;
let harness: Harness;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
  ({ ns, harness } = t);
});

afterEach(() => t.end());

const web = (manifests: string, options: Partial<AddonDefinition> = {}): AddonDefinition =>
  addonOf(`${ns}-web`, manifests, options);

async function syncFive(addon: AddonDefinition, undo: () => Promise<unknown>): Promise<void> {
  for (let round = 1; round <= 5; round++) {
    await undo();
    expect((await harness.sync([addon])).plan.actions).toHaveLength(1);
  }
}

describe('a fight', () => {
  test('over replicas names the controller that scales, and ends where the field leaves the manifest', async () => {
    const manifest = (replicas: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${ns}}
spec:
  ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: example.com/web:1}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: ${ns}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 5
`;
    const addon = web(manifest('replicas: 1'));
    await harness.sync([addon]);
    const replicas = async () => (await t.get('Deployment', 'web', 'apps/v1'))?.spec;
    const scaled = () => expect.poll(replicas, { timeout: 60_000 }).toMatchObject({ replicas: 3 });
    // four by hand, for the controller looks only every 15 seconds
    for (let round = 1; round <= 4; round++) {
      await t.kubectl('scale', '-n', ns, 'deployment/web', '--replicas=3');
      expect((await harness.sync([addon])).plan.actions).toHaveLength(1);
    }
    await scaled();
    await harness.sync([addon]);
    await scaled();
    const { actions, held } = await harness.plan([addon]);
    expect(actions).toEqual([]);
    expect(held).toEqual([
      {
        code: 'addons.fight',
        subject: addon.name,
        reason: `Deployment ${ns}/web: kube-controller-manager (scale) changed spec.replicas 5 times after it was put right`,
        fields: [{ path: 'spec.replicas', declared: '1', live: '3', by: ['kube-controller-manager (scale)'] }],
      },
    ]);
    const without = web(manifest(''));
    await harness.sync([without]);
    expect(await harness.plan([without])).toEqual({ actions: [], held: [] });
    await t.kubectl('scale', '-n', ns, 'deployment/web', '--replicas=4');
    expect(await harness.plan([without])).toEqual({ actions: [], held: [] });
  });

  test('is none where each time another field is changed', async () => {
    const data = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, 'ours']));
    const addon = web(configMap(ns, 'a', data));
    await harness.sync([addon]);
    for (const key of Object.keys(data)) {
      await t.patch('configmap a', { data: { [key]: 'theirs' } });
      expect((await harness.sync([addon])).plan.held).toEqual([]);
    }
    expect((await t.get('ConfigMap', 'a'))?.data).toEqual(data);
  });

  test('is over when its object is left alone: a change of another field is put right', async () => {
    const addon = web(configMap(ns, 'a', { a: '1', b: '1' }));
    await harness.sync([addon]);
    await syncFive(addon, () => t.patch('configmap a', { data: { a: 'theirs' } }));
    await t.patch('configmap a', { data: { b: 'theirs' } });
    expect((await harness.sync([addon])).plan.held).toEqual([]);
    expect((await t.get('ConfigMap', 'a'))?.data).toEqual({ a: '1', b: '1' });
  });
});

describe('an object that is gone', () => {
  test('is made again, and told so, and is no fight; after five times it is left', async () => {
    const addon = web(configMap(ns, 'a'));
    await harness.sync([addon]);
    const remove = () => t.kubectl('delete', 'configmap', 'a', '-n', ns);
    await remove();
    expect((await harness.plan([addon])).actions.map(({ reason }) => reason)).toEqual([
      `${addon.name}: 1 gone (ConfigMap ${ns}/a)`,
    ]);
    await harness.sync([addon]);
    for (let round = 2; round <= 5; round++) {
      await remove();
      await harness.sync([addon]);
    }
    await remove();
    expect(await harness.plan([addon])).toEqual({
      actions: [],
      held: [
        {
          code: 'addons.vanishes',
          subject: addon.name,
          reason: `ConfigMap ${ns}/a was made 5 times, and is gone again`,
        },
      ],
    });
  });

  test('because the owner that it names is not there says whose deletion took it along', async () => {
    const owner = '{apiVersion: v1, kind: ConfigMap, name: nobody, uid: 00000000-0000-4000-8000-000000000000}';
    const addon = web(configMap(ns, 'a', {}, `, ownerReferences: [${owner}]`));
    const gone = () => expect.poll(() => t.get('ConfigMap', 'a'), { timeout: 30_000 }).toBeUndefined();
    for (let round = 0; round <= 5; round++) {
      await harness.sync([addon]);
      await gone();
    }
    const reason = `ConfigMap ${ns}/a was made 5 times, and is gone again: it names ConfigMap nobody as its owner, and Kubernetes deletes what has lost its owner`;
    expect((await harness.plan([addon])).held).toEqual([{ code: 'addons.vanishes', subject: addon.name, reason }]);
  });

  test('a Job that Kubernetes cleans up runs again as often as it is gone, and is no fight', async () => {
    const addon = web(`
apiVersion: batch/v1
kind: Job
metadata: {name: job, namespace: ${ns}}
spec:
  ttlSecondsAfterFinished: 3600
  template: {spec: {restartPolicy: Never, containers: [{name: m, image: example.com/m:1}]}}
`);
    await harness.sync([addon]);
    for (let round = 1; round <= 7; round++) {
      await t.kubectl('delete', 'job', 'job', '-n', ns);
      const { plan } = await harness.sync([addon]);
      expect(plan.held).toEqual([]);
      expect(plan.actions.map(({ reason }) => reason)).toEqual([
        `${addon.name}: 1 to run again: cleaned up when finished (Job ${ns}/job)`,
      ]);
    }
  });
});

describe('drift: warn', () => {
  const secret = (value: string, more = ''): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: ${ns}${more}}\nstringData: {password: ${value}}\n---\n`;

  test('shows what differs and who did it, and changes nothing but what is changed in Git', async () => {
    const addon = (value: string) => web(configMap(ns, 'a', { a: value, b: '1' }), { drift: 'warn' });
    await harness.sync([addon('1')]);
    await t.patch('configmap a', { data: { a: 'x'.repeat(500), b: null } });
    harness.takeWrites();
    const { plan } = await harness.sync([addon('1')]);
    expect(plan.actions).toEqual([]);
    expect(plan.held).toEqual([
      {
        code: 'addons.drift',
        subject: `${ns}-web`,
        reason: `ConfigMap ${ns}/a was changed: data.a, data.b`,
        fields: [
          { path: 'data.a', declared: '"1"', live: '(hidden)', by: ['other'] },
          { path: 'data.b', declared: '"1"', by: ['other'] },
        ],
      },
    ]);
    expect(harness.takeWrites()).toEqual([]);
    const { plan: next } = await harness.sync([addon('2')]);
    expect(next.actions.map(({ reason }) => reason)).toEqual([
      `${ns}-web: 1 object changed in Git, 1 of them in the cluster as well: what Git sets counts (ConfigMap ${ns}/a)`,
    ]);
    expect((await t.get('ConfigMap', 'a'))?.data).toEqual({ a: '2', b: '1' });
  });

  test('shows which fields of a Secret differ, and no value', async () => {
    const addon = web(secret('geheim-1'), { drift: 'warn' });
    await harness.sync([addon]);
    const data = { password: Buffer.from('geheim-2').toString('base64') };
    await t.kubectl('patch', 'secret', 's', '-n', ns, '--type=merge', '-p', JSON.stringify({ data }));
    const plan = await harness.plan([addon]);
    expect(plan.held[0]?.fields).toEqual([
      { path: 'data.password', declared: '(hidden)', live: '(hidden)', by: ['kubectl-patch'] },
    ]);
    const text = JSON.stringify(plan);
    for (const value of ['geheim', data.password, Buffer.from('geheim-1').toString('base64')]) {
      expect(text).not.toContain(value);
    }
  });

  test('leaves what is gone, says so, and calls nothing unhealthy', async () => {
    const addon = web(configMap(ns, 'a') + configMap(ns, 'b'), { drift: 'warn' });
    await harness.sync([addon]);
    await t.kubectl('delete', 'configmap', 'a', '-n', ns);
    const { plan } = await harness.sync([addon]);
    expect(plan).toEqual({
      actions: [],
      held: [{ code: 'addons.drift', subject: addon.name, reason: `ConfigMap ${ns}/a is gone` }],
    });
    const app = addonOf(`${ns}-app`, configMap(ns, 'app'), { dependsOn: [addon.name] });
    expect((await harness.plan([addon, app])).actions.map(({ reason }) => reason)).toEqual([
      `${app.name}: 1 object new`,
    ]);
  });
});

test('drift: ignore looks at nothing, and an object says for itself what counts', async () => {
  const own = ', annotations: {kubic.suse.com/drift: correct}';
  const addon = web(configMap(ns, 'a') + configMap(ns, 'b', { a: '1' }, own), { drift: 'ignore' });
  await harness.sync([addon]);
  await t.patch('configmap a', { data: { a: 'theirs' } });
  await t.patch('configmap b', { data: { a: 'theirs' } });
  expect((await harness.sync([addon])).plan.actions.map(({ reason }) => reason)).toEqual([
    `${addon.name}: 1 drifted (ConfigMap ${ns}/b: data.a)`,
  ]);
  expect((await t.get('ConfigMap', 'a'))?.data).toEqual({ a: 'theirs' });
  await t.kubectl('delete', 'configmap', 'a', '-n', ns);
  expect((await harness.sync([addon])).plan).toEqual({ actions: [], held: [] });
});
