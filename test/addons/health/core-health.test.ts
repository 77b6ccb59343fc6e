import { expect, test } from 'vitest';
import { condition, type HealthCase, object, tell, withConditions } from './health-fixture.ts';

const service = (spec: object, status = {}) => object('v1', 'Service', status, spec);
const CORE: readonly HealthCase[] = [
  ['a Service is healthy', service({ type: 'ClusterIP' }), 'healthy'],
  [
    'a load balancer without any address is waited for',
    service({ type: 'LoadBalancer' }),
    'progressing: has no address in the cluster yet',
  ],
  [
    'a load balancer that nobody gives an address rests',
    service({ type: 'LoadBalancer', clusterIP: '10.96.0.9' }),
    'resting: no load balancer has given it an address',
  ],
  [
    'a load balancer with its address is healthy',
    service({ type: 'LoadBalancer', clusterIP: '10.96.0.9' }, { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }),
    'healthy',
  ],
  [
    'a quota that is counted is healthy',
    object('v1', 'ResourceQuota', { hard: { pods: '1' } }, { hard: { pods: '1' } }),
    'healthy',
  ],
  [
    'a quota that is not in force is waited for',
    object('v1', 'ResourceQuota', {}, { hard: { pods: '1' } }),
    'progressing: is not in force yet',
  ],
  [
    'a Node that is not ready is waited for',
    withConditions('v1', 'Node', condition('Ready', 'Unknown', '', 'gone')),
    'progressing: gone',
  ],
  [
    'a Node that is cordoned rests',
    object('v1', 'Node', { conditions: [condition('Ready', 'True')] }, { unschedulable: true }),
    'resting: is cordoned',
  ],
  ['a Namespace is healthy', object('v1', 'Namespace', { phase: 'Active' }), 'healthy'],
  [
    'an Ingress without an address rests',
    object('networking.k8s.io/v1', 'Ingress', { loadBalancer: {} }),
    'resting: no controller has published an address for it',
  ],
  [
    'an autoscaler without metrics rests',
    withConditions('autoscaling/v2', 'HorizontalPodAutoscaler', condition('ScalingActive', 'False', '', 'no metrics')),
    'resting: no metrics',
  ],
  [
    'a disruption budget that allows none is healthy',
    withConditions('policy/v1', 'PodDisruptionBudget', condition('DisruptionAllowed', 'False', 'InsufficientPods')),
    'healthy',
  ],
  [
    'a disruption budget that cannot be computed rests',
    withConditions(
      'policy/v1',
      'PodDisruptionBudget',
      condition('DisruptionAllowed', 'False', 'SyncFailed', 'no scale'),
    ),
    'resting: no scale',
  ],
  [
    'a range of Service addresses that is not ready is waited for',
    withConditions('networking.k8s.io/v1', 'ServiceCIDR', condition('Ready', 'False', '', 'overlaps')),
    'progressing: overlaps',
  ],
];

test.for<HealthCase>([...CORE])('%s', ([, live, expected]) => {
  expect(tell(live)).toBe(expected);
});
