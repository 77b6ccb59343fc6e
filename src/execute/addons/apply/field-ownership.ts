import { PART_OF_LABEL } from '../../../addons/applyset.ts';
import { dropDeadVersions, takeOverFields } from '../../../addons/field-owners.ts';
import { KubicError } from '../../../errors/kubic-error.ts';
import { at, listAt, textAt } from '../../../json/at.ts';
import { retryConflict } from '../../../kube/errors/retry-conflict.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { formatRef, type KubeObject, type ManagedFieldsEntry, refOf } from '../../../objects/kube-object.ts';
import { groupOf } from '../../../objects/object-ref.ts';

export interface OwnershipTarget {
  readonly client: Pick<KubeClient, 'get' | 'patch' | 'findResource'>;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** Makes ours what other tools applied of a live object. Answers whether there was anything: then it has to be applied once more. */
export async function takeOver(live: KubeObject, first: boolean, target: OwnershipTarget): Promise<boolean> {
  if (!(await changeManagedFields(live, (current) => takeOverFields(current, first), target))) return false;
  target.progress(`${formatRef(refOf(live))}: what another tool applied of it is the repository's now`);
  return true;
}

/**
 * Clears what is recorded of fields at an API version that is not served any more. The API server cannot read such an entry of a
 * custom resource, and refuses every apply for it (kubernetes#111937). Answers whether there was one.
 */
export async function clearDeadVersions(live: KubeObject, target: OwnershipTarget): Promise<boolean> {
  const served = await findServedVersions(live, target);
  if (!served) return false;
  const isServed = (version: string): boolean => served.has(version);
  if (!(await changeManagedFields(live, (current) => dropDeadVersions(current, isServed), target))) return false;
  const versions = new Set((live.metadata.managedFields ?? []).flatMap(({ apiVersion }) => apiVersion ?? []));
  const dead = [...versions].filter((version) => !isServed(version)).join(', ');
  target.progress(`${formatRef(refOf(live))}: cleared what was recorded at ${dead}, which is no longer served`);
  return true;
}

/** The versions of a custom resource, by its definition: discovery may be a second old. Undefined for other kinds. */
async function findServedVersions(
  { apiVersion, kind }: KubeObject,
  { client, signal }: OwnershipTarget,
): Promise<ReadonlySet<string> | undefined> {
  const resource = await client.findResource(apiVersion, kind);
  const group = groupOf({ apiVersion });
  if (!resource || group === '') return undefined;
  const name = `${resource.plural}.${group}`;
  const ref = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name };
  const definition = await client.get(ref, { signal });
  if (!definition) return undefined;
  const versions = listAt(definition, 'spec', 'versions').filter((version) => at(version, 'served') === true);
  return new Set(versions.map((version) => `${group}/${textAt(version, 'name')}`));
}

/**
 * Writes other managedFields, under the resourceVersion they were read at: a list can only be replaced whole. Where a controller was
 * faster (it writes status all the time) the object is read again. Answers whether there was anything to change.
 *
 * @throws KubicError addons.foreign-owner, kube.not-found where it is another's, or another one, by then
 */
async function changeManagedFields(
  live: KubeObject,
  change: (current: KubeObject) => readonly ManagedFieldsEntry[] | undefined,
  target: OwnershipTarget,
): Promise<boolean> {
  let seen: KubeObject | undefined = live;
  return retryConflict(async () => {
    const current: KubeObject = seen ?? (await lookAgain(live, target));
    seen = undefined;
    const fields = change(current);
    if (!fields) return false;
    const { resourceVersion } = current.metadata;
    // an empty list is no change: one empty entry is what clears them (Kubernetes, server-side apply, clearing managedFields)
    const managedFields = fields.length === 0 ? [{}] : fields;
    await target.client.patch(refOf(live), { metadata: { resourceVersion, managedFields } }, { signal: target.signal });
    return true;
  });
}

/** The object as it is now, as long as it is the very same, and whose it was. */
async function lookAgain(live: KubeObject, { client, signal }: OwnershipTarget): Promise<KubeObject> {
  const ref = refOf(live);
  const current = await client.get(ref, { signal });
  if (!current || current.metadata.uid !== live.metadata.uid) {
    throw new KubicError('kube.not-found', { detail: `${formatRef(ref)}: deleted while it was taken over` });
  }
  const owner = current.metadata.labels?.[PART_OF_LABEL];
  if (owner !== undefined && owner !== live.metadata.labels?.[PART_OF_LABEL]) {
    throw new KubicError('addons.foreign-owner', { detail: formatRef(ref), facts: { owner } });
  }
  return current;
}
