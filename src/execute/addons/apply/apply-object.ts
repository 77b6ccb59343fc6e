import { applysetId, PART_OF_LABEL } from '../../../addons/applyset.ts';
import { findCorrected, listDropped } from '../../../addons/drift/find-corrected.ts';
import { applyModeOf } from '../../../addons/object-options.ts';
import { FIELD_MANAGER, ownedDigest } from '../../../addons/owned-fields.ts';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { KubicError } from '../../../errors/kubic-error.ts';
import { retryConflict } from '../../../kube/errors/retry-conflict.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../../objects/kube-object.ts';
import { awaitGone } from '../delete/await-gone.ts';
import { examineRefusal, isReplaceable } from './examine-refusal.ts';
import { clearDeadVersions, takeOver } from './field-ownership.ts';

export interface ApplyTarget {
  readonly client: KubeClient;
  readonly addon: string;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  /** True for an object that this add-on has applied before. */
  readonly isKnown: (object: KubeObject) => boolean;
  /** True for an object that is applied with the same manifest as before: somebody changed it. */
  readonly isRepeated: (object: KubeObject) => boolean;
  /** Throws where an object must not be deleted, not even to be made anew. */
  readonly requireReplaceable: (live: KubeObject, declared: KubeObject) => Promise<void>;
}

export interface AppliedObject {
  /** The namespace that the API server answered: what it defaulted to, or none where the kind has none. */
  readonly namespace?: string;
  /** Digest of the values that we own, as the API server answered them (`live` of an inventory entry). */
  readonly live: string;
  /** True for an object that was not there before. */
  readonly created: boolean;
  /** Fields that somebody had changed, and that this apply put right. */
  readonly corrected: readonly string[];
  /** Declared fields that the API server left out. */
  readonly dropped: readonly string[];
}

/** After these a look at the object may tell what stands in the way: another owner, or a record that nobody can read. */
const WORTH_A_LOOK: readonly ErrorCode[] = ['kube.conflict', 'kube.invalid', 'kube.unexpected'];

/**
 * Applies one object as its annotations ask. The first try does not force: a conflict then shows that someone else owns a
 * field, and before it is taken from them the object is checked to belong to no other set. So an object nobody else has
 * touched costs one request.
 *
 * @throws KubicError addons.foreign-owner, addons.immutable-field, addons.protected, kube.*
 */
export async function applyObject(object: KubeObject, target: ApplyTarget): Promise<AppliedObject> {
  const mode = applyModeOf(object);
  if (mode === 'once') {
    const existing = await target.client.get(refOf(object), { signal: target.signal });
    if (existing) return toApplied({ live: existing, created: false }, 'once');
  }
  const labelled = withLabel(object, applysetId(target.addon));
  const before = target.isRepeated(object)
    ? await target.client.get(refOf(object), { signal: target.signal })
    : undefined;
  const applied = await applyOwned(labelled, target).catch(async (error: unknown) => {
    const refusal = await examineRefusal(error, labelled, target);
    if (mode !== 'replace' || !isReplaceable(refusal)) throw refusal;
    await deleteOwned(object, target);
    return applyOwned(labelled, target);
  });
  return {
    ...toApplied(applied, mode === 'once' ? 'once' : (ownedDigest(applied.live) ?? '')),
    corrected: before ? findCorrected(labelled, before, applied.live) : [],
    dropped: mode === 'once' ? [] : listDropped(labelled, applied.live),
  };
}

function toApplied({ live, created }: Applied, digest: string): AppliedObject {
  const { namespace } = live.metadata;
  return { live: digest, created, corrected: [], dropped: [], ...(namespace !== undefined && { namespace }) };
}

interface Applied {
  readonly live: KubeObject;
  readonly created: boolean;
}

async function applyOwned(object: KubeObject, target: ApplyTarget): Promise<Applied> {
  const { client, signal } = target;
  let created = false;
  const onCreated = (): void => {
    created = true;
  };
  try {
    const live = await client.apply(object, { fieldManager: FIELD_MANAGER, force: false, signal, onCreated });
    if (created || !(await takeOver(live, !target.isKnown(object), target))) return { live, created };
  } catch (error) {
    if (!(error instanceof KubicError) || !WORTH_A_LOOK.includes(error.code)) throw error;
    await clearTheWay(object, error, target);
  }
  const live = await client.apply(object, { fieldManager: FIELD_MANAGER, force: true, signal, onCreated });
  return { live, created };
}

/** Returns where another, forced try may go well. @throws the error again where nothing stands in the way that is ours to move */
async function clearTheWay(object: KubeObject, error: KubicError, target: ApplyTarget): Promise<void> {
  const { client, addon, signal } = target;
  const live = await client.get(refOf(object), { signal });
  const owner = live?.metadata.labels?.[PART_OF_LABEL];
  if (error.code === 'kube.conflict' && owner !== undefined && owner !== applysetId(addon)) {
    throw new KubicError('addons.foreign-owner', { detail: formatRef(refOf(object)), facts: { owner } });
  }
  const cleared = live && error.code !== 'kube.conflict' && (await clearDeadVersions(live, target));
  const current = cleared ? await client.get(refOf(object), { signal }) : live;
  const foreign = owner !== undefined && owner !== applysetId(addon);
  const taken = current && !foreign && (await takeOver(current, !target.isKnown(object), target));
  if (error.code !== 'kube.conflict' && !cleared && !taken) throw error;
}

/** Only what carries this add-on's label is deleted, and only as it was when we looked: what was changed since is looked at again. */
async function deleteOwned(object: KubeObject, target: ApplyTarget): Promise<void> {
  const { client, addon, signal } = target;
  const ref = refOf(object);
  let first: string | undefined;
  const uid = await retryConflict(async () => {
    const live = await client.get(ref, { signal });
    first ??= live?.metadata.uid;
    // another one of the same name refused nothing yet
    if (!live || live.metadata.uid !== first) return undefined;
    if (live.metadata.labels?.[PART_OF_LABEL] !== applysetId(addon)) {
      throw new KubicError('addons.foreign-owner', {
        detail: `${formatRef(ref)}: not replaced, as it is not this add-on's`,
      });
    }
    await target.requireReplaceable(live, object);
    const { uid = '', resourceVersion = '' } = live.metadata;
    await client.delete(ref, { uid, resourceVersion, signal });
    return uid;
  });
  if (uid === undefined) return;
  const left = await awaitGone(client, [{ ref, uid }], signal);
  if (left.length > 0) throw new KubicError('addons.deletion-stuck', { detail: formatRef(ref) });
}

function withLabel(object: KubeObject, id: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, [PART_OF_LABEL]: id } } };
}
