import { at, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { type HealthContext, type HealthTable, stateless } from './health-rule.ts';
import { failed, healthy, isTrue, type ObjectHealth, oneLine, progressing, resting } from './object-health.ts';

/** Volumes, claims and the storage group. */
export const STORAGE_HEALTH: HealthTable = {
  '/PersistentVolumeClaim': claimHealth,
  '/PersistentVolume': volumeHealth,
  'storage.k8s.io/VolumeAttachment': attachmentHealth,
  'storage.k8s.io/CSIDriver': stateless,
  'storage.k8s.io/CSINode': stateless,
  'storage.k8s.io/CSIStorageCapacity': stateless,
  'storage.k8s.io/StorageClass': stateless,
  'storage.k8s.io/VolumeAttributesClass': stateless,
};

function claimHealth(object: KubeObject, context: HealthContext): ObjectHealth {
  const phase = textAt(object, 'status', 'phase');
  if (phase === 'Lost') return failed('its volume is lost');
  if (phase !== 'Bound') return pendingHealth(object, phase, context);
  const grows = isTrue(object, 'FileSystemResizePending');
  return grows ? resting('its file system grows when a pod uses it') : healthy;
}

/**
 * A claim of a class with `WaitForFirstConsumer` stays pending until a pod uses it. From then on it carries the Node that
 * the scheduler chose (pkg/controller/volume/persistentvolume: `volume.kubernetes.io/selected-node`) and binds by itself.
 */
function pendingHealth(object: KubeObject, phase: string | undefined, { storageClasses }: HealthContext): ObjectHealth {
  const plain = progressing(`is ${phase ?? 'not bound'}`);
  const { annotations } = object.metadata;
  if (annotations?.['volume.kubernetes.io/selected-node'] !== undefined) return plain;
  const name =
    annotations?.['volume.beta.kubernetes.io/storage-class'] ?? textAt(object, 'spec', 'storageClassName') ?? '';
  if (name === '') return progressing(`is ${phase ?? 'not bound'}: it has no storage class, and no volume fits it yet`);
  if (storageClasses === undefined) return plain;
  const storageClass = storageClasses.get(name);
  if (!storageClass) return progressing(`is ${phase ?? 'not bound'}: there is no StorageClass ${oneLine(name)}`);
  const waits = textAt(storageClass, 'volumeBindingMode') === 'WaitForFirstConsumer';
  return waits ? resting('waits for the first pod that uses it') : plain;
}

/** Available is as good as bound: a volume waits for its claim, not the other way round. */
function volumeHealth(object: KubeObject): ObjectHealth {
  const phase = textAt(object, 'status', 'phase');
  if (phase === 'Available' || phase === 'Bound') return healthy;
  if (phase === 'Failed') return failed(oneLine(textAt(object, 'status', 'message') || 'could not be reclaimed'));
  if (phase === 'Released' && textAt(object, 'spec', 'persistentVolumeReclaimPolicy') === 'Retain') {
    return resting('its claim is gone, and its data waits for somebody to decide');
  }
  return progressing(`is ${phase ?? 'not seen by its controller'}`);
}

function attachmentHealth(object: KubeObject): ObjectHealth {
  if (at(object, 'status', 'attached') === true) return healthy;
  const error = textAt(object, 'status', 'attachError', 'message');
  return progressing(error ? oneLine(error) : 'is not attached yet');
}
