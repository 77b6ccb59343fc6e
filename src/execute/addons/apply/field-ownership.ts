import { dropDeadVersions, takeOverFields } from '../../../addons/field-owners.ts';
import { at, listAt, textAt } from '../../../json/at.ts';
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
  const fields = takeOverFields(live, first);
  if (!fields) return false;
  await writeManagedFields(live, fields, target);
  target.progress(`${formatRef(refOf(live))}: what another tool applied of it is the repository's now`);
  return true;
}

/**
 * Clears what is recorded of fields at an API version that is not served any more. The API server cannot read such an entry of a
 * custom resource, and refuses every apply for it (kubernetes#111937). Answers whether there was one.
 */
export async function clearDeadVersions(live: KubeObject, target: OwnershipTarget): Promise<boolean> {
  const served = await findServedVersions(live, target);
  const fields = served && dropDeadVersions(live, (version) => served.has(version));
  if (!fields) return false;
  const versions = new Set((live.metadata.managedFields ?? []).flatMap(({ apiVersion }) => apiVersion ?? []));
  const dead = [...versions].filter((version) => !served.has(version)).join(', ');
  await writeManagedFields(live, fields, target);
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

async function writeManagedFields(
  live: KubeObject,
  fields: readonly ManagedFieldsEntry[],
  { client, signal }: OwnershipTarget,
): Promise<void> {
  const { resourceVersion } = live.metadata;
  // an empty list is no change: one empty entry is what clears them (Kubernetes, server-side apply, clearing managedFields)
  const managedFields = fields.length === 0 ? [{}] : fields;
  await client.patch(refOf(live), { metadata: { resourceVersion, managedFields } }, { signal });
}
