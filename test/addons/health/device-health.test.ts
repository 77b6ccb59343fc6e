import { expect, test } from 'vitest';
import { condition, tell, withConditions } from './health-fixture.ts';

test.each([
  ['resource.k8s.io/v1', 'DeviceClass'],
  ['resource.k8s.io/v1', 'ResourceClaimTemplate'],
  ['resource.k8s.io/v1', 'ResourceSlice'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['scheduling.k8s.io/v1alpha1', 'Workload'],
  ['node.k8s.io/v1', 'RuntimeClass'],
])('no controller says anything of it, so nobody waits for it: %s %s', (apiVersion, kind) => {
  expect(tell(withConditions(apiVersion, kind, condition('Ready', 'False')))).toBe('healthy');
});
