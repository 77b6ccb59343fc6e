import { at, isMapping, listAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { type HealthTable, stateless } from './health-rule.ts';
import { expectTrue, healthy, type ObjectHealth, progressing, resting } from './object-health.ts';
import { podHealth } from './pod-health.ts';

/** The core group, but for what keeps pods (workload-health.ts) and what stores data (storage-health.ts). */
export const CORE_HEALTH: HealthTable = {
  '/Pod': podHealth,
  '/Service': serviceHealth,
  '/Node': nodeHealth,
  '/ResourceQuota': quotaHealth,
  // one that goes away has a deletionTimestamp, and is told apart before
  '/Namespace': stateless,
  '/ComponentStatus': stateless,
  '/ConfigMap': stateless,
  '/Endpoints': stateless,
  '/Event': stateless,
  '/LimitRange': stateless,
  '/PodTemplate': stateless,
  '/Secret': stateless,
  '/ServiceAccount': stateless,
};

/**
 * The address of a load balancer is given by a cloud's controller, or by an add-on such as MetalLB: where there is none, it
 * never comes. Within the cluster the Service works without. kstatus waits for the clusterIP alone, too.
 */
function serviceHealth(object: KubeObject): ObjectHealth {
  if (textAt(object, 'spec', 'type') !== 'LoadBalancer') return healthy;
  if (!textAt(object, 'spec', 'clusterIP')) return progressing('has no address in the cluster yet');
  const addresses = listAt(object, 'status', 'loadBalancer', 'ingress');
  return addresses.length > 0 ? healthy : resting('no load balancer has given it an address');
}

function nodeHealth(object: KubeObject): ObjectHealth {
  const ready = expectTrue(object, 'Ready');
  if (ready.status !== 'healthy') return ready;
  return at(object, 'spec', 'unschedulable') === true ? resting('is cordoned') : healthy;
}

/** Until the controller has copied `hard` into the status, nothing is counted, and nothing is limited. */
function quotaHealth(object: KubeObject): ObjectHealth {
  const hard = at(object, 'spec', 'hard');
  const counted = at(object, 'status', 'hard');
  const names = isMapping(hard) ? Object.keys(hard) : [];
  const isCounted = names.every((name) => isMapping(counted) && Object.hasOwn(counted, name));
  return isCounted ? healthy : progressing('is not in force yet');
}
