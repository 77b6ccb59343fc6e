import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deleteStages, stageOf } from '../../src/addons/order.ts';

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
