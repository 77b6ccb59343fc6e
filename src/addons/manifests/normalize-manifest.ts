import { isMapping } from '../../json/at.ts';
import { type KubeObject, refOf } from '../../objects/kube-object.ts';
import { isClusterScoped } from '../../objects/object-key.ts';
import { groupOf } from '../../objects/object-ref.ts';

/** Only an API server may say these, or they mean nothing in a request to apply. */
const OF_THE_SERVER = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generateName',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

interface OwnedField {
  readonly kind: string;
  readonly field: string;
  /** The field that hands it over, as the API's own documentation has it. */
  readonly where: string;
}

/** Fields that Kubernetes' own controllers write, whatever a manifest says: declaring them would be a fight. */
const OF_A_CONTROLLER: readonly OwnedField[] = [
  // "rules … will be overwritten by the controller manager" (k8s.io/api/rbac/v1, ClusterRole.aggregationRule)
  { kind: 'rbac.authorization.k8s.io/ClusterRole', field: 'rules', where: 'aggregationRule' },
];

/** What the repository declares, without what only an API server or a controller may say; a Secret's stringData becomes data, as there. */
export function normalizeManifest(manifest: KubeObject): KubeObject {
  const { status: _, ...rest } = manifest;
  const { apiVersion, kind } = manifest;
  const object: KubeObject = { ...rest, apiVersion, kind, metadata: normalizeMetadata(manifest) };
  return withoutStringData(withoutControllersFields(object));
}

function normalizeMetadata(manifest: KubeObject): KubeObject['metadata'] {
  const isNamespaced = !isClusterScoped(refOf(manifest));
  const entries = Object.entries(manifest.metadata).filter(([field, value]) => {
    if (field === 'namespace') return isNamespaced && value !== null && value !== '';
    return value !== null && !OF_THE_SERVER.includes(field);
  });
  return Object.fromEntries(entries) as KubeObject['metadata'];
}

function withoutControllersFields(object: KubeObject): KubeObject {
  const kind = `${groupOf(object)}/${object.kind}`;
  const owned = OF_A_CONTROLLER.filter((entry) => entry.kind === kind && isMapping(object[entry.where]));
  if (owned.length === 0) return object;
  const fields = owned.map(({ field }) => field);
  return Object.fromEntries(
    Object.entries(object).filter(([field]) => !fields.includes(field)),
  ) as unknown as KubeObject;
}

function withoutStringData(object: KubeObject): KubeObject {
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret' || !isMapping(object.stringData)) return object;
  const { stringData, ...rest } = object;
  const entries = Object.entries(stringData as Record<string, unknown>);
  // a value that is no text stays as it is: the API server says so
  const encoded = entries.map(([key, value]) => [
    key,
    typeof value === 'string' ? Buffer.from(value).toString('base64') : value,
  ]);
  return {
    ...rest,
    metadata: object.metadata,
    data: { ...(isMapping(rest.data) ? rest.data : {}), ...Object.fromEntries(encoded) },
  } as KubeObject;
}
