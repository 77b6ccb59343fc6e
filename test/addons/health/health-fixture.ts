import { healthOf } from '../../../src/addons/health/health.ts';
import type { HealthContext } from '../../../src/addons/health/health-rule.ts';
import type { KubeObject } from '../../../src/objects/kube-object.ts';

export function condition(type: string, status: string, reason = '', message = '') {
  return { type, status, reason, message };
}

/** An object at generation 2. */
export function object(
  apiVersion: string,
  kind: string,
  status?: unknown,
  spec?: unknown,
  metadata: Readonly<Record<string, unknown>> = {},
): KubeObject {
  return { apiVersion, kind, metadata: { name: 'x', namespace: 'n', generation: 2, ...metadata }, status, spec };
}

/** An object of which nothing but conditions is known. */
export function withConditions(apiVersion: string, kind: string, ...conditions: readonly object[]): KubeObject {
  return object(apiVersion, kind, { conditions });
}

/** `progressing: 0 of 2 pods exist` */
export function tell(live: KubeObject, context?: HealthContext): string {
  const { status, reason } = healthOf(live, context);
  return reason === undefined ? status : `${status}: ${reason}`;
}

/** Name of the test, object, what is told of it. */
export type HealthCase = readonly [name: string, live: KubeObject, expected: string];
