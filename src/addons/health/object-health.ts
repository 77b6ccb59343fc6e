import { isMapping, listAt, numberAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { printableLine } from '../../text/printable.ts';

/**
 * - `healthy`: it is as declared, and does what it is there for.
 * - `resting`: it is as well as it can be until somebody acts (a paused Deployment, a claim without a pod): said, and nothing waits for it.
 * - `progressing`: what is missing comes by itself.
 * - `failed`: what is missing does not come by itself, and somebody has to mend it.
 */
export interface ObjectHealth {
  readonly status: 'healthy' | 'resting' | 'progressing' | 'failed';
  readonly reason?: string;
}

export const healthy: ObjectHealth = { status: 'healthy' };

/** The health of an object that waits for something which does not come by itself: it holds nobody. */
export function resting(reason: string): ObjectHealth {
  return { status: 'resting', reason };
}

/** The health of an object that is on its way. */
export function progressing(reason: string): ObjectHealth {
  return { status: 'progressing', reason };
}

/** The health of an object that does not get there without somebody's doing. */
export function failed(reason: string): ObjectHealth {
  return { status: 'failed', reason };
}

/** The condition of this type in an object's status; undefined where it has none. */
export function conditionOf(object: KubeObject, type: string): Record<string, unknown> | undefined {
  return listAt(object, 'status', 'conditions')
    .filter(isMapping)
    .find((condition) => condition.type === type);
}

/** True where an object's status has this condition, and it is True. */
export function isTrue(object: KubeObject, type: string): boolean {
  return conditionOf(object, type)?.status === 'True';
}

/** True where an object's status has this condition, and it is False. */
export function isFalse(object: KubeObject, type: string): boolean {
  return conditionOf(object, type)?.status === 'False';
}

/** Healthy where the condition is true; what comes by itself where it is not. */
export function expectTrue(object: KubeObject, type: string): ObjectHealth {
  return isTrue(object, type) ? healthy : progressing(messageOf(object, type));
}

/** What the condition of this type says, on one line: its message, else its reason, else its type. */
export function messageOf(object: KubeObject, type: string): string {
  const condition = conditionOf(object, type);
  return oneLine(textAt(condition, 'message') || textAt(condition, 'reason') || `not ${type.toLowerCase()}`);
}

/** Text from the cluster on one line, of bounded length. */
export function oneLine(text: string): string {
  return printableLine(text, 300);
}

/** Number of something in the status, 0 where its controller has not said. */
export function statusCount(object: KubeObject, field: string): number {
  return numberAt(object, 'status', field) ?? 0;
}
