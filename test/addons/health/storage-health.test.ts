import { expect, test } from 'vitest';
import type { HealthContext } from '../../../src/addons/health/health-rule.ts';
import { condition, type HealthCase, object, tell } from './health-fixture.ts';

const storageClass = (volumeBindingMode: string) => ({
  ...object('storage.k8s.io/v1', 'StorageClass'),
  volumeBindingMode,
});
const CONTEXT: HealthContext = {
  storageClasses: new Map([
    ['local', storageClass('WaitForFirstConsumer')],
    ['fast', storageClass('Immediate')],
  ]),
};
const claim = (storageClassName: string | undefined, status: object = { phase: 'Pending' }, annotations = {}) =>
  object('v1', 'PersistentVolumeClaim', status, { storageClassName }, { annotations });
const SELECTED = { 'volume.kubernetes.io/selected-node': 'w-1' };

test.for<HealthCase>([
  ['bound is healthy', claim('fast', { phase: 'Bound' }), 'healthy'],
  ['of a class that binds at once is waited for', claim('fast'), 'progressing: is Pending'],
  ['of a class that waits for its first pod rests', claim('local'), 'resting: waits for the first pod that uses it'],
  [
    'named by its old annotation, the class counts as well',
    claim(undefined, { phase: 'Pending' }, { 'volume.beta.kubernetes.io/storage-class': 'local' }),
    'resting: waits for the first pod that uses it',
  ],
  [
    'that a pod uses is waited for, as the scheduler has chosen a node',
    claim('local', { phase: 'Pending' }, SELECTED),
    'progressing: is Pending',
  ],
  ['of a class that does not exist names it', claim('nope'), 'progressing: is Pending: there is no StorageClass nope'],
  [
    'without a class waits for a volume',
    claim(''),
    'progressing: is Pending: it has no storage class, and no volume fits it yet',
  ],
  ['nobody saw is waited for', claim('fast', {}), 'progressing: is not bound'],
  ['whose volume is lost has failed', claim('fast', { phase: 'Lost' }), 'failed: its volume is lost'],
  [
    'that grows when a pod uses it rests',
    claim('fast', { phase: 'Bound', conditions: [condition('FileSystemResizePending', 'True')] }),
    'resting: its file system grows when a pod uses it',
  ],
])('a claim: %s', ([, live, expected]) => {
  expect(tell(live, CONTEXT)).toBe(expected);
});

test('a claim is waited for where the storage classes could not be read', () => {
  expect(tell(claim('local'))).toBe('progressing: is Pending');
});

const volume = (phase: string | undefined, persistentVolumeReclaimPolicy = 'Retain', message = '') =>
  object('v1', 'PersistentVolume', { phase, message }, { persistentVolumeReclaimPolicy });

test.for<HealthCase>([
  ['a volume without a claim is healthy', volume('Available'), 'healthy'],
  ['a volume with its claim is healthy', volume('Bound'), 'healthy'],
  [
    'a volume that is kept after its claim rests',
    volume('Released'),
    'resting: its claim is gone, and its data waits for somebody to decide',
  ],
  ['a volume that goes with its claim is waited for', volume('Released', 'Delete'), 'progressing: is Released'],
  ['a volume that could not be reclaimed has failed', volume('Failed', 'Delete', 'no plugin'), 'failed: no plugin'],
  ['a volume that nobody saw is waited for', volume(undefined), 'progressing: is not seen by its controller'],
  [
    'an attachment that does not come gives its error',
    object('storage.k8s.io/v1', 'VolumeAttachment', { attached: false, attachError: { message: 'busy' } }),
    'progressing: busy',
  ],
  ['an attachment is healthy', object('storage.k8s.io/v1', 'VolumeAttachment', { attached: true }), 'healthy'],
])('%s', ([, live, expected]) => {
  expect(tell(live)).toBe(expected);
});
