import { at, numberAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { type HealthTable, stateless } from './health-rule.ts';
import {
  conditionOf,
  expectTrue,
  failed,
  healthy,
  isFalse,
  isTrue,
  messageOf,
  type ObjectHealth,
  progressing,
  resting,
  statusCount,
} from './object-health.ts';

/** Kinds that keep pods running. Where kstatus (sigs.k8s.io/cli-utils) decides otherwise, the rule says why. */
export const WORKLOAD_HEALTH: HealthTable = {
  'apps/Deployment': (object) => unseen(object) ?? deploymentHealth(object),
  'apps/StatefulSet': (object) => unseen(object) ?? statefulSetHealth(object),
  'apps/DaemonSet': (object, { silentNodes = 0 }) => unseen(object) ?? daemonSetHealth(object, silentNodes),
  'apps/ReplicaSet': (object) => unseen(object) ?? replicaSetHealth(object),
  '/ReplicationController': (object) => unseen(object) ?? replicaSetHealth(object),
  'apps/ControllerRevision': stateless,
};

/** Counts of zero mean something only once the controller has counted. */
function unseen(object: KubeObject): ObjectHealth | undefined {
  const isSeen = numberAt(object, 'status', 'observedGeneration') !== undefined;
  return isSeen ? undefined : progressing('its controller has not seen it');
}

function deploymentHealth(object: KubeObject): ObjectHealth {
  // of a rollout that came too late before the pause, too: the controller keeps saying so
  if (textAt(conditionOf(object, 'Progressing'), 'reason') === 'ProgressDeadlineExceeded') {
    return failed(messageOf(object, 'Progressing'));
  }
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  if (at(object, 'spec', 'paused') === true) return pausedHealth(object, wanted);
  // the controllers try again (a quota may be raised), until progressDeadlineSeconds have passed
  if (isTrue(object, 'ReplicaFailure')) return progressing(messageOf(object, 'ReplicaFailure'));
  if (statusCount(object, 'replicas') > wanted) return progressing('old replicas are being removed');
  return (
    missing(object, wanted, ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas']) ??
    (isFalse(object, 'Progressing') ? progressing(messageOf(object, 'Progressing')) : expectTrue(object, 'Available'))
  );
}

/**
 * A paused Deployment is scaled but not rolled out: one that was paused before its first rollout has no pods at all, and
 * one that was paused within has old and new ones, for as long as it takes somebody to resume it.
 */
function pausedHealth(object: KubeObject, wanted: number): ObjectHealth {
  const updated = statusCount(object, 'updatedReplicas');
  const rests = resting(updated < wanted ? `is paused: ${updated} of ${wanted} pods are updated` : 'is paused');
  if (statusCount(object, 'replicas') === 0) return rests;
  return isTrue(object, 'Available') ? rests : progressing(messageOf(object, 'Available'));
}

/**
 * `OnDelete` and a partition leave old pods alone until somebody deletes them or moves the partition. kstatus takes every
 * OnDelete set for current, also one without a ready pod; pods become ready by themselves, so that is waited for.
 */
function statefulSetHealth(object: KubeObject): ObjectHealth {
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const counts = ['replicas', 'readyReplicas', ...(hasToStayReady(object) ? ['availableReplicas'] : [])];
  const few = missing(object, wanted, counts);
  if (few) return few;
  if (statusCount(object, 'replicas') > wanted) return progressing('old replicas are being removed');
  const updated = statusCount(object, 'updatedReplicas');
  const untouched = resting(`${updated} of ${wanted} pods are updated, the others when somebody asks for it`);
  if (isOnDelete(object)) return updated < wanted ? untouched : healthy;
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  if (partition > 0) {
    const behind = missing(object, wanted - partition, ['updatedReplicas']);
    return behind ?? (updated < wanted && isRolling(object) ? untouched : healthy);
  }
  return isRolling(object)
    ? progressing('is being rolled out')
    : (missing(object, wanted, ['currentReplicas']) ?? healthy);
}

function isRolling(object: KubeObject): boolean {
  return textAt(object, 'status', 'currentRevision') !== textAt(object, 'status', 'updateRevision');
}

function isOnDelete(object: KubeObject): boolean {
  return textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete';
}

function hasToStayReady(object: KubeObject): boolean {
  return (numberAt(object, 'spec', 'minReadySeconds') ?? 0) > 0;
}

/**
 * A Node whose kubelet is silent still counts among those that want a pod, until somebody starts or removes it. A Node that is
 * not Ready and says so is waited for: the network that it lacks may be this very DaemonSet.
 */
function daemonSetHealth(object: KubeObject, silentNodes: number): ObjectHealth {
  const wanted = numberAt(object, 'status', 'desiredNumberScheduled');
  if (wanted === undefined) return progressing('its controller has not seen it');
  const updated = isOnDelete(object) ? [] : ['updatedNumberScheduled'];
  const counts = ['currentNumberScheduled', ...updated, 'numberAvailable', 'numberReady'];
  const few = missing(object, wanted, counts);
  if (few && (silentNodes === 0 || missing(object, wanted - silentNodes, counts))) return few;
  if (few)
    return resting(
      `${few.reason}: the kubelet of ${silentNodes === 1 ? 'a Node is' : `${silentNodes} Nodes is`} silent`,
    );
  const count = statusCount(object, 'updatedNumberScheduled');
  return count < wanted
    ? resting(`${count} of ${wanted} pods are updated, the others when somebody deletes them`)
    : healthy;
}

function replicaSetHealth(object: KubeObject): ObjectHealth {
  if (isTrue(object, 'ReplicaFailure')) return progressing(messageOf(object, 'ReplicaFailure'));
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  if (statusCount(object, 'replicas') > wanted) return progressing('pods are being removed');
  return missing(object, wanted, ['fullyLabeledReplicas', 'availableReplicas', 'readyReplicas']) ?? healthy;
}

const WORDS: Readonly<Record<string, string>> = {
  replicas: 'exist',
  currentReplicas: 'are of the current revision',
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
