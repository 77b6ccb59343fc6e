import { listAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { type HealthTable, stateless } from './health-rule.ts';
import { conditionOf, expectTrue, healthy, isFalse, messageOf, type ObjectHealth, resting } from './object-health.ts';

/** Networking, discovery, autoscaling and policy: what acts on workloads and is not waited for by them. */
export const TRAFFIC_HEALTH: HealthTable = {
  'networking.k8s.io/Ingress': ingressHealth,
  'networking.k8s.io/IngressClass': stateless,
  'networking.k8s.io/IPAddress': stateless,
  'networking.k8s.io/NetworkPolicy': stateless,
  'networking.k8s.io/ServiceCIDR': (object) => expectTrue(object, 'Ready'),
  'discovery.k8s.io/EndpointSlice': stateless,
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'policy/PodDisruptionBudget': budgetHealth,
};

/** Many controllers never publish an address (behind a host port, say), and serve all the same. */
function ingressHealth(object: KubeObject): ObjectHealth {
  const addresses = listAt(object, 'status', 'loadBalancer', 'ingress');
  return addresses.length > 0 ? healthy : resting('no controller has published an address for it');
}

/** An autoscaler that lacks metrics or its target rests: its workload runs without it, and somebody has to mend that. */
function autoscalerHealth(object: KubeObject): ObjectHealth {
  const stuck = ['AbleToScale', 'ScalingActive'].find((type) => isFalse(object, type));
  return stuck === undefined ? healthy : resting(messageOf(object, stuck));
}

/** Pods that may not be evicted are what it is for; only one that cannot be computed at all is told. */
function budgetHealth(object: KubeObject): ObjectHealth {
  const condition = conditionOf(object, 'DisruptionAllowed');
  return textAt(condition, 'reason') === 'SyncFailed' ? resting(messageOf(object, 'DisruptionAllowed')) : healthy;
}
