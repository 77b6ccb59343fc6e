import { applysetId, PART_OF_LABEL } from '../../../addons/applyset.ts';
import { isCascading, isContainer, isDefinition } from '../../../addons/deletion/cascade.ts';
import { findTakenAlong } from '../../../addons/deletion/taken-along.ts';
import { isKept } from '../../../addons/object-options.ts';
import { deleteStages } from '../../../addons/order.ts';
import { KubicError } from '../../../errors/kubic-error.ts';
import { retryConflict } from '../../../kube/errors/retry-conflict.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { formatRef, type KubeObject } from '../../../objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import { finalizersOf, goingReason } from '../../../observe/addons/going-reason.ts';
import { forEachConcurrently } from '../../../platform/for-each.ts';
import { type ObjectFailure, toFailure } from '../object-failure.ts';
import { awaitGone, type Doomed, getServed, type Lingering } from './await-gone.ts';
import { listOwned, type OwnedKind } from './list-owned.ts';

export interface DeleteTarget {
  readonly client: KubeClient;
  readonly addon: string;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  /** Throws where an object must not be deleted. */
  readonly requireDeletable: (live: KubeObject) => Promise<void>;
}

export interface DeleteOutcome {
  /** Keys of objects that are gone, or that were never, or are no longer, this add-on's. */
  readonly gone: ReadonlySet<string>;
  readonly failures: readonly ObjectFailure[];
}

const CONCURRENCY = 16;
const TRIES = 10;

/**
 * Deletes objects in the reverse order of their installation, each stage gone before the next begins: a controller stays
 * until its custom resources are cleaned up. What a finalizer holds for more than a minute ends it for this time; what cannot be
 * seen, or must not be deleted, stops only what would take it along.
 *
 * @throws KubicError where going on makes no sense
 */
export async function deleteObjects(refs: readonly ObjectRef[], target: DeleteTarget): Promise<DeleteOutcome> {
  const gone = new Set<string>();
  const failures: ObjectFailure[] = [];
  const left: Left[] = [];
  for (const stage of deleteStages(refs)) {
    const doomed: Doomed[] = [];
    let blocked = false;
    const kinds = await listOwned(stage, target);
    await forEachConcurrently(stage, CONCURRENCY, async (ref) => {
      try {
        const [taken] = isContainer(ref) ? findTakenAlong(ref, left.filter(holds(ref)), { ties: [], defines: [] }) : [];
        if (taken) throw notBefore(ref, taken.ref);
        const deleted = await deleteListed(ref, kinds.get(groupKindOf(ref)), target);
        if (deleted) doomed.push(deleted);
        gone.add(keyOf(ref));
      } catch (error) {
        const failure = toFailure(ref, error);
        failures.push(failure);
        left.push(failure);
        blocked ||= !STOPS_NOTHING.has(failure.error.code);
      }
    });
    for (const each of await awaitGone(target.client, doomed, target.signal)) {
      gone.delete(keyOf(each.ref));
      left.push(each);
      const failure = describeLingering(each);
      if (failure) failures.push(failure);
      else target.progress(`${formatRef(each.ref)} ${each.live ? goingReason(each.live) : 'is still there'}`);
      blocked ||= each.error === undefined;
    }
    if (blocked) break;
  }
  return { gone, failures };
}

/** What could not be deleted, or is not gone yet. */
interface Left {
  readonly ref: ObjectRef;
  readonly error?: KubicError;
}

/**
 * What is left of a kind that is not served goes with its definition or never: then the look inside of it, and what a commit
 * confirms, decide about the definition.
 */
function holds(ref: ObjectRef): (left: Left) => boolean {
  return ({ error }) => !isDefinition(ref) || error?.code !== 'addons.kind-away';
}

/** What is about one object, or one kind, alone. */
const STOPS_NOTHING: ReadonlySet<string> = new Set([
  'addons.kind-away',
  'addons.protected',
  'kube.overloaded',
  'kube.timeout',
]);

async function deleteListed(
  ref: ObjectRef,
  kind: OwnedKind | undefined,
  target: DeleteTarget,
): Promise<Doomed | undefined> {
  if (kind?.error) throw kind.error;
  if (kind?.apiVersion === undefined) return undefined;
  const served = { ...ref, apiVersion: kind.apiVersion };
  // not in the list is not yet gone: somebody may have taken the label off, or it was made a moment ago
  const live = kind.objects.get(keyOf(ref)) ?? (await target.client.get(served, { signal: target.signal }));
  if (live && live.metadata.labels?.[PART_OF_LABEL] !== applysetId(target.addon)) {
    target.progress(`${formatRef(ref)} is left alone: it does not carry the label of ${target.addon} any more`);
  }
  const uid = await deleteObject(served, live, target);
  return uid === undefined ? undefined : { ref: served, uid };
}

/** Answers the UID of what goes on being deleted, or undefined where nothing of ours is left. */
async function deleteObject(
  ref: ObjectRef,
  found: KubeObject | undefined,
  target: DeleteTarget,
): Promise<string | undefined> {
  let live = found;
  for (let attempt = 1; live?.metadata.labels?.[PART_OF_LABEL] === applysetId(target.addon); attempt++) {
    const { uid = '', resourceVersion = '' } = live.metadata;
    if (live.metadata.deletionTimestamp !== undefined) return uid;
    try {
      if (isKept(live)) {
        // said in the cluster alone, and since we looked
        await releaseObject(ref, target);
        return undefined;
      }
      await target.requireDeletable(live);
      const result = await target.client.delete(ref, { uid, resourceVersion, signal: target.signal });
      return result === 'gone' ? undefined : uid;
    } catch (error) {
      // it changed between the look and the deletion: look again whether it is still ours
      if (!(error instanceof KubicError) || !CHANGED.has(error.code) || attempt >= TRIES) throw error;
    }
    live = await getServed(target.client, ref, target.signal);
  }
  return undefined;
}

const CHANGED: ReadonlySet<string> = new Set(['kube.conflict', 'kube.unknown-kind', 'kube.not-found']);

/** A failure, save of what Kubernetes empties before it goes: that takes its time. */
function describeLingering({ ref, live, error }: Lingering): ObjectFailure | undefined {
  if (error) return { ref, error };
  if (live === undefined || isCascading(ref)) return undefined;
  const detail = goingReason(live) ?? 'is still there';
  return { ref, error: new KubicError('addons.deletion-stuck', { detail, facts: { finalizers: finalizersOf(live) } }) };
}

function notBefore(ref: ObjectRef, taken: ObjectRef): KubicError {
  const detail = `${formatRef(ref)}: ${formatRef(taken)} could not be deleted yet, and would go with it`;
  return new KubicError('addons.protected', { detail, retry: 'soon' });
}

/** Takes the add-on's label off an object that stays in the cluster. */
export async function releaseObject(
  ref: ObjectRef,
  { client, addon, signal }: Pick<DeleteTarget, 'client' | 'addon' | 'signal'>,
): Promise<void> {
  await retryConflict(async () => {
    const live = await getServed(client, ref, signal);
    if (live?.metadata.labels?.[PART_OF_LABEL] !== applysetId(addon)) return;
    const { resourceVersion } = live.metadata;
    const patch = { metadata: { resourceVersion, labels: { [PART_OF_LABEL]: null } } };
    await client.patch({ ...ref, apiVersion: live.apiVersion }, patch, { signal });
  });
}
