import { isMapping, listAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { groupOf, type ObjectRef } from '../../objects/object-ref.ts';

/** An object that goes when one of the others does. */
export interface Tie {
  readonly ref: ObjectRef;
  readonly goesWith: readonly ObjectRef[];
}

/** What a CustomResourceDefinition defines. */
export interface Defined {
  /** `<plural>.<group>` */
  readonly name: string;
  readonly group: string;
  readonly kind: string;
}

/** What is known of how deletions spread. */
export interface Cascades {
  readonly ties: readonly Tie[];
  readonly defines: readonly Defined[];
}

/** An object that may go along. Of what guards.protect names only the kind is known, not its group. */
export interface Bystander {
  readonly ref: ObjectRef;
  readonly anyGroup?: boolean;
  /** Named without a namespace: it may be in any. */
  readonly anyNamespace?: boolean;
}

/** Kinds whose deletion takes along what their manifest does not name. */
export function isCascading(ref: ObjectRef): boolean {
  return takesText(ref) !== undefined;
}

/** What goes with it, for people. */
export function takesText(ref: ObjectRef): string | undefined {
  if (isNamespace(ref)) return 'everything in it';
  if (isDefinition(ref)) return 'every object of its kind';
  if (groupOf(ref) !== '') return undefined;
  if (ref.kind === 'PersistentVolumeClaim') return 'its volume and the data in it';
  return ref.kind === 'PersistentVolume' ? 'the data in it' : undefined;
}

/** A Namespace of Kubernetes, not a custom resource of that name. */
export function isNamespace(ref: ObjectRef): boolean {
  return groupOf(ref) === '' && ref.kind === 'Namespace';
}

/** A CustomResourceDefinition. */
export function isDefinition(ref: ObjectRef): boolean {
  return ref.kind === 'CustomResourceDefinition';
}

/** True for what has others inside: a Namespace, a CustomResourceDefinition. */
export function isContainer(ref: ObjectRef): boolean {
  return isNamespace(ref) || isDefinition(ref);
}

/** What a CustomResourceDefinition says that it defines. */
export function definedBy({ kind, metadata, spec }: KubeObject): Defined | undefined {
  const [group, defined] = [textAt(spec, 'group'), textAt(spec, 'names', 'kind')];
  if (kind !== 'CustomResourceDefinition' || group === undefined || defined === undefined) return undefined;
  return { name: metadata.name, group, kind: defined };
}

/** Whose deletion would take this object along, as far as the object itself says: its owners, its volume or claim. */
export function goesWith(object: KubeObject): readonly ObjectRef[] {
  const { namespace } = object.metadata;
  const owners = listAt(object, 'metadata', 'ownerReferences').flatMap((owner) => {
    if (!isMapping(owner)) return [];
    const [apiVersion, kind, name] = [textAt(owner, 'apiVersion'), textAt(owner, 'kind'), textAt(owner, 'name')];
    if (apiVersion === undefined || kind === undefined || name === undefined) return [];
    const ref = { apiVersion, kind, name };
    // an owner is in the same namespace, or in none: the reference does not say which
    return namespace === undefined ? [ref] : [{ ...ref, namespace }, ref];
  });
  return [...owners, ...volumeOf(object)];
}

function volumeOf(object: KubeObject): readonly ObjectRef[] {
  if (object.apiVersion !== 'v1') return [];
  const volume = textAt(object, 'spec', 'volumeName');
  if (object.kind === 'PersistentVolumeClaim' && volume)
    return [{ apiVersion: 'v1', kind: 'PersistentVolume', name: volume }];
  const [name, namespace] = [
    textAt(object, 'spec', 'claimRef', 'name'),
    textAt(object, 'spec', 'claimRef', 'namespace'),
  ];
  if (object.kind !== 'PersistentVolume' || !name || !namespace) return [];
  return [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name }];
}
