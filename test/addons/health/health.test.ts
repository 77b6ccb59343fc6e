import { expect, test } from 'vitest';
import { healthOf, summarizeHealth } from '../../../src/addons/health/health.ts';
import type { KubeObject } from '../../../src/objects/kube-object.ts';

const condition = (type: string, status: string, reason = '', message = '') => ({ type, status, reason, message });

function object(apiVersion: string, kind: string, status?: unknown, spec?: unknown, metadata = {}): KubeObject {
  return { apiVersion, kind, metadata: { name: 'x', namespace: 'n', generation: 2, ...metadata }, status, spec };
}

const AVAILABLE = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 };
const DONE = { ...AVAILABLE, conditions: [condition('Available', 'True')] };
const TWO = { replicas: 2 };
const SPREAD = {
  observedGeneration: 2,
  desiredNumberScheduled: 1,
  currentNumberScheduled: 1,
  updatedNumberScheduled: 1,
  numberAvailable: 1,
  numberReady: 1,
};

test.for<[string, KubeObject, string]>([
  ['a Deployment that is done', object('apps/v1', 'Deployment', DONE, TWO), 'healthy'],
  [
    'a Deployment nobody looked at',
    object('apps/v1', 'Deployment', { ...DONE, observedGeneration: 1 }, TWO),
    'progressing: its controller has not seen the last change',
  ],
  [
    'a Deployment without pods',
    object('apps/v1', 'Deployment', { observedGeneration: 2 }, TWO),
    'progressing: 0 of 2 pods exist',
  ],
  [
    'a Deployment half available',
    object('apps/v1', 'Deployment', { ...DONE, availableReplicas: 1 }, TWO),
    'progressing: 1 of 2 pods are available',
  ],
  [
    'a Deployment scaling down',
    object('apps/v1', 'Deployment', { ...DONE, replicas: 3 }, TWO),
    'progressing: old replicas are being removed',
  ],
  [
    'a Deployment past its deadline',
    object(
      'apps/v1',
      'Deployment',
      { ...AVAILABLE, conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'timed out')] },
      TWO,
    ),
    'failed: timed out',
  ],
  ['a DaemonSet that is done', object('apps/v1', 'DaemonSet', SPREAD), 'healthy'],
  [
    'a DaemonSet on a node that is not ready',
    object('apps/v1', 'DaemonSet', { ...SPREAD, numberAvailable: 0 }),
    'progressing: 0 of 1 pods are available',
  ],
  ['a DaemonSet without a controller', object('apps/v1', 'DaemonSet'), 'progressing: its controller has not seen it'],
  [
    'a StatefulSet that rolls',
    object('apps/v1', 'StatefulSet', { ...AVAILABLE, currentRevision: 'a', updateRevision: 'b' }, TWO),
    'progressing: is being rolled out',
  ],
  [
    'a StatefulSet that is done',
    object('apps/v1', 'StatefulSet', { ...AVAILABLE, currentRevision: 'b', updateRevision: 'b' }, TWO),
    'healthy',
  ],
  [
    'a StatefulSet up to its partition',
    object(
      'apps/v1',
      'StatefulSet',
      { ...AVAILABLE, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' },
      { ...TWO, updateStrategy: { rollingUpdate: { partition: 1 } } },
    ),
    'healthy',
  ],
  ['a Job that runs', object('batch/v1', 'Job', { startTime: 'x' }), 'healthy'],
  [
    'a Job that failed',
    object('batch/v1', 'Job', { startTime: 'x', conditions: [condition('Failed', 'True', '', 'backoff')] }),
    'failed: backoff',
  ],
  [
    'a Pod that is ready',
    object('v1', 'Pod', { phase: 'Running', conditions: [condition('Ready', 'True')] }),
    'healthy',
  ],
  [
    'a Pod that crashes',
    object('v1', 'Pod', {
      phase: 'Running',
      containerStatuses: [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }],
    }),
    'failed: a container keeps crashing',
  ],
  [
    'a Pod without its image',
    object('v1', 'Pod', {
      phase: 'Pending',
      containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }],
    }),
    'progressing: ImagePullBackOff',
  ],
  ['a claim that waits', object('v1', 'PersistentVolumeClaim', { phase: 'Pending' }), 'progressing: is Pending'],
  ['a Service', object('v1', 'Service', {}, { type: 'ClusterIP' }), 'healthy'],
  [
    'a load balancer without address',
    object('v1', 'Service', {}, { type: 'LoadBalancer' }),
    'progressing: has no address yet',
  ],
  [
    'a definition whose names are taken',
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
      conditions: [condition('NamesAccepted', 'False', '', 'taken')],
    }),
    'failed: taken',
  ],
  [
    'a definition that is served',
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { conditions: [condition('Established', 'True')] }),
    'healthy',
  ],
  [
    'an aggregated API that is down',
    object('apiregistration.k8s.io/v1', 'APIService', {
      conditions: [condition('Available', 'False', '', 'no endpoints')],
    }),
    'progressing: no endpoints',
  ],
  [
    'a resource that is ready',
    object('example.com/v1', 'Widget', { conditions: [condition('Ready', 'True')] }),
    'healthy',
  ],
  [
    'a resource that is not',
    object('example.com/v1', 'Widget', { conditions: [condition('Ready', 'False', '', 'waits\nfor x')] }),
    'progressing: waits for x',
  ],
  [
    'a resource that has stalled',
    object('example.com/v1', 'Widget', { conditions: [condition('Stalled', 'True', 'Broken')] }),
    'failed: Broken',
  ],
  [
    'a resource at work',
    object('example.com/v1', 'Widget', { conditions: [condition('Reconciling', 'True', 'Busy')] }),
    'progressing: Busy',
  ],
  ['a resource without a status', object('example.com/v1', 'Widget'), 'healthy'],
  [
    'anything being deleted',
    object('v1', 'ConfigMap', undefined, undefined, { deletionTimestamp: 'x' }),
    'progressing: is being deleted',
  ],
])('%s', ([, live, expected]) => {
  const { status, reason } = healthOf(live);
  expect(reason === undefined ? status : `${status}: ${reason}`).toBe(expected);
});

test('an add-on is as well as the worst of its objects, and names each', () => {
  const waiting = object('v1', 'PersistentVolumeClaim', { phase: 'Pending' });
  const broken = object('example.com/v1', 'Widget', { conditions: [condition('Stalled', 'True', 'Broken')] });
  expect(summarizeHealth([])).toEqual({ status: 'healthy', problems: [] });
  expect(summarizeHealth([waiting, broken])).toEqual({
    status: 'failed',
    problems: ['PersistentVolumeClaim n/x: is Pending', 'Widget n/x: Broken'],
  });
});
