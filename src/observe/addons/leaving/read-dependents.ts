import type { Dependents } from '../../../addons/deletion/dependents.ts';
import { gatherDependents } from '../../../addons/deletion/gather-dependents.ts';
import type { KubicError } from '../../../errors/kubic-error.ts';
import { findDeletableKinds, type ListableKind } from '../../../kube/deletable-kinds.ts';
import { unlessFatal } from '../../../kube/errors/unless-fatal.ts';
import type { KubeReader, ListOptions } from '../../../kube/kube-client.ts';
import { readServedKind } from '../../../kube/served-kind.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { isKubernetesGroup } from '../../../objects/kubernetes-groups.ts';
import { groupKindOf } from '../../../objects/object-key.ts';
import { groupOf } from '../../../objects/object-ref.ts';
import { forEachConcurrently } from '../../../platform/for-each.ts';

type Reader = Pick<KubeReader, 'list' | 'readPath' | 'findResource'>;

export interface DependentsScope {
  readonly protect: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** One answer serves all that are asked about in a row. */
const FRESH_MS = 2000;
/** For more namespaces than these one look into all costs less. */
const MAX_NAMESPACES = 3;
/** Kinds that are read side by side. */
const AT_ONCE = 4;

/** What goes with the objects of a namespace; without one, with those that have none: what these own may be anywhere. */
export type AskDependents = (namespace: string | undefined) => Promise<Dependents>;

/** Looks once in two seconds, whatever is asked; these begin when the answer is there. */
export function openDependents(client: Reader, scope: DependentsScope): AskDependents {
  const known = new Map<string | undefined, Look>();
  return (namespace) => {
    const now = performance.now();
    for (const [where, { doneAt }] of known) if (doneAt !== undefined && now - doneAt >= FRESH_MS) known.delete(where);
    const fresh = known.get(undefined) ?? known.get(namespace);
    if (fresh) return fresh.answer;
    const wanted = known.size >= MAX_NAMESPACES ? undefined : namespace;
    const look: Look = { answer: readDependents(client, wanted, scope) };
    const end = (): void => {
      look.doneAt = performance.now();
    };
    look.answer.then(end, end);
    known.set(wanted, look);
    return look.answer;
  };
}

interface Look {
  readonly answer: Promise<Dependents>;
  /** Undefined while it goes on. */
  doneAt?: number;
}

/**
 * Everything that names an owner: a LIST, of metadata alone, of each kind that can be deleted. What does not answer is left out, and it is
 * said what may be hidden there. An API that does not even say what it has is not waited for, and alone it makes nothing unknown.
 *
 * @throws KubicError kube.unreachable, agent.aborted and the like
 */
async function readDependents(
  client: Reader,
  namespace: string | undefined,
  { protect, signal }: DependentsScope,
): Promise<Dependents> {
  const { note, ...gathered } = gatherDependents(protect);
  const away: string[] = [];
  const kinds = await findDeletableKinds(client, { signal, onAway: (apiVersion) => void away.push(apiVersion) });
  const named = new Set(protect.map((entry) => entry.split('/')[0]));
  const wanted = kinds.filter(
    (each) =>
      (each.namespaced || namespace === undefined) && (!isPassing(each) || named.has(each.kind)) && !isVolume(each),
  );
  const failed: Failed[] = [];
  await forEachConcurrently([...wanted, VOLUMES], AT_ONCE, async (each) => {
    try {
      // where its definition is gone by now, they are gone with it
      await readServedKind(client, each, { ...listOptions(each, namespace), signal }, note);
    } catch (error) {
      failed.push({ kind: each, error: unlessFatal(error) });
    }
  });
  const unlisted = new Set([...failed.map(({ kind }) => groupKindOf(kind)), ...gathered.crowded.keys()]);
  const unseen = new Set([...unlisted].map((groupKind) => groupKind.slice(groupKind.lastIndexOf('/') + 1)));
  const seen = new Set(kinds.map(({ kind }) => kind));
  const groups = new Set(away.map((apiVersion) => groupOf({ apiVersion })));
  const isBlind = [...away.map((apiVersion) => ({ apiVersion })), ...failed.map(({ kind }) => kind)].some(
    isOfKubernetes,
  );
  const [crowded] = [...gathered.crowded.values()].map((name) => `${name} names too many owners`);
  const why = failed[0]?.error.message ?? crowded ?? away[0];
  return {
    byOwner: gathered.byOwner(),
    ownersOf: gathered.ownersOf,
    claimsIn: gathered.claimsIn,
    // of an API that does not even say what it has, it may be any kind that nobody else has
    mayHide: (kind) => isBlind || unseen.has(kind) || (groups.size > 0 && !seen.has(kind)),
    isUnread: (groupKind) => unlisted.has(groupKind) || groups.has(groupKind.slice(0, groupKind.lastIndexOf('/'))),
    ...(why !== undefined && { unread: `it cannot be read what goes with it (${why})` }),
    isUnknown: isBlind || unlisted.size > 0,
  };
}

interface Failed {
  readonly kind: ListableKind;
  readonly error: KubicError;
}

const VOLUMES: ListableKind = { apiVersion: 'v1', kind: 'PersistentVolume', namespaced: false };

/** Volumes whole: they say in their spec which claim they have. */
function listOptions(kind: ListableKind, namespace: string | undefined): ListOptions {
  if (isVolume(kind)) return {};
  const where = kind.namespaced && namespace !== undefined ? { namespace } : {};
  return { ...where, metadataOnly: true };
}

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
function isOfKubernetes(kind: Pick<ListableKind, 'apiVersion'>): boolean {
  return isKubernetesGroup(groupOf(kind));
}
