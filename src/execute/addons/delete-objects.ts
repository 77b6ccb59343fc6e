import { applysetId, PART_OF_LABEL } from '../../addons/applyset.ts';
import { formatRef, type KubeObject } from '../../addons/kube-object.ts';
import { keyOf } from '../../addons/object-key.ts';
import { deleteStages } from '../../addons/order.ts';
import { listAt } from '../../addons/record.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { ObjectRef } from '../../plan/actions.ts';
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
    await forEachConcurrently(stage, CONCURRENCY, async (ref) => {
      try {
        const uid = await deleteObject(ref, target);
        if (uid !== undefined) doomed.push({ ref, uid });
        gone.add(keyOf(ref));
      } catch (error) {
        failures.push(toFailure(ref, error));
      }
    });
    for (const { ref, live } of await awaitGone(target.client, doomed, target.signal)) {
      gone.delete(keyOf(ref));
      failures.push({ ref, error: heldUp(ref, live) });
    }
    if (failures.length > 0) break;
  }
  return { gone, failures };
}

/** Answers the UID of what is being deleted, or undefined where there is nothing of ours to delete. */
async function deleteObject(ref: ObjectRef, { client, addon, signal }: DeleteTarget): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    const live = await getIfServed(client, ref, signal);
    if (live?.metadata.labels?.[PART_OF_LABEL] !== applysetId(addon)) return undefined;
    const { uid, resourceVersion } = live.metadata;
    if (uid === undefined || resourceVersion === undefined) return undefined;
    try {
      await client.delete(ref, { uid, resourceVersion, signal });
      return uid;
    } catch (error) {
      // it changed between the look and the deletion: look again whether it is still ours
      if (!(error instanceof KubicError) || error.code !== 'kube.conflict' || attempt >= TRIES) throw error;
    }
  }
}

function heldUp(ref: ObjectRef, live: KubeObject): KubicError {
  const specified = listAt(live, 'spec', 'finalizers');
  const finalizers = [...listAt(live, 'metadata', 'finalizers'), ...specified].filter(
    (name) => typeof name === 'string',
  );
  const why = finalizers.length > 0 ? `waits for ${finalizers.join(', ')}` : 'is still there';
  return new KubicError('kube.timeout', { detail: `${formatRef(ref)} ${why}`, facts: { finalizers } });
}

/** Takes the add-on's label off an object that stays in the cluster. */
export async function releaseObject(ref: ObjectRef, { client, addon, signal }: DeleteTarget): Promise<void> {
  const live = await getIfServed(client, ref, signal);
  if (live?.metadata.labels?.[PART_OF_LABEL] !== applysetId(addon)) return;
  const { resourceVersion } = live.metadata;
  await client.patch(ref, { metadata: { resourceVersion, labels: { [PART_OF_LABEL]: null } } }, { signal });
}
