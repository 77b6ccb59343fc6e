import { isRecord, listAt, numberAt, textAt } from '../../json/record.ts';
import type { KubeObject } from '../../objects/kube-object.ts';

/** As kstatus (sigs.k8s.io/cli-utils): Current, InProgress or Terminating, Failed. */
export interface ObjectHealth {
  readonly status: 'healthy' | 'progressing' | 'failed';
  readonly reason?: string;
}

export const healthy: ObjectHealth = { status: 'healthy' };

export function progressing(reason: string): ObjectHealth {
  return { status: 'progressing', reason };
}

export function failed(reason: string): ObjectHealth {
  return { status: 'failed', reason };
}

export function conditionOf(object: KubeObject, type: string): Record<string, unknown> | undefined {
  return listAt(object, 'status', 'conditions')
    .filter(isRecord)
    .find((condition) => condition.type === type);
}

export function messageOf(object: KubeObject, type: string): string {
  const condition = conditionOf(object, type);
  const text = textAt(condition, 'message') || textAt(condition, 'reason') || `not ${type.toLowerCase()}`;
  return text.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 300);
}

/** Number of something in the status, 0 where its controller has not said. */
export function statusCount(object: KubeObject, field: string): number {
  return numberAt(object, 'status', field) ?? 0;
}
