import { listAt, textAt } from '../../json/at.ts';
import { formatRef, type KubeObject, refOf } from '../../objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../objects/object-key.ts';
import { isKept } from '../object-options.ts';
import type { Dependent, Dependents } from './dependents.ts';
import { isProtected } from './protection.ts';

export interface Gathering {
  /** Takes what matters of an object, which may come twice. */
  readonly note: (object: KubeObject) => void;
  /** By kind (`apps/StatefulSet`), one object that names too many owners: these were not taken. */
  readonly crowded: ReadonlyMap<string, string>;
  readonly byOwner: () => Dependents['byOwner'];
  readonly ownersOf: Dependents['ownersOf'];
  readonly claimsIn: Dependents['claimsIn'];
}

/** An object has one owner, and seldom two. Nothing bounds how many a tenant may write: millions would take all memory there is. */
export const MAX_OWNERS = 64;

/** What has an owner, by that owner. Volumes go with their claims, and claims with their volumes. */
export function gatherDependents(protect: readonly string[]): Gathering {
  const found = new Map<string, { readonly dependent: Dependent; readonly owners: readonly string[] }>();
  const bound = new Map<string, string>();
  const owning = new Map<string, Set<string>>();
  const claims = new Map<string, Set<string>>();
  const crowded = new Map<string, string>();
  const note = (object: KubeObject): void => {
    const { namespace, deletionTimestamp } = object.metadata;
    const dependent = dependentOf(object, protect);
    const { uid, name, isClaim } = dependent;
    const named = ownersOf(object);
    const claim = claimOf(object);
    if (claim) bound.set(uid, claim.uid);
    const owners = [...named.map((owner) => owner.uid), ...(claim?.takesAlong ? [claim.uid] : [])];
    if (deletionTimestamp !== undefined || (owners.length === 0 && !isClaim)) return;
    if (owners.length > MAX_OWNERS) {
      crowded.set(groupKindOf(object), name);
      return;
    }
    for (const owner of named) addTo(owning, owner.groupKind, owner.uid);
    if (isClaim) addTo(claims, namespace ?? '', uid);
    found.set(uid, { dependent, owners });
  };
  const byOwner = (): Dependents['byOwner'] => {
    const volumes = [...bound].flatMap(([owner, claim]) => {
      const dependent = found.get(claim)?.dependent;
      return dependent ? [{ owner, dependent }] : [];
    });
    const pairs = [...found.values()].flatMap(({ dependent, owners }) => owners.map((owner) => ({ owner, dependent })));
    const groups = [...Map.groupBy([...pairs, ...volumes], ({ owner }) => owner)];
    return new Map(groups.map(([owner, each]) => [owner, each.map(({ dependent }) => dependent)]));
  };
  return {
    note,
    crowded,
    byOwner,
    ownersOf: (isOf) => [...owning].flatMap(([groupKind, uids]) => (isOf(groupKind) ? [...uids] : [])),
    claimsIn: (namespace) => [...(claims.get(namespace) ?? [])],
  };
}

function dependentOf(object: KubeObject, protect: readonly string[]): Dependent {
  const { uid = '', namespace } = object.metadata;
  const ref = refOf(object);
  return {
    uid,
    key: keyOf(ref),
    name: formatRef(ref),
    ...(namespace !== undefined && { namespace }),
    isClaim: groupKindOf(object) === '/PersistentVolumeClaim',
    isKept: isKept(object),
    isProtected: isProtected(ref, protect),
  };
}

function ownersOf(object: KubeObject): readonly { readonly uid: string; readonly groupKind: string }[] {
  return listAt(object, 'metadata', 'ownerReferences').flatMap((owner) => {
    const [uid, apiVersion = '', kind = ''] = [
      textAt(owner, 'uid'),
      textAt(owner, 'apiVersion'),
      textAt(owner, 'kind'),
    ];
    return uid === undefined ? [] : [{ uid, groupKind: groupKindOf({ apiVersion, kind }) }];
  });
}

/** The claim that a volume is bound to. */
function claimOf(object: KubeObject): { readonly uid: string; readonly takesAlong: boolean } | undefined {
  const uid = groupKindOf(object) === '/PersistentVolume' ? textAt(object, 'spec', 'claimRef', 'uid') : undefined;
  // one that is retained stays when its claim goes
  return uid === undefined
    ? undefined
    : { uid, takesAlong: textAt(object, 'spec', 'persistentVolumeReclaimPolicy') !== 'Retain' };
}

function addTo(sets: Map<string, Set<string>>, name: string, value: string): void {
  const known = sets.get(name);
  if (known) known.add(value);
  else sets.set(name, new Set([value]));
}
