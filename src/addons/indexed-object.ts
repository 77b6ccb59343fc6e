import { textAt } from '../json/at.ts';
import { digestOf } from '../json/canonical.ts';
import { type KubeObject, refOf } from '../objects/kube-object.ts';
import { isClusterScoped } from '../objects/object-key.ts';
import { groupOf, type ObjectRef } from '../objects/object-ref.ts';
import { type Defined, definedBy, goesWith } from './deletion/cascade.ts';
import { goesWhenDone } from './health/goes-when-done.ts';

/**
 * What is known of a declared object without the object: all that comparing, ordering and the questions before a deletion take. The
 * object itself is read where it is sent (see sync/reading/).
 */
export interface IndexedObject extends ObjectRef {
  /** Of the manifest. */
  readonly digest: string;
  /** Digest of the manifest without its namespace, where its kind may turn out to have none. */
  readonly unscopedDigest?: string;
  /** Annotations of ours on the object: what its owner asks for. */
  readonly options?: Readonly<Record<string, string>>;
  readonly goesWhenDone?: boolean;
  readonly goesWith?: readonly ObjectRef[];
  /** What the object defines, where it is a CustomResourceDefinition. */
  readonly defines?: Defined & { readonly isClusterScoped: boolean };
}

/** Every annotation of ours begins with it. */
export const OPTION_PREFIX = 'kubic.suse.com/';

/** What the index keeps of a rendered object. */
export function indexObject(object: KubeObject): IndexedObject {
  const ref = refOf(object);
  const { namespace, annotations = {} } = object.metadata;
  const options = Object.entries(annotations).filter(([name]) => name.startsWith(OPTION_PREFIX));
  const ties = goesWith(object);
  const defined = definedBy(object);
  const mayHaveNone = namespace !== undefined && (isClusterScoped(ref) || groupOf(ref).includes('.'));
  return {
    ...ref,
    digest: digestOf(object),
    ...(mayHaveNone && { unscopedDigest: digestOf(withoutNamespace(object)) }),
    ...(options.length > 0 && { options: Object.fromEntries(options) }),
    ...(goesWhenDone(object) && { goesWhenDone: true }),
    ...(ties.length > 0 && { goesWith: ties }),
    ...(defined && { defines: { ...defined, isClusterScoped: textAt(object.spec, 'scope') === 'Cluster' } }),
  };
}

/** What an annotation of ours says on an object, or on what is known of it. */
export function optionOf(object: KubeObject | IndexedObject, annotation: string): string | undefined {
  return isIndexed(object) ? object.options?.[annotation] : object.metadata.annotations?.[annotation];
}

function isIndexed(object: KubeObject | IndexedObject): object is IndexedObject {
  return !('metadata' in object);
}

/** The object as it is where its kind has no namespace. */
export function withoutNamespace(object: KubeObject): KubeObject {
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as KubeObject['metadata'] };
}
