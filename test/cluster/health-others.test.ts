import { afterEach, beforeEach, describe, inject, test } from 'vitest';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { beginTest, type TestNamespace } from './addons-harness.ts';
import { expectSettled } from './health-fixture.ts';

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

describe('what waits for somebody rests', () => {
  test('a load balancer, an Ingress, an autoscaler and a flow schema', async () => {
    const service = await t.make('v1', 'Service', here('lb'), {
      spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
    });
    await expectSettled(client, service, 'resting: no load balancer has given it an address');
    const backend = { service: { name: 'lb', port: { number: 80 } } };
    const ingress = await t.make('networking.k8s.io/v1', 'Ingress', here('web'), { spec: { defaultBackend: backend } });
    await expectSettled(client, ingress, 'resting: no controller has published an address for it');
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'none' };
    const scaler = await t.make('autoscaling/v2', 'HorizontalPodAutoscaler', here('web'), {
      spec: { scaleTargetRef, maxReplicas: 2 },
    });
    await expectSettled(client, scaler, /^resting: the HPA controller was unable to get the target's current scale/);
    const schema = { apiVersion: 'flowcontrol.apiserver.k8s.io/v1', kind: 'FlowSchema' };
    const dangling = await t.make(
      schema.apiVersion,
      schema.kind,
      { name: ns },
      { spec: { priorityLevelConfiguration: { name: ns } } },
    );
    await expectSettled(client, dangling, /^resting: .*no such object/);
  });

  test('a policy whose expression has a type error', async () => {
    const rule = { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'], operations: ['CREATE'] };
    const policy = await t.make(
      'admissionregistration.k8s.io/v1',
      'ValidatingAdmissionPolicy',
      { name: ns },
      {
        spec: { matchConstraints: { resourceRules: [rule] }, validations: [{ expression: 'object.spec.nope > 1' }] },
      },
    );
    await expectSettled(client, policy, /^resting: spec.validations\[0\].expression: .*undefined field/);
  });
});

describe('what the control plane makes ready by itself', () => {
  test('a definition, an aggregated API, a quota, a disruption budget and a range of Service addresses', async () => {
    const names = { plural: 'gadgets', kind: 'Gadget' };
    const schema = { openAPIV3Schema: { type: 'object' } };
    const group = `${ns}.example.com`;
    const definition = await t.make(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      { name: `gadgets.${group}` },
      {
        spec: { group, names, scope: 'Namespaced', versions: [{ name: 'v1', served: true, storage: true, schema }] },
      },
    );
    await expectSettled(client, definition, 'healthy');
    const taken = await t.make(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      { name: `others.${group}` },
      {
        spec: {
          group,
          names: { ...names, plural: 'others' },
          scope: 'Namespaced',
          versions: [{ name: 'v1', served: true, storage: true, schema }],
        },
      },
    );
    await expectSettled(client, taken, /^failed: .*already in use/);
    const spec = {
      group: `a.${group}`,
      version: 'v1',
      groupPriorityMinimum: 1,
      versionPriority: 1,
      service: { name: 'none', namespace: ns },
      insecureSkipTLSVerify: true,
    };
    const aggregated = await t.make('apiregistration.k8s.io/v1', 'APIService', { name: `v1.a.${group}` }, { spec });
    await expectSettled(client, aggregated, /^progressing: service\/none in ".*" is not present/);
    const budget = await t.make('policy/v1', 'PodDisruptionBudget', here('web'), {
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
    });
    await expectSettled(client, budget, 'healthy');
    const range = await t.make(
      'networking.k8s.io/v1',
      'ServiceCIDR',
      { name: ns },
      { spec: { cidrs: ['10.97.0.0/24'] } },
    );
    await expectSettled(client, range, 'healthy');
    await expectSettled(
      client,
      { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', name: 'v1.' },
      'healthy',
    );
  });

  test('a namespace that goes is going, held by what is in it', async () => {
    const name = `${ns}-goes`;
    const ref = await t.make('v1', 'Namespace', { name }, {});
    await expectSettled(client, ref, 'healthy');
    const held = { name: 'held', namespace: name, finalizers: ['example.com/hold'] };
    const inside = await t.make('v1', 'ConfigMap', held, {});
    await client.delete(ref);
    await expectSettled(client, ref, 'progressing: is being deleted, held by kubernetes');
    await expectSettled(client, inside, 'progressing: is being deleted, held by example.com/hold');
    await client.patch(inside, { metadata: { finalizers: null } });
  });
});
