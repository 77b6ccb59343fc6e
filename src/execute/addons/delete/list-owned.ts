import { applysetId, PART_OF_LABEL } from '../../../addons/applyset.ts';
import type { KubicError } from '../../../errors/kubic-error.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { readServedKind } from '../../../kube/served-kind.ts';
import { type KubeObject, refOf } from '../../../objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import { toFailure } from '../object-failure.ts';

/** What there is of an add-on, of the kind of some references. */
export interface OwnedKind {
  /** The version its objects are asked for by; undefined where the kind is gone, and its objects with it. */
  readonly apiVersion?: string;
  readonly objects: ReadonlyMap<string, KubeObject>;
  /** Why they cannot be listed: of this kind nothing is known now. */
  readonly error?: KubicError;
}

/**
 * What carries an add-on's label, by `group/Kind`: one LIST per kind instead of one GET per object, of which only what is asked for is
 * kept. A kind whose API does not answer fails by itself.
 *
 * @throws KubicError where going on makes no sense
 */
export async function listOwned(
  refs: readonly ObjectRef[],
  { client, addon, signal }: { readonly client: KubeClient; readonly addon: string; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, OwnedKind>> {
  const labelSelector = `${PART_OF_LABEL}=${applysetId(addon)}`;
  const list = async (wanted: readonly ObjectRef[], first: ObjectRef): Promise<OwnedKind> => {
    const objects = new Map<string, KubeObject>();
    try {
      const keys = new Set(wanted.map(keyOf));
      const resource = await readServedKind(client, first, { labelSelector, signal }, (object) => {
        const key = keyOf(refOf(object));
        if (keys.has(key)) objects.set(key, object);
      });
      return resource === 'gone' ? { objects } : { apiVersion: resource.apiVersion, objects };
    } catch (error) {
      return { objects, error: toFailure(first, error).error };
    }
  };
  const kinds = [...Map.groupBy(refs, groupKindOf)].map(async ([groupKind, wanted]) => {
    const [first] = wanted;
    return [groupKind, first ? await list(wanted, first) : { objects: new Map<string, KubeObject>() }] as const;
  });
  return new Map(await Promise.all(kinds));
}
