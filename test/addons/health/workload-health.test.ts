import { expect, test } from 'vitest';
import { condition, type HealthCase, object, tell } from './health-fixture.ts';

const TWO = { replicas: 2 };
const COUNTS = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 };
const AVAILABLE = [condition('Available', 'True')];
const deployment = (status: object = {}, spec: object = {}) =>
  object('apps/v1', 'Deployment', { ...COUNTS, conditions: AVAILABLE, ...status }, { ...TWO, ...spec });

test.for<HealthCase>([
  ['done is healthy', deployment(), 'healthy'],
  [
    'one without a status is not seen yet, though zero replicas are wanted',
    object('apps/v1', 'Deployment', undefined, { replicas: 0 }),
    'progressing: its controller has not seen it',
  ],
  [
    'a change that nobody looked at is waited for',
    deployment({ observedGeneration: 1 }),
    'progressing: its controller has not seen the last change',
  ],
  ['pods that are missing are waited for', deployment({ replicas: 0 }), 'progressing: 0 of 2 pods exist'],
  ['half available is waited for', deployment({ availableReplicas: 1 }), 'progressing: 1 of 2 pods are available'],
  ['scaling down is waited for', deployment({ replicas: 3 }), 'progressing: old replicas are being removed'],
  [
    'scaled to zero is healthy',
    deployment({ replicas: 0, updatedReplicas: 0, readyReplicas: 0, availableReplicas: 0 }, { replicas: 0 }),
    'healthy',
  ],
  [
    'past its deadline has failed',
    deployment({ conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'timed out')] }),
    'failed: timed out',
  ],
  [
    'one that says it does not progress is believed, whatever its counts',
    deployment({ conditions: [...AVAILABLE, condition('Progressing', 'False', 'ReplicaSetCreateError', 'no set')] }),
    'progressing: no set',
  ],
  [
    'pods that may not be made give the reason instead of a count',
    deployment({ replicas: 0, conditions: [condition('ReplicaFailure', 'True', 'FailedCreate', 'quota')] }),
    'progressing: quota',
  ],
  [
    'paused before its first rollout it has no pods, and rests',
    deployment({ replicas: 0, updatedReplicas: 0, conditions: [] }, { paused: true }),
    'resting: is paused: 0 of 2 pods are updated',
  ],
  [
    'paused within a rollout it has too many pods, and rests',
    deployment({ replicas: 3, updatedReplicas: 1 }, { paused: true }),
    'resting: is paused: 1 of 2 pods are updated',
  ],
  ['paused when all was done it rests', deployment({}, { paused: true }), 'resting: is paused'],
  [
    'paused with pods that are not available it is waited for: those come back',
    deployment({ conditions: [condition('Available', 'False', '', 'too few')] }, { paused: true }),
    'progressing: too few',
  ],
])('a Deployment: %s', ([, live, expected]) => {
  expect(tell(live)).toBe(expected);
});

const statefulSet = (status: object = {}, spec: object = {}) =>
  object(
    'apps/v1',
    'StatefulSet',
    { ...COUNTS, currentReplicas: 2, currentRevision: 'b', updateRevision: 'b', ...status },
    { ...TWO, ...spec },
  );
const onDelete = { updateStrategy: { type: 'OnDelete' } };
const partition = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } };

test.for<HealthCase>([
  ['done is healthy', statefulSet(), 'healthy'],
  ['a rollout is waited for', statefulSet({ currentRevision: 'a' }), 'progressing: is being rolled out'],
  [
    'a pod that is ready and about to be replaced is waited for',
    statefulSet({ currentReplicas: 1 }),
    'progressing: 1 of 2 pods are of the current revision',
  ],
  [
    'up to its partition it is done, and the others rest',
    statefulSet({ updatedReplicas: 1, currentReplicas: 1, currentRevision: 'a' }, partition),
    'resting: 1 of 2 pods are updated, the others when somebody asks for it',
  ],
  ['with a partition and nothing to roll out it is healthy', statefulSet({}, partition), 'healthy'],
  [
    'short of its partition it is waited for',
    statefulSet({ updatedReplicas: 0, currentReplicas: 2, currentRevision: 'a' }, partition),
    'progressing: 0 of 1 pods are updated',
  ],
  [
    'a partition above all of its pods leaves every one alone',
    statefulSet(
      { updatedReplicas: 0, currentRevision: 'a' },
      { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 5 } } },
    ),
    'resting: 0 of 2 pods are updated, the others when somebody asks for it',
  ],
  [
    'with OnDelete a pod that is not ready is waited for',
    statefulSet({ readyReplicas: 0 }, onDelete),
    'progressing: 0 of 2 pods are ready',
  ],
  [
    'with OnDelete a pod that does not exist is waited for',
    statefulSet({ replicas: 1 }, onDelete),
    'progressing: 1 of 2 pods exist',
  ],
  [
    'with OnDelete old pods rest until somebody deletes them',
    statefulSet({ updatedReplicas: 1, currentRevision: 'a' }, onDelete),
    'resting: 1 of 2 pods are updated, the others when somebody asks for it',
  ],
  [
    'with OnDelete it is healthy once all were replaced, though its current revision stays the old one',
    statefulSet({ currentRevision: 'a', currentReplicas: 0 }, onDelete),
    'healthy',
  ],
  [
    'that wants pods to stay ready is waited for',
    statefulSet({ availableReplicas: 1 }, { minReadySeconds: 10 }),
    'progressing: 1 of 2 pods are available',
  ],
  [
    'scaled to zero is healthy',
    statefulSet({ replicas: 0, readyReplicas: 0, updatedReplicas: 0, currentReplicas: 0 }, { replicas: 0 }),
    'healthy',
  ],
])('a StatefulSet: %s', ([, live, expected]) => {
  expect(tell(live)).toBe(expected);
});

const SPREAD = {
  observedGeneration: 2,
  desiredNumberScheduled: 2,
  currentNumberScheduled: 2,
  updatedNumberScheduled: 2,
  numberAvailable: 2,
  numberReady: 2,
};
const daemonSet = (status: object = {}, spec: object = {}) =>
  object('apps/v1', 'DaemonSet', { ...SPREAD, ...status }, spec);

test.for<HealthCase>([
  ['done is healthy', daemonSet(), 'healthy'],
  [
    'a pod that is not available is waited for',
    daemonSet({ numberAvailable: 0 }),
    'progressing: 0 of 2 pods are available',
  ],
  ['old pods are waited for', daemonSet({ updatedNumberScheduled: 0 }), 'progressing: 0 of 2 pods are updated'],
  [
    'with OnDelete old pods rest until somebody deletes them',
    daemonSet({ updatedNumberScheduled: 0 }, onDelete),
    'resting: 0 of 2 pods are updated, the others when somebody deletes them',
  ],
  [
    'with OnDelete a pod that is not ready is waited for',
    daemonSet({ numberReady: 1, numberAvailable: 2 }, onDelete),
    'progressing: 1 of 2 pods are ready',
  ],
  [
    'one that no node matches is healthy',
    object('apps/v1', 'DaemonSet', { observedGeneration: 2, desiredNumberScheduled: 0 }),
    'healthy',
  ],
  [
    'one without a controller is not seen',
    object('apps/v1', 'DaemonSet'),
    'progressing: its controller has not seen it',
  ],
])('a DaemonSet: %s', ([, live, expected]) => {
  expect(tell(live)).toBe(expected);
});

test('a DaemonSet rests on Nodes that are silent, and on no others', () => {
  const short = (count: number) => daemonSet({ numberAvailable: count, numberReady: count });
  expect(tell(short(1), { silentNodes: 1 })).toBe(
    'resting: 1 of 2 pods are available: the kubelet of a Node is silent',
  );
  expect(tell(short(0), { silentNodes: 1 })).toBe('progressing: 0 of 2 pods are available');
  expect(tell(short(0), { silentNodes: 3 })).toBe(
    'resting: 0 of 2 pods are available: the kubelet of 3 Nodes is silent',
  );
  expect(tell(short(1), { silentNodes: 0 })).toBe('progressing: 1 of 2 pods are available');
  expect(tell(daemonSet(), { silentNodes: 1 })).toBe('healthy');
});

const KEPT = { ...COUNTS, fullyLabeledReplicas: 2 };

test.for(['apps/v1 ReplicaSet', 'v1 ReplicationController'])('a %s is as well as its pods', (type) => {
  const [apiVersion = '', kind = ''] = type.split(' ');
  const of = (status: object, spec: object = TWO) => tell(object(apiVersion, kind, { ...KEPT, ...status }, spec));
  expect(of({})).toBe('healthy');
  expect(of({ readyReplicas: 1 })).toBe('progressing: 1 of 2 pods are ready');
  expect(of({ replicas: 3 })).toBe('progressing: pods are being removed');
  expect(of({ conditions: [condition('ReplicaFailure', 'True', 'FailedCreate', 'quota')] })).toBe('progressing: quota');
  expect(of({ replicas: 0, fullyLabeledReplicas: 0 }, { replicas: 0 })).toBe('healthy');
});
