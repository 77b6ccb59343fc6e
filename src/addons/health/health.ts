import { numberAt, textAt } from '../../json/record.ts';
import { formatRef, type KubeObject, refOf } from '../../objects/kube-object.ts';
import { groupOf } from '../../objects/object-ref.ts';
import type { AddonHealth } from '../addon-state.ts';
import { conditionOf, failed, healthy, messageOf, type ObjectHealth, progressing } from './object-health.ts';
import { workloadHealth } from './workload-health.ts';

/** What a live object's status says of it. */
export function healthOf(object: KubeObject): ObjectHealth {
  if (object.metadata.deletionTimestamp !== undefined) return progressing('is being deleted');
  const generation = numberAt(object, 'metadata', 'generation');
  const observed = numberAt(object, 'status', 'observedGeneration');
  if (generation !== undefined && observed !== undefined && observed < generation) {
    return progressing('its controller has not seen the last change');
  }
  if (conditionOf(object, 'Stalled')?.status === 'True') return failed(messageOf(object, 'Stalled'));
  if (conditionOf(object, 'Reconciling')?.status === 'True') return progressing(messageOf(object, 'Reconciling'));
  return workloadHealth(object) ?? otherHealth(object);
}

function otherHealth(object: KubeObject): ObjectHealth {
  const phase = textAt(object, 'status', 'phase');
  switch (`${groupOf(object)}/${object.kind}`) {
    case '/PersistentVolumeClaim':
      return phase === 'Bound' ? healthy : progressing(`is ${phase ?? 'not bound'}`);
    case '/Service': {
      const waits = textAt(object, 'spec', 'type') === 'LoadBalancer' && !textAt(object, 'spec', 'clusterIP');
      return waits ? progressing('has no address yet') : healthy;
    }
    case 'apiextensions.k8s.io/CustomResourceDefinition':
      if (conditionOf(object, 'NamesAccepted')?.status === 'False') return failed(messageOf(object, 'NamesAccepted'));
      return expectTrue(object, 'Established');
    case 'apiregistration.k8s.io/APIService':
      return expectTrue(object, 'Available');
    default:
      return conditionOf(object, 'Ready') ? expectTrue(object, 'Ready') : healthy;
  }
}

function expectTrue(object: KubeObject, type: string): ObjectHealth {
  return conditionOf(object, type)?.status === 'True' ? healthy : progressing(messageOf(object, type));
}

/** An add-on is as well as the worst of its objects. */
export function summarizeHealth(objects: readonly KubeObject[]): AddonHealth {
  const found = objects.map((object) => ({ object, health: healthOf(object) }));
  const bad = found.filter(({ health }) => health.status !== 'healthy');
  const status = bad.some(({ health }) => health.status === 'failed') ? 'failed' : 'progressing';
  const problems = bad.map(({ object, health }) => `${formatRef(refOf(object))}: ${health.reason ?? health.status}`);
  return { status: bad.length === 0 ? 'healthy' : status, problems };
}
