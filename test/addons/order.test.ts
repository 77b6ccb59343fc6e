import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deleteStages, GATEKEEPER_STAGE, isRepair, stageOf } from '../../src/addons/order.ts';

const ref = (apiVersion: string, kind: string) => ({ apiVersion, kind, name: 'x' });

const ORDER = [
  ref('v1', 'Namespace'),
  ref('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
  ref('v1', 'ServiceAccount'),
  ref('rbac.authorization.k8s.io/v1', 'RoleBinding'),
  ref('apps/v1', 'Deployment'),
  ref('example.com/v1', 'Service'),
  ref('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'),
];

test('what others need comes first: namespaces, definitions, accounts, bindings, workloads, custom resources, webhooks', () => {
  expect(ORDER.toSorted((a, b) => stageOf(a) - stageOf(b))).toEqual(ORDER);
  expect(new Set(ORDER.map(stageOf)).size).toBe(ORDER.length);
});

test('a custom resource with the name of a built-in kind is a custom resource', () => {
  expect(stageOf(ref('serving.knative.dev/v1', 'Service'))).toBe(stageOf(ref('example.com/v1', 'Widget')));
  expect(stageOf(ref('v1', 'Service'))).toBeLessThan(stageOf(ref('apps/v1', 'Deployment')));
});

test('deletion is the reverse, and forgets nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ORDER)), (refs) => {
      const deleted = deleteStages(refs).flat();
      expect(deleted).toHaveLength(refs.length);
      expect(deleted.map(stageOf)).toEqual(refs.map(stageOf).toSorted((a, b) => b - a));
    }),
  );
});

const STAGES: readonly Readonly<Record<string, string>>[] = [
  { v1: 'Namespace' },
  { 'apiextensions.k8s.io/v1': 'CustomResourceDefinition' },
  {
    v1: 'ResourceQuota LimitRange ServiceAccount Secret ConfigMap PersistentVolume',
    'scheduling.k8s.io/v1': 'PriorityClass',
    'storage.k8s.io/v1': 'StorageClass CSIDriver',
    'networking.k8s.io/v1': 'IngressClass NetworkPolicy',
    'node.k8s.io/v1': 'RuntimeClass',
    'gateway.networking.k8s.io/v1': 'GatewayClass',
    'snapshot.storage.k8s.io/v1': 'VolumeSnapshotClass',
    'resource.k8s.io/v1': 'DeviceClass',
    'policy/v1': 'PodDisruptionBudget',
    'rbac.authorization.k8s.io/v1': 'ClusterRole Role',
  },
  { v1: 'PersistentVolumeClaim Service', 'rbac.authorization.k8s.io/v1': 'ClusterRoleBinding RoleBinding' },
  {
    v1: 'ReplicationController Pod',
    'apps/v1': 'Deployment DaemonSet StatefulSet ReplicaSet',
    'batch/v1': 'Job CronJob',
  },
  {
    'example.com/v1': 'Widget Namespace Pod',
    'networking.k8s.io/v1': 'Ingress',
    'autoscaling/v2': 'HorizontalPodAutoscaler',
  },
  {
    'apiregistration.k8s.io/v1': 'APIService',
    'admissionregistration.k8s.io/v1':
      'ValidatingWebhookConfiguration MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding MutatingAdmissionPolicy MutatingAdmissionPolicyBinding',
  },
];

test.for(STAGES.entries().toArray())('stage %i has the kinds that are ready for the next one', ([stage, kinds]) => {
  for (const [apiVersion, names] of Object.entries(kinds)) {
    for (const kind of names.split(' ')) expect([kind, stageOf(ref(apiVersion, kind))]).toEqual([kind, stage]);
  }
});

test('what may keep others from being written is what repairs a cluster: gatekeepers and quotas', () => {
  expect(GATEKEEPER_STAGE).toBe(STAGES.length - 1);
  expect(isRepair(ref('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'))).toBe(true);
  expect(isRepair(ref('v1', 'ResourceQuota'))).toBe(true);
  expect(isRepair(ref('v1', 'LimitRange'))).toBe(false);
  expect(isRepair(ref('example.com/v1', 'ResourceQuota'))).toBe(false);
  expect(isRepair(ref('example.com/v1', 'APIService'))).toBe(false);
});
