import { listAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import {
  conditionOf,
  failed,
  healthy,
  isFalse,
  isTrue,
  messageOf,
  type ObjectHealth,
  oneLine,
  progressing,
  resting,
} from './object-health.ts';

/** Reasons of waiting that a container does not come out of while the manifest is what it is (pkg/kubelet/images/types.go). */
const HOPELESS = ['CrashLoopBackOff', 'InvalidImageName', 'ErrImageNeverPull'];

/**
 * A pod of its own, which no controller makes anew. Two differences to kstatus. A pod that has failed is not current: what
 * it was to do was not done, and nobody tries again. One that finds no node is not failed after 15 seconds: a Node may join
 * at any time (here that takes a commit, often the very one the administrator is about to make), and then it runs.
 */
export function podHealth(object: KubeObject): ObjectHealth {
  const phase = textAt(object, 'status', 'phase');
  if (phase === 'Succeeded') return healthy;
  if (phase === 'Failed') return failed(failureOf(object));
  if (phase === 'Running' && isTrue(object, 'Ready')) return healthy;
  const waiting = waitingReason(object);
  if (waiting === 'CrashLoopBackOff') return failed('a container keeps crashing');
  if (waiting !== undefined && HOPELESS.includes(waiting)) return failed(oneLine(waiting));
  if (waiting !== undefined) return progressing(oneLine(waiting));
  if (isFalse(object, 'PodScheduled')) return unscheduled(object);
  return progressing(phase === undefined ? 'is not scheduled' : `is ${phase.toLowerCase()}`);
}

function failureOf(object: KubeObject): string {
  return oneLine(textAt(object, 'status', 'message') || textAt(object, 'status', 'reason') || 'failed');
}

/** The first reason that is hopeless, or else the first: an init container comes before the others and holds them up. */
function waitingReason(object: KubeObject): string | undefined {
  const statuses = ['initContainerStatuses', 'containerStatuses'].flatMap((field) => listAt(object, 'status', field));
  const reasons = statuses.flatMap((status) => textAt(status, 'state', 'waiting', 'reason') ?? []);
  return reasons.find((reason) => HOPELESS.includes(reason)) ?? reasons[0];
}

/** A scheduling gate is taken away by whoever set it, a human or another controller: nothing here moves before. */
function unscheduled(object: KubeObject): ObjectHealth {
  const gated = textAt(conditionOf(object, 'PodScheduled'), 'reason') === 'SchedulingGated';
  return gated ? resting('waits behind a scheduling gate') : progressing(messageOf(object, 'PodScheduled'));
}
