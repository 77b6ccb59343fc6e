import { applysetId, PART_OF_LABEL } from '../../addons/applyset.ts';
import { deleteStages } from '../../addons/order.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { listAt } from '../../json/record.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { type KubeObject, refOf } from '../../objects/kube-object.ts';
import { keyOf } from '../../objects/object-key.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import { awaitGone, type Doomed, getIfServed } from './await-gone.ts';
import { forEachConcurrently } from './for-each.ts';
import { type ObjectFailure, toFailure } from './object-failure.ts';

export interface DeleteTarget {
  readonly client: KubeClient;
  readonly addon: string;
  readonly signal: AbortSignal;
}

export interface DeleteOutcome {
  /** Keys of objects that are gone, or that were never, or are no longer, this add-on's. */
  readonly gone: ReadonlySet<string>;
  readonly failures: readonly ObjectFailure[];
}

const CONCURRENCY = 16;
const TRIES = 3;

/**
 * Deletes objects in the reverse order of their installation, each stage gone before the next begins: a controller stays
 * until its custom resources are cleaned up. What a finalizer holds for more than a minute ends it for this time.
 *
 * @throws KubicError where going on makes no sense
 */
export async function deleteObjects(refs: readonly ObjectRef[], target: DeleteTarget): Promise<DeleteOutcome> {
  const gone = new Set<string>();
  const failures: ObjectFailure[] = [];
  for (const stage of deleteStages(refs)) {
    const doomed: Doomed[] = [];
    const lives = await listOwned(stage, target);
    await forEachConcurrently(stage, CONCURRENCY, async (ref) => {
      try {
        const uid = await deleteObject(ref, lives.get(keyOf(ref)), target);
        if (uid !== undefined) doomed.push({ ref, uid });
        gone.add(keyOf(ref));
      } catch (error) {
        failures.push(toFailure(ref, error));
      }
    });
    for (const { ref, live } of await awaitGone(target.client, doomed, target.signal)) {
      gone.delete(keyOf(ref));
      failures.push({ ref, error: heldUp(live) });
    }
    if (failures.length > 0) break;
  }
  return { gone, failures };
}

/** What there is of this add-on, by key: one LIST per kind instead of one GET per object. */
async function listOwned(
  refs: readonly ObjectRef[],
  { client, addon, signal }: DeleteTarget,
): Promise<ReadonlyMap<string, KubeObject>> {
  const labelSelector = `${PART_OF_LABEL}=${applysetId(addon)}`;
  const kinds = new Map(refs.map((ref) => [`${ref.apiVersion} ${ref.kind}`, ref]));
  const lists = [...kinds.values()].map(({ apiVersion, kind }) =>
    client.list(apiVersion, kind, { labelSelector, signal }).catch((error: unknown) => {
      if (isGoneKind(error)) return [];
      throw error;
    }),
  );
  return new Map((await Promise.all(lists)).flat().map((object) => [keyOf(refOf(object)), object]));
}

/** Answers the UID of what goes on being deleted, or undefined where nothing of ours is left. */
async function deleteObject(
  ref: ObjectRef,
  listed: KubeObject | undefined,
  target: DeleteTarget,
): Promise<string | undefined> {
  let live = listed;
  for (let attempt = 1; live?.metadata.labels?.[PART_OF_LABEL] === applysetId(target.addon); attempt++) {
    const { uid = '', resourceVersion = '' } = live.metadata;
    try {
      const result = await target.client.delete(ref, { uid, resourceVersion, signal: target.signal });
      return result === 'gone' ? undefined : uid;
    } catch (error) {
      if (isGoneKind(error)) return undefined;
      // it changed between the look and the deletion: look again whether it is still ours
      if (!(error instanceof KubicError) || error.code !== 'kube.conflict' || attempt >= TRIES) throw error;
    }
    live = await getIfServed(target.client, ref, target.signal);
  }
  return undefined;
}

function isGoneKind(error: unknown): boolean {
  return error instanceof KubicError && (error.code === 'kube.unknown-kind' || error.code === 'kube.not-found');
}

function heldUp(live: KubeObject): KubicError {
  const specified = listAt(live, 'spec', 'finalizers');
  const finalizers = [...listAt(live, 'metadata', 'finalizers'), ...specified].filter(
    (name) => typeof name === 'string',
  );
  const why = finalizers.length > 0 ? `waits for ${finalizers.join(', ')}` : 'is still there';
  return new KubicError('addons.deletion-stuck', { detail: why, facts: { finalizers } });
}

/** Takes the add-on's label off an object that stays in the cluster. */
export async function releaseObject(ref: ObjectRef, { client, addon, signal }: DeleteTarget): Promise<void> {
  const live = await getIfServed(client, ref, signal);
  if (live?.metadata.labels?.[PART_OF_LABEL] !== applysetId(addon)) return;
  const { resourceVersion } = live.metadata;
  await client.patch(ref, { metadata: { resourceVersion, labels: { [PART_OF_LABEL]: null } } }, { signal });
}
