import type { KubeObject } from '../../objects/kube-object.ts';
import { healthy, type ObjectHealth } from './object-health.ts';

/** What the health of an object depends on beside the object itself. */
export interface HealthContext {
  /** By name; undefined where they were not read. A claim does not say whether its class waits for the first pod. */
  readonly storageClasses?: ReadonlyMap<string, KubeObject>;
  /** How many Nodes have a kubelet that says nothing any more: switched off, or cut off. */
  readonly silentNodes?: number;
}

export type HealthRule = (object: KubeObject, context: HealthContext) => ObjectHealth;

/** By `group/Kind`, the core group empty: `/Pod`, `apps/Deployment`. */
export type HealthTable = Readonly<Record<string, HealthRule>>;

/** A kind that is what it says as soon as it is stored: no controller has to do anything before it counts. */
export const stateless: HealthRule = () => healthy;
