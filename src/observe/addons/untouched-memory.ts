import { isUntouched } from '../../addons/owned-fields.ts';
import type { KubeObject } from '../../objects/kube-object.ts';

/**
 * Remembers which objects were found as their last apply left them. While neither an object (by its UID and resourceVersion) nor its record
 * changes, the answer is the same, and the digest of what is ours in it need not be made again: most of what a sync with nothing to do costs.
 */
export interface UntouchedMemory {
  /** @param live of the object's record */
  readonly isUntouched: (live: string, object: KubeObject) => boolean;
  /** Forgets what was not asked about since it was called last. To be called before all objects are asked about. */
  readonly beginAnew: () => void;
}

/** Remembers nothing at first. What is remembered takes a text of some 60 characters for each object. */
export function createUntouchedMemory(): UntouchedMemory {
  let before = new Map<string, string>();
  let now = new Map<string, string>();
  return {
    isUntouched: (live, object) => {
      const { uid, resourceVersion } = object.metadata;
      if (uid === undefined || resourceVersion === undefined) return isUntouched(live, object);
      // an etcd that was put back counts its revisions a second time
      const times = (object.metadata.managedFields ?? []).map(({ time = '' }) => time);
      const state = `${resourceVersion} ${live} ${times.join()}`;
      if (before.get(uid) !== state && !isUntouched(live, object)) return false;
      now.set(uid, state);
      return true;
    },
    beginAnew: () => {
      [before, now] = [now, new Map()];
    },
  };
}
