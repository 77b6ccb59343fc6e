import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/objects/kube-object.ts';
import { condition, type HealthCase, object, tell } from './health-fixture.ts';

const withConditions = (apiVersion: string, kind: string, ...conditions: object[]): KubeObject =>
  object(apiVersion, kind, { conditions });
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

const definition = (...conditions: object[]) =>
  withConditions('apiextensions.k8s.io/v1', 'CustomResourceDefinition', ...conditions);
const csr = (status: object) => object('certificates.k8s.io/v1', 'CertificateSigningRequest', status);
const CLUSTER: readonly HealthCase[] = [
  ['a definition that is served is healthy', definition(condition('Established', 'True')), 'healthy'],
  [
    'a definition whose names are taken has failed',
    definition(condition('NamesAccepted', 'False', '', 'taken')),
    'failed: taken',
  ],
  [
    'a definition that is being installed is waited for',
    definition(condition('Established', 'False', 'Installing')),
    'progressing: Installing',
  ],
  [
    'a definition that is refused has failed',
    definition(condition('Established', 'False', 'NotAccepted', 'no')),
    'failed: no',
  ],
  [
    'a definition without a structural schema is served, and rests',
    definition(condition('Established', 'True'), condition('NonStructuralSchema', 'True', '', 'no type')),
    'resting: no type',
  ],
  [
    'an aggregated API that is down is waited for',
    withConditions('apiregistration.k8s.io/v1', 'APIService', condition('Available', 'False', '', 'no endpoints')),
    'progressing: no endpoints',
  ],
  [
    'a policy with an expression of a wrong type says so, and rests',
    object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', {
      typeChecking: { expressionWarnings: [{ fieldRef: 'spec.validations[0]', warning: 'undefined field' }] },
    }),
    'resting: spec.validations[0]: undefined field',
  ],
  [
    'a flow schema whose priority level is missing rests',
    withConditions('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', condition('Dangling', 'True', '', 'no level')),
    'resting: no level',
  ],
  ['a signing request waits for a human', csr({}), 'resting: waits for somebody to approve it'],
  [
    'a signing request that is approved is waited for',
    csr({ conditions: [condition('Approved', 'True')] }),
    'progressing: is not signed yet',
  ],
  [
    'a signing request that is signed is healthy',
    csr({ conditions: [condition('Approved', 'True')], certificate: 'eA==' }),
    'healthy',
  ],
  [
    'a signing request that is denied has failed',
    csr({ conditions: [condition('Denied', 'True', '', 'no')] }),
    'failed: no',
  ],
  [
    'a rewrite of stored objects is waited for',
    withConditions('storagemigration.k8s.io/v1beta1', 'StorageVersionMigration', condition('Running', 'True')),
    'progressing: stored objects are being rewritten',
  ],
  [
    'a claim of devices waits for its pod',
    object('resource.k8s.io/v1', 'ResourceClaim', {}),
    'resting: waits for the first pod that uses it',
  ],
  [
    'a claim of devices that has them is healthy',
    object('resource.k8s.io/v1', 'ResourceClaim', { allocation: {} }),
    'healthy',
  ],
];

describe.for([
  ['a Pod', PODS],
  ['a Job', JOBS],
  ['what serves workloads', CORE],
  ['what the API server is made of', CLUSTER],
] as const)('%s', ([, cases]) => {
  test.for<HealthCase>([...cases])('%s', ([, live, expected]) => {
    expect(tell(live)).toBe(expected);
  });
});
