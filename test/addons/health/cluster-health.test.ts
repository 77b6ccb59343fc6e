import { expect, test } from 'vitest';
import { condition, type HealthCase, object, tell, withConditions } from './health-fixture.ts';

const definition = (...conditions: object[]) =>
  withConditions('apiextensions.k8s.io/v1', 'CustomResourceDefinition', ...conditions);
const csr = (status: object) => object('certificates.k8s.io/v1', 'CertificateSigningRequest', status);
const podCertificate = (...conditions: object[]) =>
  withConditions('certificates.k8s.io/v1beta1', 'PodCertificateRequest', ...conditions);
const poolRequest = (...conditions: object[]) =>
  withConditions('resource.k8s.io/v1alpha3', 'ResourcePoolStatusRequest', ...conditions);
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
    'a policy without warnings is healthy',
    object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', {}),
    'healthy',
  ],
  [
    'a rewrite of stored objects that is done is healthy',
    withConditions('storagemigration.k8s.io/v1beta1', 'StorageVersionMigration', condition('Succeeded', 'True')),
    'healthy',
  ],
  [
    'a rewrite of stored objects that failed has failed',
    withConditions('storagemigration.k8s.io/v1beta1', 'StorageVersionMigration', condition('Failed', 'True', '', 'no')),
    'failed: no',
  ],
  ['a certificate of a pod that is issued is healthy', podCertificate(condition('Issued', 'True')), 'healthy'],
  ['a certificate of a pod that is not is waited for', podCertificate(), 'progressing: not issued'],
  [
    'a certificate of a pod that is denied has failed',
    podCertificate(condition('Denied', 'True', '', 'no')),
    'failed: no',
  ],
  ['a question about devices that is answered is healthy', poolRequest(condition('Complete', 'True')), 'healthy'],
  ['a question about devices is waited for', poolRequest(), 'progressing: is not answered yet'],
  [
    'a question about devices that has no answer rests',
    poolRequest(condition('Failed', 'True', '', 'no')),
    'resting: no',
  ],
  [
    'a taint of devices is waited for while it evicts',
    withConditions('resource.k8s.io/v1beta2', 'DeviceTaintRule', condition('EvictionInProgress', 'True', '', '1 pod')),
    'progressing: 1 pod',
  ],
  [
    'a taint of devices that has evicted all is healthy',
    withConditions('resource.k8s.io/v1beta2', 'DeviceTaintRule', condition('EvictionInProgress', 'False')),
    'healthy',
  ],
  ['a group of pods without any is healthy', object('scheduling.k8s.io/v1alpha2', 'PodGroup', {}), 'healthy'],
  [
    'a group of pods that finds no room is waited for',
    withConditions('scheduling.k8s.io/v1alpha2', 'PodGroup', condition('PodGroupScheduled', 'False', '', 'no room')),
    'progressing: no room',
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

test.for<HealthCase>([...CLUSTER])('%s', ([, live, expected]) => {
  expect(tell(live)).toBe(expected);
});
