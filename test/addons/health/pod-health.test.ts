import { expect, test } from 'vitest';
import { condition, type HealthCase, object, tell } from './health-fixture.ts';

const container = (reason: string) => ({ state: { waiting: { reason } } });
const pod = (status: object) => object('v1', 'Pod', { phase: 'Pending', ...status });
const job = (status: object, spec?: object) => object('batch/v1', 'Job', status, spec);

const PODS: readonly HealthCase[] = [
  ['one that is ready is healthy', pod({ phase: 'Running', conditions: [condition('Ready', 'True')] }), 'healthy'],
  ['one that runs and is not ready is waited for', pod({ phase: 'Running' }), 'progressing: is running'],
  ['one that has succeeded is healthy', pod({ phase: 'Succeeded' }), 'healthy'],
  ['one that has failed has failed', pod({ phase: 'Failed', message: 'Evicted: disk' }), 'failed: Evicted: disk'],
  [
    'one that crashes has failed',
    pod({ phase: 'Running', containerStatuses: [container('CrashLoopBackOff')] }),
    'failed: a container keeps crashing',
  ],
  [
    'one with a container that crashes beside one that only waits has failed',
    pod({ containerStatuses: [container('ContainerCreating'), container('CrashLoopBackOff')] }),
    'failed: a container keeps crashing',
  ],
  [
    'one whose init container crashes has failed',
    pod({ initContainerStatuses: [container('CrashLoopBackOff')], containerStatuses: [container('PodInitializing')] }),
    'failed: a container keeps crashing',
  ],
  [
    'one without its image is waited for: registries come back',
    pod({ containerStatuses: [container('ImagePullBackOff')] }),
    'progressing: ImagePullBackOff',
  ],
  [
    'one with an image that has no valid name has failed',
    pod({ containerStatuses: [container('ContainerCreating'), container('InvalidImageName')] }),
    'failed: InvalidImageName',
  ],
  [
    'one that finds no node is waited for, however long: a node may join',
    pod({ conditions: [condition('PodScheduled', 'False', 'Unschedulable', '0/1 nodes are available')] }),
    'progressing: 0/1 nodes are available',
  ],
  [
    'one behind a scheduling gate rests',
    pod({ conditions: [condition('PodScheduled', 'False', 'SchedulingGated', 'gated')] }),
    'resting: waits behind a scheduling gate',
  ],
  ['one that nobody saw is waited for', object('v1', 'Pod'), 'progressing: is not scheduled'],
];

test.for<HealthCase>([...PODS])('a Pod: %s', ([, live, expected]) => {
  expect(tell(live)).toBe(expected);
});

const JOBS: readonly HealthCase[] = [
  ['one that runs is healthy', job({ startTime: 'x' }), 'healthy'],
  ['one that is complete is healthy', job({ conditions: [condition('Complete', 'True')] }), 'healthy'],
  [
    'one that was suspended and is complete is healthy',
    job({ conditions: [condition('Complete', 'True')] }, { suspend: true }),
    'healthy',
  ],
  [
    'one that failed has failed',
    job({ startTime: 'x', conditions: [condition('Failed', 'True', '', 'backoff')] }),
    'failed: backoff',
  ],
  [
    'one that is bound to fail has failed',
    job({ conditions: [condition('FailureTarget', 'True', '', 'late')] }),
    'failed: late',
  ],
  ['one that is suspended rests', job({}, { suspend: true }), 'resting: is suspended'],
  ['one that has not started is waited for', job({}), 'progressing: has not started'],
  ['a CronJob is healthy', object('batch/v1', 'CronJob', {}, {}), 'healthy'],
  ['a CronJob that is suspended rests', object('batch/v1', 'CronJob', {}, { suspend: true }), 'resting: is suspended'],
];

test.for<HealthCase>([...JOBS])('a Job: %s', ([, live, expected]) => {
  expect(tell(live)).toBe(expected);
});
