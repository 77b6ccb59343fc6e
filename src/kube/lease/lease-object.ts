import { numberAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';

export interface LeaseOptions {
  readonly namespace: string;
  readonly name: string;
  /** Who asks: unique among those who may. */
  readonly holder: string;
  readonly durationSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** The Lease as this holder writes it, over what is there. */
export function leaseObject(options: LeaseOptions, current: KubeObject | undefined): KubeObject {
  const now = `${new Date().toISOString().slice(0, -1)}000Z`; // a MicroTime
  const kept = textAt(current, 'spec', 'holderIdentity') === options.holder;
  const transitions = (numberAt(current, 'spec', 'leaseTransitions') ?? 0) + (current && !kept ? 1 : 0);
  const metadata = current?.metadata ?? { name: options.name, namespace: options.namespace };
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec: {
      holderIdentity: options.holder,
      leaseDurationSeconds: options.durationSeconds,
      acquireTime: (kept ? textAt(current, 'spec', 'acquireTime') : undefined) ?? now,
      renewTime: now,
      leaseTransitions: transitions,
    },
  };
}

/** What names the Lease. */
export function refOfLease(options: LeaseOptions) {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: options.namespace, name: options.name };
}
