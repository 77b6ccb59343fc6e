import { isMapping } from '../json/at.ts';
import type { KubeObject, ManagedFieldsEntry } from '../objects/kube-object.ts';
import { FIELD_MANAGER, type Fields, isOurEntry } from './owned-fields.ts';

/** Fields that were applied from files on the client: whoever did that once is not asked again (kubectl, since 1.18). */
const CLIENT_SIDE = new Set(['kubectl-client-side-apply']);
/**
 * Tools that hold what they applied until somebody says that it is another's now. Not `before-first-apply`: that stands for all fields
 * of an object of unknown history, those that the API server and controllers filled in among them.
 */
const TOOLS = new Set([
  ...CLIENT_SIDE,
  'argocd-controller',
  'helm',
  'helm-controller',
  'kubectl',
  'kubectl-last-applied',
  'kustomize-controller',
]);

/**
 * managedFields in which we own what other tools applied, so that what leaves the repository leaves the object; undefined where
 * they own nothing. As `kubectl apply --server-side` takes over from itself (client-go, util/csaupgrade): sets of the same API
 * version are joined, and the tool's own entry goes. `first`: we have not applied the object before, and take it from every tool; later only from
 * client-side apply, as others may then share the object on purpose.
 */
export function takeOverFields(object: KubeObject, first: boolean): readonly ManagedFieldsEntry[] | undefined {
  const entries = object.metadata.managedFields ?? [];
  const theirs = entries.filter((entry) => isTool(entry, first));
  const [latest] = theirs;
  if (!latest) return undefined;
  const ours = entries.find(isOurEntry) ?? { ...latest, manager: FIELD_MANAGER, operation: 'Apply' };
  const joined = theirs
    .filter(({ apiVersion }) => apiVersion === ours.apiVersion)
    .reduce<Fields>((fields, entry) => joinFields(fields, entry.fieldsV1 ?? {}), ours.fieldsV1 ?? {});
  const others = entries.filter((entry) => !isOurEntry(entry) && !theirs.includes(entry));
  return [{ ...ours, fieldsV1: joined }, ...others];
}

/** managedFields without what is recorded at API versions that nobody serves any more; undefined where all are served. */
export function dropDeadVersions(
  object: KubeObject,
  isServed: (apiVersion: string) => boolean,
): readonly ManagedFieldsEntry[] | undefined {
  const entries = object.metadata.managedFields ?? [];
  const alive = entries.filter(({ apiVersion }) => apiVersion === undefined || isServed(apiVersion));
  if (alive.length === entries.length) return undefined;
  if (alive.some(isOurEntry)) return alive;
  // what we applied stays ours: a path of fields means the same at another version, or nothing
  const ours = entries.find(isOurEntry);
  return ours ? [{ ...ours, apiVersion: object.apiVersion }, ...alive] : alive;
}

/**
 * True where an object that has our label was made by us: our fields are as old as the object, and nobody's are older. To tell
 * what we made in a sync that was cut short from what we found.
 */
export function isMadeByUs({ metadata }: KubeObject): boolean {
  const made = Date.parse(String(metadata.creationTimestamp));
  const entries = (metadata.managedFields ?? []).filter(({ subresource }) => !subresource);
  const applied = Date.parse(entries.find(isOurEntry)?.time ?? '');
  const others = entries.filter((entry) => !isOurEntry(entry)).map(({ time }) => Date.parse(time ?? ''));
  return Math.abs(applied - made) <= 1000 && others.every((time) => time > applied);
}

function isTool({ manager, operation, subresource }: ManagedFieldsEntry, first: boolean): boolean {
  if (subresource) return false;
  return first ? TOOLS.has(manager) : CLIENT_SIDE.has(manager) && operation === 'Update';
}

/** The union of two sets of fields: a tree in which `{}` is the field itself, and `.` says so beside members. */
function joinFields(a: Fields, b: Fields): Fields {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const joined = [...keys].map((key): [string, unknown] => {
    const [left, right] = [a[key], b[key]];
    if (!isMapping(left)) return [key, right];
    if (!isMapping(right)) return [key, left];
    return [key, joinMembers(left, right)];
  });
  return Object.fromEntries(joined);
}

function joinMembers(a: Fields, b: Fields): Fields {
  const [emptyA, emptyB] = [Object.keys(a).length === 0, Object.keys(b).length === 0];
  if (emptyA && emptyB) return {};
  const both = joinFields(a, b);
  return emptyA || emptyB ? { '.': {}, ...both } : both;
}
