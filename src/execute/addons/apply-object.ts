import { applysetId, PART_OF_LABEL } from '../../addons/applyset.ts';
import { applyModeOf } from '../../addons/object-options.ts';
import { FIELD_MANAGER, ownedDigest } from '../../addons/owned-fields.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../objects/kube-object.ts';
import { awaitGone } from './await-gone.ts';
import { examineRefusal, isReplaceable } from './examine-refusal.ts';

export interface ApplyTarget {
  readonly client: KubeClient;
  readonly addon: string;
  readonly signal: AbortSignal;
}

export interface AppliedObject {
  /** As the API server has it: with the namespace it defaulted to. */
  readonly namespace?: string;
  /** See InventoryEntry.live. */
  readonly live: string;
}

/**
 * Applies one object as its annotations ask. The first try does not force: a conflict then shows that someone else owns a
 * field, and before it is taken from them the object is checked to belong to no other set. So an object nobody else has
 * touched costs one request.
 *
 * @throws KubicError addons.foreign-owner, addons.immutable-field, kube.*
 */
export async function applyObject(object: KubeObject, target: ApplyTarget): Promise<AppliedObject> {
  const mode = applyModeOf(object);
  if (mode === 'once') {
    const existing = await target.client.get(refOf(object), { signal: target.signal });
    if (existing) return toApplied(existing, 'once');
  }
  const labelled = withLabel(object, applysetId(target.addon));
  const applied = await applyOwned(labelled, target).catch(async (error: unknown) => {
    const refusal = await examineRefusal(error, labelled, target);
    if (mode !== 'replace' || !isReplaceable(refusal)) throw refusal;
    await deleteOwned(object, target);
    return applyOwned(labelled, target);
  });
  return toApplied(applied, mode === 'once' ? 'once' : (ownedDigest(applied) ?? ''));
}

function toApplied(live: KubeObject, digest: string): AppliedObject {
  const { namespace } = live.metadata;
  return { live: digest, ...(namespace !== undefined && { namespace }) };
}

async function applyOwned(object: KubeObject, { client, addon, signal }: ApplyTarget): Promise<KubeObject> {
  try {
    return await client.apply(object, { fieldManager: FIELD_MANAGER, force: false, signal });
  } catch (error) {
    if (!(error instanceof KubicError) || error.code !== 'kube.conflict') throw error;
  }
  const owner = (await client.get(refOf(object), { signal }))?.metadata.labels?.[PART_OF_LABEL];
  if (owner !== undefined && owner !== applysetId(addon)) {
    throw new KubicError('addons.foreign-owner', { detail: formatRef(refOf(object)), facts: { owner } });
  }
  return client.apply(object, { fieldManager: FIELD_MANAGER, force: true, signal });
}

/** Only what carries this add-on's label is deleted, and only as it was when we looked. */
async function deleteOwned(object: KubeObject, { client, addon, signal }: ApplyTarget): Promise<void> {
  const ref = refOf(object);
  const live = await client.get(ref, { signal });
  if (!live) return;
  if (live.metadata.labels?.[PART_OF_LABEL] !== applysetId(addon)) {
    throw new KubicError('addons.foreign-owner', {
      detail: `${formatRef(ref)}: not replaced, as it is not this add-on's`,
    });
  }
  const { uid, resourceVersion } = live.metadata;
  await client.delete(ref, { ...(uid && { uid }), ...(resourceVersion && { resourceVersion }), signal });
  const left = await awaitGone(client, [{ ref, uid: uid ?? '' }], signal);
  if (left.length > 0) throw new KubicError('addons.deletion-stuck', { detail: formatRef(ref) });
}

function withLabel(object: KubeObject, id: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, [PART_OF_LABEL]: id } } };
}
