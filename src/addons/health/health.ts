import { listAt, numberAt } from '../../json/at.ts';
import { formatRef, type KubeObject } from '../../objects/kube-object.ts';
import { groupOf, type ObjectRef } from '../../objects/object-ref.ts';
import type { AddonHealth } from '../addon-state.ts';
import type { HealthContext } from './health-rule.ts';
import { KIND_HEALTH } from './kind-health.ts';
import {
  conditionOf,
  expectTrue,
  failed,
  healthy,
  isTrue,
  messageOf,
  type ObjectHealth,
  oneLine,
  progressing,
} from './object-health.ts';

/**
 * What a live object's status says of it: what comes by itself is waited for, and nothing else. Kinds of Kubernetes have a
 * rule each; others are read by the conditions that kstatus (sigs.k8s.io/cli-utils) agreed with their authors.
 */
export function healthOf(object: KubeObject, context: HealthContext = {}): ObjectHealth {
  if (object.metadata.deletionTimestamp !== undefined) return goingHealth(object);
  const generation = numberAt(object, 'metadata', 'generation');
  const observed = numberAt(object, 'status', 'observedGeneration');
  if (generation !== undefined && observed !== undefined && observed < generation) {
    return progressing('its controller has not seen the last change');
  }
  if (isTrue(object, 'Stalled')) return failed(messageOf(object, 'Stalled'));
  if (isTrue(object, 'Reconciling')) return progressing(messageOf(object, 'Reconciling'));
  const key = `${groupOf(object)}/${object.kind}`;
  const rule = Object.hasOwn(KIND_HEALTH, key) ? KIND_HEALTH[key] : undefined;
  return (rule ?? customHealth)(object, context);
}

/** What a finalizer waits for may take minutes, and it goes by itself as a rule: never a failure. */
function goingHealth(object: KubeObject): ObjectHealth {
  const finalizers = [...listAt(object, 'metadata', 'finalizers'), ...listAt(object, 'spec', 'finalizers')];
  const names = finalizers.filter((name) => typeof name === 'string');
  return progressing(
    oneLine(names.length === 0 ? 'is being deleted' : `is being deleted, held by ${names.join(', ')}`),
  );
}

function customHealth(object: KubeObject): ObjectHealth {
  return conditionOf(object, 'Ready') ? expectTrue(object, 'Ready') : healthy;
}

/** Of an object. */
export interface FoundHealth {
  readonly ref: ObjectRef;
  readonly health: ObjectHealth;
}

/** An add-on is as well as the worst of its objects. What rests is noted, and holds nobody up. */
export function summarizeHealth(found: readonly FoundHealth[]): AddonHealth {
  const bad = found.filter(({ health }) => health.status === 'progressing' || health.status === 'failed');
  const status = bad.some(({ health }) => health.status === 'failed') ? 'failed' : 'progressing';
  return {
    status: bad.length === 0 ? 'healthy' : status,
    problems: bad.map(formatHealth),
    notes: found.filter(({ health }) => health.status === 'resting').map(formatHealth),
  };
}

function formatHealth({ ref, health }: FoundHealth): string {
  return `${formatRef(ref)}: ${health.reason ?? health.status}`;
}
