import type { KubeObject } from '../../objects/kube-object.ts';
import { type IndexedObject, optionOf } from '../indexed-object.ts';
import type { RenderedAddon } from '../rendered-addon.ts';

export const DRIFT_ANNOTATION = 'kubic.suse.com/drift';

/**
 * What is done about an object that somebody changed in the cluster. What changed in Git is applied in any case.
 * - `correct`: it is put right (the default).
 * - `warn`: it is shown, field by field, and left as it is.
 * - `ignore`: nobody looks.
 */
export type DriftMode = RenderedAddon['drift'];

export const DRIFT_MODES: readonly string[] = ['correct', 'warn', 'ignore'];

/** The object's own annotation counts before what its add-on says. */
export function driftModeOf(object: KubeObject | IndexedObject, addon: Pick<RenderedAddon, 'drift'>): DriftMode {
  const mode = optionOf(object, DRIFT_ANNOTATION);
  return mode === 'correct' || mode === 'warn' || mode === 'ignore' ? mode : addon.drift;
}
