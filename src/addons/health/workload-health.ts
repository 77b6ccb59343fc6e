import { at, listAt, numberAt, textAt } from '../../json/record.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { groupOf } from '../../objects/object-ref.ts';
import {
  conditionOf,
  failed,
  healthy,
  messageOf,
  type ObjectHealth,
  progressing,
  statusCount,
} from './object-health.ts';

/** Health of the kinds that run pods; undefined for others. The rules and their order are those of kstatus. */
export function workloadHealth(object: KubeObject): ObjectHealth | undefined {
  const rules: Readonly<Record<string, (object: KubeObject) => ObjectHealth>> = {
    'apps/Deployment': deploymentHealth,
    'apps/StatefulSet': statefulSetHealth,
    'apps/DaemonSet': daemonSetHealth,
    'apps/ReplicaSet': replicaSetHealth,
    'batch/Job': jobHealth,
    '/Pod': podHealth,
  };
  return rules[`${groupOf(object)}/${object.kind}`]?.(object);
}

function deploymentHealth(object: KubeObject): ObjectHealth {
  if (textAt(conditionOf(object, 'Progressing'), 'reason') === 'ProgressDeadlineExceeded') {
    return failed(messageOf(object, 'Progressing'));
  }
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  if (statusCount(object, 'replicas') > wanted) return progressing('old replicas are being removed');
  return (
    missing(object, wanted, ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas']) ??
    (conditionOf(object, 'Available')?.status === 'True' ? healthy : progressing(messageOf(object, 'Available')))
  );
}

function statefulSetHealth(object: KubeObject): ObjectHealth {
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return healthy;
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const few = missing(object, wanted, ['replicas', 'readyReplicas']);
  if (few) return few;
  if (statusCount(object, 'replicas') > wanted) return progressing('old replicas are being removed');
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  if (partition > 0) return missing(object, wanted - partition, ['updatedReplicas']) ?? healthy;
  const rolling = textAt(object, 'status', 'currentRevision') !== textAt(object, 'status', 'updateRevision');
  return rolling ? progressing('is being rolled out') : healthy;
}

function daemonSetHealth(object: KubeObject): ObjectHealth {
  const wanted = numberAt(object, 'status', 'desiredNumberScheduled');
  if (wanted === undefined || numberAt(object, 'status', 'observedGeneration') === undefined) {
    return progressing('its controller has not seen it');
  }
  const counts = ['currentNumberScheduled', 'updatedNumberScheduled', 'numberAvailable', 'numberReady'];
  return missing(object, wanted, counts) ?? healthy;
}

function replicaSetHealth(object: KubeObject): ObjectHealth {
  if (conditionOf(object, 'ReplicaFailure')?.status === 'True') return progressing(messageOf(object, 'ReplicaFailure'));
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  return missing(object, wanted, ['fullyLabeledReplicas', 'availableReplicas', 'readyReplicas']) ?? healthy;
}

/** A Job that runs is as it should be; one that failed is not. */
function jobHealth(object: KubeObject): ObjectHealth {
  if (conditionOf(object, 'Failed')?.status === 'True') return failed(messageOf(object, 'Failed'));
  const done =
    conditionOf(object, 'Complete')?.status === 'True' || conditionOf(object, 'Suspended')?.status === 'True';
  return done || at(object, 'status', 'startTime') !== undefined ? healthy : progressing('has not started');
}

function podHealth(object: KubeObject): ObjectHealth {
  const phase = textAt(object, 'status', 'phase');
  if (phase === 'Succeeded') return healthy;
  if (phase === 'Failed') return failed(textAt(object, 'status', 'message') ?? 'failed');
  if (phase === 'Running' && conditionOf(object, 'Ready')?.status === 'True') return healthy;
  const waiting = listAt(object, 'status', 'containerStatuses')
    .map((container) => textAt(container, 'state', 'waiting', 'reason'))
    .find((reason) => reason !== undefined);
  if (waiting === 'CrashLoopBackOff') return failed('a container keeps crashing');
  return progressing(waiting ?? (phase === undefined ? 'is not scheduled' : `is ${phase.toLowerCase()}`));
}

const WORDS: Readonly<Record<string, string>> = {
  replicas: 'exist',
  updatedReplicas: 'are updated',
  readyReplicas: 'are ready',
  availableReplicas: 'are available',
  fullyLabeledReplicas: 'exist',
  currentNumberScheduled: 'are scheduled',
  updatedNumberScheduled: 'are updated',
  numberAvailable: 'are available',
  numberReady: 'are ready',
};

function missing(object: KubeObject, wanted: number, counts: readonly string[]): ObjectHealth | undefined {
  const short = counts.find((count) => statusCount(object, count) < wanted);
  return short === undefined
    ? undefined
    : progressing(`${statusCount(object, short)} of ${wanted} pods ${WORDS[short]}`);
}
