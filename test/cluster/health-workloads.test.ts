import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { refOf } from '../../src/objects/kube-object.ts';
import { addonOf, beginTest, configMap, type TestNamespace } from './addons-harness.ts';
import { createNode, expectSettled, playKubelet, workload } from './health-fixture.ts';

// Statuses as kube-controller-manager computes them; the kubelet's part is written by hand.

let t: TestNamespace;
let ns: string;
let client: KubeClient;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
  ({ ns } = t);
  ({ client } = t.harness);
});

afterEach(() => t.end());

const READY = { phase: 'Running', ready: true } as const;
const UNREADY = { phase: 'Running', ready: false } as const;
const pods = (app: string, count: number) => ({ namespace: ns, app, count });
const apply = (declared: ReturnType<typeof workload>) =>
  client.apply(declared, { fieldManager: 'test', force: true }).then(refOf);

describe('a Deployment', () => {
  test('is waited for until its pods are available, and again in a rollout', async () => {
    const ref = await apply(workload('Deployment', ns, 'web', { replicas: 2 }));
    await expectSettled(client, ref, 'progressing: 0 of 2 pods are ready');
    await playKubelet(client, pods('web', 2), READY);
    await expectSettled(client, ref, 'healthy');
    await apply(workload('Deployment', ns, 'web', { replicas: 2 }, 'registry.example.com/x:2'));
    await expectSettled(client, ref, /^progressing: (1 of 2 pods are updated|old replicas are being removed)$/);
    await apply(workload('Deployment', ns, 'web', { replicas: 0 }, 'registry.example.com/x:2'));
    await expectSettled(client, ref, 'healthy');
  });

  test('that is paused rests, before its first rollout and within one', async () => {
    const ref = await apply(workload('Deployment', ns, 'web', { replicas: 2, paused: true }));
    await expectSettled(client, ref, 'resting: is paused: 0 of 2 pods are updated');
    await apply(workload('Deployment', ns, 'web', { replicas: 2, paused: false }));
    await playKubelet(client, pods('web', 2), READY);
    await expectSettled(client, ref, 'healthy');
    await apply(workload('Deployment', ns, 'web', { replicas: 2, paused: true }, 'registry.example.com/x:2'));
    await expectSettled(client, ref, 'resting: is paused: 0 of 2 pods are updated');
    await playKubelet(client, pods('web', 2), UNREADY);
    await expectSettled(client, ref, /^progressing: Deployment does not have minimum availability/);
  });

  test('that comes too late has failed, and one that a quota stops says so', async () => {
    const late = await apply(workload('Deployment', ns, 'late', { progressDeadlineSeconds: 1 }));
    await expectSettled(client, late, /^failed: .*progress/);
    const hard = { 'count/pods': '1' };
    await client.create({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'small', namespace: ns },
      spec: { hard },
    });
    await expectSettled(client, { apiVersion: 'v1', kind: 'ResourceQuota', namespace: ns, name: 'small' }, 'healthy');
    const stopped = await apply(workload('Deployment', ns, 'stopped', {}));
    await expectSettled(client, stopped, /^progressing: .*exceeded quota: small/);
  });
});

describe('a StatefulSet', () => {
  const ORDER = { replicas: 2, podManagementPolicy: 'Parallel' };

  test('with OnDelete is waited for until its pods are ready, then rests on old ones until they are deleted', async () => {
    const spec = { ...ORDER, updateStrategy: { type: 'OnDelete' } };
    const ref = await apply(workload('StatefulSet', ns, 'db', spec));
    await expectSettled(client, ref, 'progressing: 0 of 2 pods are ready');
    await playKubelet(client, pods('db', 2), READY);
    await expectSettled(client, ref, 'healthy');
    await apply(workload('StatefulSet', ns, 'db', spec, 'registry.example.com/x:2'));
    await expectSettled(client, ref, 'resting: 0 of 2 pods are updated, the others when somebody asks for it');
    await t.kubectl('delete', 'pods', '--namespace', ns, '--selector', 'app=db', '--grace-period=0', '--force');
    await playKubelet(client, pods('db', 2), READY);
    await expectSettled(client, ref, 'healthy');
  });

  test('rolls out up to its partition and rests there; without one it is waited for to the end', async () => {
    const spec = { ...ORDER, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } };
    const ref = await apply(workload('StatefulSet', ns, 'db', spec));
    await playKubelet(client, pods('db', 2), READY);
    await expectSettled(client, ref, 'healthy');
    await apply(workload('StatefulSet', ns, 'db', spec, 'registry.example.com/x:2'));
    await expectSettled(client, ref, 'resting: 0 of 2 pods are updated, the others when somebody asks for it');
    await apply(workload('StatefulSet', ns, 'db', ORDER, 'registry.example.com/x:2'));
    await expectSettled(client, ref, /^progressing: /);
    await apply(workload('StatefulSet', ns, 'db', { ...ORDER, replicas: 0 }, 'registry.example.com/x:3'));
    await t.kubectl('delete', 'pods', '--namespace', ns, '--selector', 'app=db', '--grace-period=0', '--force');
    await expectSettled(client, ref, 'healthy');
  });
});

describe('a DaemonSet', () => {
  const nodes = () => [`${ns}-1`, `${ns}-2`];

  beforeEach(async () => {
    for (const node of nodes()) await createNode(client, node, { spread: ns });
  });

  afterEach(async () => {
    for (const name of nodes()) await client.delete({ apiVersion: 'v1', kind: 'Node', name });
  });

  const spread = (image?: string) => {
    const declared = workload('DaemonSet', ns, 'agent', { updateStrategy: { type: 'OnDelete' } }, image);
    const { template } = declared.spec as { template: { spec: object } };
    return {
      ...declared,
      spec: {
        ...(declared.spec as object),
        template: { ...template, spec: { ...template.spec, nodeSelector: { spread: ns } } },
      },
    };
  };
  const manifest = (image: string) => addonOf(`${ns}-agent`, JSON.stringify(spread(image)));

  test('with OnDelete does not hold the add-ons that depend on it, while its old pods run', async () => {
    const [first, second] = [manifest('registry.example.com/x:1'), manifest('registry.example.com/x:2')];
    const app = addonOf(`${ns}-app`, configMap(ns, 'app'), { dependsOn: [first.name] });
    await t.harness.sync([first]);
    const ref = refOf(spread());
    // the controller may count before it knows of the new Nodes: none is wanted then, and that is healthy
    await expectSettled(client, ref, 'progressing: 0 of 2 pods are available');
    expect((await t.harness.plan([first, app])).held[0]?.reason).toMatch(/is not healthy \(DaemonSet .*agent: /);
    await playKubelet(client, pods('agent', 2), READY);
    await expectSettled(client, ref, 'healthy');
    await t.harness.sync([second]);
    await expectSettled(client, ref, 'resting: 0 of 2 pods are updated, the others when somebody deletes them');
    expect(await t.harness.sync([second, app])).toMatchObject({ plan: { held: [] }, errors: [] });
    expect(await t.get('ConfigMap', 'app')).toBeDefined();
  });

  test('is waited for on a Node that is not Ready, and not on one whose kubelet is silent', async () => {
    await t.harness.sync([manifest('registry.example.com/x:1')]);
    const ref = refOf(spread());
    await playKubelet(client, pods('agent', 2), READY);
    await expectSettled(client, ref, 'healthy');
    const [lost] = await client.list('v1', 'Pod', { namespace: ns });
    // as the controller of the Nodes' lives does to the pods of one that it has lost
    const conditions = [{ type: 'Ready', status: 'False', lastTransitionTime: new Date().toISOString() }];
    if (lost) await client.patch(refOf(lost), { status: { conditions } }, { subresource: 'status' });
    const report = (status: string) => {
      const ready = {
        type: 'Ready',
        status,
        lastHeartbeatTime: new Date().toISOString(),
        lastTransitionTime: new Date().toISOString(),
      };
      const node = { apiVersion: 'v1', kind: 'Node', name: `${ns}-2` };
      return client.patch(node, { status: { conditions: [ready] } }, { subresource: 'status' });
    };
    await report('False');
    await expectSettled(client, ref, 'progressing: 1 of 2 pods are available');
    await report('Unknown');
    await expectSettled(client, ref, /^resting: 1 of 2 pods are available: the kubelet of .* silent$/);
  });
});
