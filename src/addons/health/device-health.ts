import { at } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { type HealthTable, stateless } from './health-rule.ts';
import { healthy, isFalse, isTrue, messageOf, type ObjectHealth, progressing, resting } from './object-health.ts';

/** Devices (dynamic resource allocation), and what the scheduler places in groups. */
export const DEVICE_HEALTH: HealthTable = {
  'resource.k8s.io/ResourceClaim': claimHealth,
  'resource.k8s.io/DeviceTaintRule': taintHealth,
  'resource.k8s.io/ResourcePoolStatusRequest': requestHealth,
  'resource.k8s.io/DeviceClass': stateless,
  'resource.k8s.io/ResourceClaimTemplate': stateless,
  'resource.k8s.io/ResourceSlice': stateless,
  'scheduling.k8s.io/PodGroup': groupHealth,
  'scheduling.k8s.io/PriorityClass': stateless,
  'scheduling.k8s.io/Workload': stateless,
  'node.k8s.io/RuntimeClass': stateless,
};

/** Allocated when the scheduler places the first pod that uses it, and freed after the last. */
function claimHealth(object: KubeObject): ObjectHealth {
  return at(object, 'status', 'allocation') === undefined ? resting('waits for the first pod that uses it') : healthy;
}

/** The condition is true only as long as pods are being evicted for the taint. */
function taintHealth(object: KubeObject): ObjectHealth {
  return isTrue(object, 'EvictionInProgress') ? progressing(messageOf(object, 'EvictionInProgress')) : healthy;
}

/** A question, answered once. */
function requestHealth(object: KubeObject): ObjectHealth {
  if (isTrue(object, 'Complete')) return healthy;
  return isTrue(object, 'Failed') ? resting(messageOf(object, 'Failed')) : progressing('is not answered yet');
}

/** A group without pods has no condition, and nothing to place; for one that finds no room a Node may join. */
function groupHealth(object: KubeObject): ObjectHealth {
  return isFalse(object, 'PodGroupScheduled') ? progressing(messageOf(object, 'PodGroupScheduled')) : healthy;
}
