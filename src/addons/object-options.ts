import type { KubeObject } from '../objects/kube-object.ts';

/** What the owner of a manifest can ask for, object by object. */
export const APPLY_ANNOTATION = 'kubic.suse.com/apply';
export const PRUNE_ANNOTATION = 'kubic.suse.com/prune';

/**
 * - `always`: kept as declared (the default).
 * - `once`: made where it is not there, then left alone; what Kubernetes deletes when it is done (a Job with a TTL) is not made again.
 * - `ignore`: not touched.
 * - `replace`: as `always`, but deleted and made anew where a field cannot be changed.
 */
export type ApplyMode = 'always' | 'once' | 'ignore' | 'replace';

export const APPLY_MODES: readonly string[] = ['once', 'ignore', 'replace'];

export function applyModeOf(object: KubeObject): ApplyMode {
  const mode = object.metadata.annotations?.[APPLY_ANNOTATION];
  return mode === 'once' || mode === 'ignore' || mode === 'replace' ? mode : 'always';
}

/** True for an object that stays in the cluster when it leaves the repository. */
export function isKept(object: KubeObject): boolean {
  return object.metadata.annotations?.[PRUNE_ANNOTATION] === 'disabled';
}
