import type { Dependent, Dependents } from '../../addons/deletion/dependents.ts';
import { isProtected } from '../../addons/deletion/protection.ts';
import { isKept } from '../../addons/object-options.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { listAt, textAt } from '../../json/at.ts';
import { findDeletableKinds, type ListableKind } from '../../kube/deletable-kinds.ts';
import type { KubeReader, ListOptions } from '../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../objects/kube-object.ts';
import { isKubernetesGroup } from '../../objects/kubernetes-groups.ts';
import { groupKindOf, keyOf } from '../../objects/object-key.ts';
import { groupOf } from '../../objects/object-ref.ts';

type Reader = Pick<KubeReader, 'list' | 'readPath'>;

export interface DependentsScope {
  readonly protect: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** One answer serves all that are asked about in a row. */
const FRESH_MS = 2000;
/** For more namespaces than these one look into all costs less. */
const MAX_NAMESPACES = 3;

/** What goes with the objects of a namespace; without one, with those that have none: what these own may be anywhere. */
export type AskDependents = (namespace: string | undefined) => Promise<Dependents>;

/** Looks once in two seconds, whatever is asked. */
export function openDependents(client: Reader, scope: DependentsScope): AskDependents {
  let known = new Map<string | undefined, { readonly at: number; readonly answer: Promise<Dependents> }>();
  return (namespace) => {
    const now = performance.now();
    known = new Map([...known].filter(([, { at }]) => now - at < FRESH_MS));
    const fresh = known.get(undefined) ?? known.get(namespace);
    if (fresh) return fresh.answer;
    const wanted = known.size >= MAX_NAMESPACES ? undefined : namespace;
    const answer = readDependents(client, wanted, scope);
    known.set(wanted, { at: now, answer });
    return answer;
  };
}

/**
 * Everything that names an owner: a LIST, of metadata alone, of each kind that can be deleted. Volumes go with their claims, and claims
 * with their volumes. What does not answer is left out, and it is said what may be hidden there.
 *
 * @throws KubicError kube.unreachable, agent.aborted and the like
 */
async function readDependents(
  client: Reader,
  namespace: string | undefined,
  { protect, signal }: DependentsScope,
): Promise<Dependents> {
  const gathered = gather(protect);
  const away: ListableKind[] = [];
  const kinds = await findDeletableKinds(client, {
    signal,
    onAway: (apiVersion) => away.push({ apiVersion, kind: '', namespaced: true }),
  });
  const named = new Set(protect.map((entry) => entry.split('/')[0]));
  const wanted = kinds.filter(
    (each) =>
      (each.namespaced || namespace === undefined) && (!isPassing(each) || named.has(each.kind)) && !isVolume(each),
  );
  const errors: KubicError[] = [];
  for (const each of [...wanted, VOLUMES]) {
    try {
      await client.list(each.apiVersion, each.kind, {
        ...listOptions(each, namespace),
        signal,
        keep: (object) => void gathered.note(object),
      });
    } catch (error) {
      if (!(error instanceof KubicError) || FATAL.has(error.code)) throw error;
      if (error.code === 'kube.unknown-kind') continue; // its definition is gone, and they with it
      away.push(each);
      errors.push(error);
    }
  }
  const unseen = new Set(away.map(({ kind }) => kind));
  const seen = new Set(kinds.map(({ kind }) => kind));
  const isUnknown = away.some(isOfKubernetes);
  const [first] = away;
  return {
    byOwner: gathered.byOwner(),
    // of an API that does not even say what it has, it may be any kind that nobody else has
    mayHide: (kind) => isUnknown || unseen.has(kind) || (unseen.has('') && !seen.has(kind)),
    ...(first && { unread: `it cannot be read what goes with it (${errors[0]?.message ?? first.apiVersion})` }),
    isUnknown,
  };
}

const VOLUMES: ListableKind = { apiVersion: 'v1', kind: 'PersistentVolume', namespaced: false };

/** Volumes whole: they say in their spec which claim they have. */
function listOptions(kind: ListableKind, namespace: string | undefined): ListOptions {
  if (isVolume(kind)) return {};
  const where = kind.namespaced && namespace !== undefined ? { namespace } : {};
  // an API of somebody else's that is down is not waited for
  return { ...where, metadataOnly: true, patient: isOfKubernetes(kind) };
}

/** What has an owner, by that owner. */
function gather(protect: readonly string[]) {
  const found = new Map<string, { readonly dependent: Dependent; readonly owners: string[] }>();
  const bound: (readonly [volume: string, claim: string])[] = [];
  const note = (object: KubeObject): void => {
    const { uid = '', deletionTimestamp } = object.metadata;
    const ref = refOf(object);
    const owners = listAt(object, 'metadata', 'ownerReferences').flatMap((owner) => textAt(owner, 'uid') ?? []);
    const claim = isVolume(object) ? textAt(object, 'spec', 'claimRef', 'uid') : undefined;
    if (claim !== undefined) bound.push([uid, claim]);
    // one that is retained stays when its claim goes
    if (claim !== undefined && textAt(object, 'spec', 'persistentVolumeReclaimPolicy') !== 'Retain') owners.push(claim);
    const isClaim = groupKindOf(object) === '/PersistentVolumeClaim';
    if (deletionTimestamp !== undefined || (owners.length === 0 && !isClaim)) return;
    const facts = { isClaim, isKept: isKept(object), isProtected: isProtected(ref, protect) };
    found.set(uid, { dependent: { uid, key: keyOf(ref), name: formatRef(ref), ...facts }, owners });
  };
  const byOwner = (): ReadonlyMap<string, readonly Dependent[]> => {
    for (const [volume, claim] of bound) found.get(claim)?.owners.push(volume);
    const pairs = [...found.values()].flatMap(({ dependent, owners }) => owners.map((owner) => ({ owner, dependent })));
    const groups = [...Map.groupBy(pairs, ({ owner }) => owner)];
    return new Map(groups.map(([owner, each]) => [owner, each.map(({ dependent }) => dependent)]));
  };
  return { note, byOwner };
}

const FATAL: ReadonlySet<string> = new Set([
  'agent.aborted',
  'kube.unreachable',
  'kube.untrusted',
  'kube.unauthorized',
]);

function isVolume(each: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean {
  return groupKindOf(each) === groupKindOf(VOLUMES);
}

/** What Kubernetes makes in numbers and takes away by itself: there is nothing in it. */
function isPassing(each: ListableKind): boolean {
  return PASSING.has(groupKindOf(each));
}

const PASSING: ReadonlySet<string> = new Set([
  '/Endpoints',
  '/Event',
  'coordination.k8s.io/Lease',
  'discovery.k8s.io/EndpointSlice',
  'events.k8s.io/Event',
]);

/** Of the API server itself: where that does not answer, nothing is known. */
function isOfKubernetes(kind: ListableKind): boolean {
  return isKubernetesGroup(groupOf(kind));
}
