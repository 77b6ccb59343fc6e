import { expect, test } from 'vitest';
import { goesWhenDone } from '../../../src/addons/health/goes-when-done.ts';
import { healthOf, summarizeHealth } from '../../../src/addons/health/health.ts';
import { type KubeObject, refOf } from '../../../src/objects/kube-object.ts';
import { condition, type HealthCase, object, tell } from './health-fixture.ts';

const widget = (status?: unknown) => object('example.com/v1', 'Widget', status);

test.for<HealthCase>([
  ['a resource without a status is healthy', widget(), 'healthy'],
  ['a resource that is ready is healthy', widget({ conditions: [condition('Ready', 'True')] }), 'healthy'],
  [
    'a resource that is not ready says why',
    widget({ conditions: [condition('Ready', 'False', '', 'waits\nfor x')] }),
    'progressing: waits for x',
  ],
  [
    'a resource that has stalled has failed',
    widget({ conditions: [condition('Stalled', 'True', 'Broken')] }),
    'failed: Broken',
  ],
  [
    'a resource at work is progressing',
    widget({ conditions: [condition('Reconciling', 'True', 'Busy')] }),
    'progressing: Busy',
  ],
  [
    'a change that its controller has not seen is waited for',
    widget({ observedGeneration: 1, conditions: [condition('Ready', 'True')] }),
    'progressing: its controller has not seen the last change',
  ],
  [
    'a custom resource called like one of Kubernetes has no rule of that',
    object('example.com/v1', 'Pod', { phase: 'Failed' }),
    'healthy',
  ],
  ['a kind called like a property of every object has no rule', object('example.com/v1', 'constructor', {}), 'healthy'],
  [
    'anything being deleted is going',
    object('v1', 'ConfigMap', undefined, undefined, { deletionTimestamp: 'x' }),
    'progressing: is being deleted',
  ],
  [
    'what is held by finalizers is going, and names them',
    object(
      'v1',
      'Namespace',
      { phase: 'Terminating' },
      { finalizers: ['kubernetes'] },
      {
        deletionTimestamp: 'x',
        finalizers: ['example.com/clean'],
      },
    ),
    'progressing: is being deleted, held by example.com/clean, kubernetes',
  ],
])('%s', ([, live, expected]) => {
  expect(tell(live)).toBe(expected);
});

const found = (live: KubeObject) => ({ ref: refOf(live), health: healthOf(live) });

test('an add-on is as well as the worst of its objects, and names each', () => {
  const waiting = object('v1', 'PersistentVolumeClaim', { phase: 'Pending' }, { storageClassName: 'fast' });
  const broken = widget({ conditions: [condition('Stalled', 'True', 'Broken')] });
  expect(summarizeHealth([])).toEqual({ status: 'healthy', problems: [], notes: [] });
  expect(summarizeHealth([waiting, broken].map(found))).toEqual({
    status: 'failed',
    problems: ['PersistentVolumeClaim n/x: is Pending', 'Widget n/x: Broken'],
    notes: [],
  });
});

test('an add-on with nothing but objects that rest is healthy, and says what they rest for', () => {
  const suspended = object('batch/v1', 'CronJob', {}, { suspend: true });
  expect(summarizeHealth([found(suspended)])).toEqual({
    status: 'healthy',
    problems: [],
    notes: ['CronJob n/x: is suspended'],
  });
});

test('what Kubernetes deletes when it is done is known as that, and nothing else', () => {
  expect(goesWhenDone(object('batch/v1', 'Job', {}, { ttlSecondsAfterFinished: 0 }))).toBe(true);
  expect(goesWhenDone(object('batch/v1', 'Job', {}, {}))).toBe(false);
  expect(goesWhenDone(object('certificates.k8s.io/v1', 'CertificateSigningRequest'))).toBe(true);
  expect(goesWhenDone(object('example.com/v1', 'Job', {}, { ttlSecondsAfterFinished: 0 }))).toBe(false);
  expect(goesWhenDone(object('v1', 'ConfigMap'))).toBe(false);
});
