import type { ObjectRef } from '../plan/actions.ts';

/** What the cluster holds of one add-on, from its inventory and one LIST per kind. */
export interface AddonState {
  readonly name: string;
  /** Digest of the rendered objects at the last complete apply; undefined while one is under way or failed. */
  readonly appliedDigest?: string;
  /** Everything the inventory names. */
  readonly inventory: readonly ObjectRef[];
  /** Inventory objects whose live values under our field manager differ from what the last apply returned, or that are gone. */
  readonly drifted: readonly ObjectRef[];
  readonly health: AddonHealth;
}

export interface AddonHealth {
  readonly status: 'healthy' | 'progressing' | 'failed' | 'unknown';
  /** Objects that are not healthy, with the reason: `Deployment default/web: 0 of 2 replicas are available`. */
  readonly problems: readonly string[];
}
