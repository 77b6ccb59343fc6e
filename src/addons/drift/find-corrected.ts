import { canonicalJson } from '../../json/canonical.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { formatSteps } from './describe-drift.ts';
import { compareWithLive, findDropped, valueAt } from './find-differences.ts';

/** More of them say nothing more. */
const MAX_FIELDS = 20;

/**
 * The fields whose value an apply changed, of an object that somebody had changed. What it only took back, or wrote in another
 * form than the API server keeps, was no change of a value.
 */
export function findCorrected(declared: KubeObject, before: KubeObject, after: KubeObject): readonly string[] {
  const { differences } = compareWithLive(declared, before);
  const changed = differences.filter(({ steps, live }) => canonicalJson(live) !== canonicalJson(valueAt(after, steps)));
  return changed.slice(0, MAX_FIELDS).map(({ steps }) => formatSteps(steps));
}

/** The declared fields that an apply did not bring about, for the API server leaves them out. */
export function listDropped(declared: KubeObject, after: KubeObject): readonly string[] {
  return findDropped(declared, after)
    .slice(0, MAX_FIELDS)
    .map(({ steps }) => formatSteps(steps));
}
