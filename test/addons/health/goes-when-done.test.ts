import { expect, test } from 'vitest';
import { goesWhenDone } from '../../../src/addons/health/goes-when-done.ts';
import { object } from './health-fixture.ts';

// kube-apiserver lets events expire (--event-ttl), kube-controller-manager cleans up requests for certificates, and Jobs with a TTL
test.each([
  ['v1', 'Event'],
  ['events.k8s.io/v1', 'Event'],
  ['certificates.k8s.io/v1', 'CertificateSigningRequest'],
  ['certificates.k8s.io/v1beta1', 'PodCertificateRequest'],
])('Kubernetes deletes by itself: %s %s', (apiVersion, kind) => {
  expect(goesWhenDone(object(apiVersion, kind))).toBe(true);
});

test.each([
  ['v1', 'ConfigMap'],
  ['example.com/v1', 'Event'],
  ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
])('what stays until somebody deletes it: %s %s', (apiVersion, kind) => {
  expect(goesWhenDone(object(apiVersion, kind))).toBe(false);
});

test('a Job goes by itself where it has a TTL, also of no time at all', () => {
  expect(goesWhenDone(object('batch/v1', 'Job', {}, { ttlSecondsAfterFinished: 0 }))).toBe(true);
});
