import { KubicError } from '../../../src/errors/kubic-error.ts';
import type { KubeReader } from '../../../src/kube/kube-client.ts';
import { type KubeObject, refOf } from '../../../src/objects/kube-object.ts';
import { groupKindOf } from '../../../src/objects/object-key.ts';
import { groupOf } from '../../../src/objects/object-ref.ts';

export const CLAIM = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };

/** An object with a UID of its own, with owners. */
export function owned(
  what: Pick<KubeObject, 'apiVersion' | 'kind'>,
  name: string,
  owners: readonly KubeObject[] = [],
  more: Readonly<Record<string, unknown>> = {},
): KubeObject {
  const ownerReferences = owners.map(({ apiVersion, kind, metadata }) => {
    const { name: of, uid } = metadata;
    return { apiVersion, kind, name: of, uid };
  });
  const where = CLUSTER_SCOPED.has(what.kind) ? {} : { namespace: 'shop' };
  return { ...what, metadata: { name, uid: `${what.kind}-${name}`, ...where, ownerReferences }, ...more };
}

const CLUSTER_SCOPED = new Set(['Namespace', 'PersistentVolume', 'CustomResourceDefinition']);

interface Faults {
  /** What a LIST of a kind fails with. */
  readonly failing?: Readonly<Record<string, KubicError>>;
  /** API versions whose discovery fails. */
  readonly away?: readonly string[];
  /** Called for each LIST, and waited for. */
  readonly onList?: (kind: string) => Promise<void> | void;
}

/** A reader of a cluster that has these objects, and serves their kinds and volumes. */
export function readerOf(
  objects: readonly KubeObject[],
  { failing = {}, away = [], onList }: Faults = {},
): Pick<KubeReader, 'get' | 'list' | 'findResource' | 'readPath'> {
  const volumes = owned({ apiVersion: 'v1', kind: 'PersistentVolume' }, 'none');
  const resources = [...new Map([volumes, ...objects].map((object) => [groupKindOf(object), object])).values()].map(
    ({ apiVersion, kind, metadata }) => ({
      ...{ apiVersion, kind, name: `${kind.toLowerCase()}s`, plural: `${kind.toLowerCase()}s` },
      ...{ namespaced: metadata.namespace !== undefined, verbs: ['list', 'delete'] },
    }),
  );
  const versions = [...new Set([...objects.map(({ apiVersion }) => apiVersion), ...away])].filter(
    (each) => each !== 'v1',
  );
  const groups = versions.map((groupVersion) => {
    const version = { groupVersion };
    return { name: groupOf({ apiVersion: groupVersion }), versions: [version], preferredVersion: version };
  });
  return {
    readPath: async (path) => {
      const apiVersion = path.replace(/^\/apis?\//, '');
      if (away.includes(apiVersion)) throw new KubicError('kube.overloaded', { detail: path });
      if (path === '/apis') return { groups };
      return { resources: resources.filter((each) => each.apiVersion === apiVersion) };
    },
    findResource: async (apiVersion, kind) =>
      resources.find((each) => groupKindOf(each) === groupKindOf({ apiVersion, kind })),
    get: async ({ kind, name }) => objects.find((object) => object.kind === kind && refOf(object).name === name),
    list: async (apiVersion, kind, { keep, namespace } = {}) => {
      await onList?.(kind);
      const error = failing[kind];
      if (error) throw error;
      return objects
        .filter((object) => groupKindOf(object) === groupKindOf({ apiVersion, kind }))
        .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
        .flatMap((object) => keep?.(object) ?? []);
    },
  };
}
