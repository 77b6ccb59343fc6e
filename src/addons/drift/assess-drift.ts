import type { KubeObject } from '../../objects/kube-object.ts';
import { type ObjectRef, plainRef } from '../../objects/object-ref.ts';
import type { InventoryEntry } from '../inventory.ts';
import { isPrecise, isTouched, ownFields } from '../owned-fields.ts';
import { describeDifferences, type FieldDrift, formatSteps, lastChange } from './describe-drift.ts';
import type { DriftMode } from './drift-mode.ts';
import { isFight } from './fight.ts';
import { compareTexts, compareWithLive, type Difference } from './find-differences.ts';

/** An object of an add-on that is not as its last apply left it. */
export interface Drifted extends ObjectRef {
  /**
   * `done`: Kubernetes deleted it by itself, as it does with what is finished. `overwritten`: somebody touched it and Git has another
   * manifest for it by now, which is applied whatever is said of drift.
   */
  readonly how: 'changed' | 'gone' | 'done' | 'overwritten';
  /** The first fields that differ; none where it is gone or overwritten, or only somebody else's. */
  readonly fields: readonly FieldDrift[];
  /** How often it was put right, or made again, where that would be undone once more. */
  readonly fought?: number;
}

/** What the repository says of an object. */
export interface DeclaredDrift {
  /** Of its manifest. */
  readonly digest: string;
  readonly mode: DriftMode;
  /** The manifest, where `needsManifest` asks for it. */
  readonly object?: KubeObject;
}

/**
 * Whether it takes the manifest to tell what happened to an object: somebody touched it since its last apply, and the manifest is still
 * the one that was applied then.
 */
export function needsManifest(
  entry: InventoryEntry,
  declared: Pick<DeclaredDrift, 'digest' | 'mode'> | undefined,
  live: KubeObject | undefined,
): live is KubeObject {
  if (!declared || declared.mode === 'ignore' || !live || entry.rendered !== declared.digest) return false;
  return isTouched(entry.live, live);
}

/**
 * What happened to an object since its last apply; undefined where nothing did that concerns us. Where the manifest is another one by
 * now, there is no telling in which fields.
 *
 * @param live undefined where it is not there
 */
export function assessDrift(
  entry: InventoryEntry,
  declared: DeclaredDrift | undefined,
  live: KubeObject | undefined,
  now: number,
): Drifted | undefined {
  if (!declared || declared.mode === 'ignore') return undefined;
  if (!live) return assessGone(entry, now);
  if (entry.rendered !== undefined && entry.rendered !== declared.digest)
    return isTouched(entry.live, live) ? { ...plainRef(entry), how: 'overwritten', fields: [] } : undefined;
  if (!needsManifest(entry, declared, live) || !declared.object) return undefined;
  const differences = differencesOf(entry, declared.object, live).filter(
    ({ live: value, steps }) => value !== undefined || !entry.dropped?.includes(formatSteps(steps)),
  );
  // with nothing of ours in it, what leaves the repository would not leave the object
  if (differences.length === 0 && ownFields(live)) return undefined;
  const paths = differences.map(({ steps }) => formatSteps(steps));
  const contested = entry.contested === undefined || paths.some((path) => entry.contested?.includes(path));
  const fought =
    contested && isFight(entry.corrections, now, lastChange(live, differences)) ? entry.corrections?.length : undefined;
  return {
    ...plainRef(entry),
    how: 'changed',
    fields: describeDifferences(differences, live),
    ...(fought !== undefined && { fought }),
  };
}

function assessGone(entry: InventoryEntry, now: number): Drifted | undefined {
  if (entry.goesWhenDone) return entry.live === 'once' ? undefined : { ...plainRef(entry), how: 'done', fields: [] };
  const fought = isFight(entry.remade, now) ? entry.remade?.length : undefined;
  return { ...plainRef(entry), how: 'gone', fields: [], ...(fought !== undefined && { fought }) };
}

function differencesOf(entry: InventoryEntry, declared: KubeObject, live: KubeObject): readonly Difference[] {
  const { differences, lost } = compareWithLive(declared, live);
  if (lost || differences.length > 0 || entry.live === undefined || !isPrecise(entry.live)) return differences;
  return compareTexts(declared, live);
}
