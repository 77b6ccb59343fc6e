import type { ObjectRef } from '../objects/object-ref.ts';
import type { Cascades } from './deletion/cascade.ts';
import type { Drifted } from './drift/assess-drift.ts';
import type { InventoryEntry } from './inventory.ts';

/** What the cluster holds of one add-on, from its inventory and one LIST per kind. */
export interface AddonState {
  readonly name: string;
  /** False when the inventory is there but makes no sense: nothing is known, and nothing may be done. */
  readonly readable: boolean;
  /** Digest of the rendered objects at the last complete apply; undefined while one is under way or failed. */
  readonly appliedDigest?: string;
  /** What the add-on depended on at the last apply: it counts when the add-on has left the repository. */
  readonly dependsOn: readonly string[];
  readonly prune: boolean;
  /** The inventory is only on this machine's disk: the API server did not take it. */
  readonly onlyHere?: boolean;
  /** Everything the inventory names. */
  readonly inventory: readonly InventoryEntry[];
  /** Inventory objects that are gone, or of which a field that we set has another value. */
  readonly drifted: readonly Drifted[];
  readonly health: AddonHealth;
  /** How deletions of its objects spread, from the live ones. */
  readonly cascades?: Cascades;
  /** What is inside its Namespaces and definitions that are about to leave, and on nobody's record. */
  readonly insides?: readonly Inside[];
  /** Inventory objects whose deletion was asked for and goes on. */
  readonly going?: readonly Going[];
}

/** Some objects: a few of them by name. */
export interface Named {
  readonly names: readonly string[];
  readonly count: number;
}

/** What a deletion would take along that no inventory names. */
export interface Inside extends Named {
  readonly ref: ObjectRef;
  /** What would go along with it and is to stay, also by what an inventory says. */
  readonly stays?: Named;
  /** One of them that guards.protect names. */
  readonly protected?: string;
  /** Why it is not known what is inside. */
  readonly unknown?: string;
}

export interface Going {
  readonly ref: ObjectRef;
  /** `waits for example.com/finalizer` */
  readonly reason: string;
}

export interface AddonHealth {
  readonly status: 'healthy' | 'progressing' | 'failed' | 'unknown';
  /** Objects that are not healthy, with the reason: `Deployment default/web: 0 of 2 replicas are available`. */
  readonly problems: readonly string[];
  /** Objects that are as well as they can be until somebody acts: `Deployment default/web: is paused`. Nobody waits for them. */
  readonly notes?: readonly string[];
}
