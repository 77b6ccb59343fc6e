import type { Inside } from '../../../addons/addon-state.ts';
import { type Defined, definedBy, isNamespace } from '../../../addons/deletion/cascade.ts';
import type { DependentsOptions } from '../../../addons/deletion/dependents.ts';
import { MAX_OWNERS } from '../../../addons/deletion/gather-dependents.ts';
import { isProtected, protectedBystander } from '../../../addons/deletion/protection.ts';
import { findTakenAlong } from '../../../addons/deletion/taken-along.ts';
import { isKept } from '../../../addons/object-options.ts';
import { at, listAt, textAt } from '../../../json/at.ts';
import { findNamespacedKinds } from '../../../kube/deletable-kinds.ts';
import { unlessFatal } from '../../../kube/errors/unless-fatal.ts';
import type { KubeReader } from '../../../kube/kube-client.ts';
import { readServedKind } from '../../../kube/served-kind.ts';
import { formatRef, type KubeObject, refOf } from '../../../objects/kube-object.ts';
import { keyOf } from '../../../objects/object-key.ts';
import { groupOf, type ObjectRef } from '../../../objects/object-ref.ts';

export interface LookOptions extends DependentsOptions {
  /** API versions that leave in the same go: one that is down says nothing, and holds nothing back. */
  readonly leavingApis?: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
}

export type LookReader = Pick<KubeReader, 'get' | 'list' | 'findResource' | 'readPath'>;

export interface LookedInside {
  readonly inside: Inside;
  /** UIDs of everything that was seen inside, whoever's it is. */
  readonly uids: readonly string[];
}

const NAMED = 5;

/**
 * What a Namespace or a CustomResourceDefinition has inside that is on nobody's record: somebody else's, who is not asked by a
 * commit. What Kubernetes makes by itself, or for an owner that goes along, is not counted, except claims: there is data in them.
 *
 * @throws KubicError kube.unreachable, agent.aborted and the like; what cannot be read is said in the answer
 */
export async function lookInside(client: LookReader, ref: ObjectRef, options: LookOptions): Promise<LookedInside> {
  const names: string[] = [];
  const owned: Owned[] = [];
  /** UIDs of what is counted, or on record and goes. */
  const grounds = new Set<string>();
  const uids = new Set<string>();
  const defines: Defined[] = [];
  let count = 0;
  let guarded: string | undefined;
  const add = (name: string): void => {
    count += 1;
    if (names.length < NAMED) names.push(name);
  };
  const note = (object: KubeObject): void => {
    const inside = refOf(object);
    const name = formatRef(inside);
    const { uid = '' } = object.metadata;
    if (uid !== '') uids.add(uid);
    if (isProtected(inside, options.protect)) guarded ??= name;
    const isRecorded = options.isRecorded(keyOf(inside));
    if (!isKept(object) && (isRecorded || isByTheWay(object))) {
      if (isRecorded) grounds.add(uid);
      return;
    }
    const owners = ownersOf(object);
    if (owners.length > 0) owned.push({ uid, name, owners });
    else {
      add(name);
      grounds.add(uid);
    }
  };
  let unknown: string | undefined;
  try {
    if (isNamespace(ref)) await readNamespace(client, ref.name, note, options);
    else await readDefined(client, ref, note, defines, options.signal);
  } catch (error) {
    unknown = `it cannot be read what is inside (${unlessFatal(error).message})`;
  }
  // where it is not known, it may be there: guards.protect holds that, too
  if (unknown !== undefined) guarded ??= findGuarded(ref, options.protect, defines);
  const shielded = guarded !== undefined && { protected: guarded };
  if (unknown !== undefined) return { inside: { ref, names: [], count: 0, ...shielded, unknown }, uids: [...uids] };
  // what names an owner elsewhere would not have gone by itself: its owner stays
  const isWithin = ({ owners }: Owned): boolean => owners.some((uid) => uids.has(uid));
  for (const { uid, name } of owned.filter((each) => !isWithin(each))) {
    add(name);
    grounds.add(uid);
  }
  for (const { name } of findUngrounded(owned.filter(isWithin), grounds)) add(name);
  return { inside: { ref, names, count, ...shielded }, uids: [...uids] };
}

/** What guards.protect names and may be inside. */
function findGuarded(ref: ObjectRef, protect: readonly string[], defines: readonly Defined[]): string | undefined {
  const [found] = findTakenAlong(ref, protect.map(protectedBystander), { ties: [], defines });
  return found && formatRef(found.ref);
}

/** What no owner takes along that is counted or on record itself: owners that are in a circle, or made by the way, are none. */
function findUngrounded(owned: readonly Owned[], grounds: ReadonlySet<string>): readonly Owned[] {
  const pairs = owned.flatMap(({ uid, owners }) => owners.map((owner) => ({ owner, uid })));
  const byOwner = Map.groupBy(pairs, ({ owner }) => owner);
  const grounded = new Set<string>(grounds);
  // a set is gone through to its end, also through what comes to it meanwhile
  for (const owner of grounded) for (const { uid } of byOwner.get(owner) ?? []) grounded.add(uid);
  return owned.filter(({ uid }) => !grounded.has(uid));
}

/** An object that goes when one of its owners does. */
interface Owned {
  readonly uid: string;
  readonly name: string;
  /** Their UIDs. */
  readonly owners: readonly string[];
}

type Note = (object: KubeObject) => void;

async function readNamespace(
  client: LookReader,
  namespace: string,
  note: Note,
  { leavingApis, signal }: LookOptions,
): Promise<void> {
  for (const kind of await findNamespacedKinds(client, { mayBeAway: leavingApis, signal })) {
    await readServedKind(client, kind, { namespace, signal }, note);
  }
}

async function readDefined(
  client: LookReader,
  ref: ObjectRef,
  note: Note,
  defines: Defined[],
  signal?: AbortSignal,
): Promise<void> {
  const live = await client.get(ref, { signal });
  const defined = live && definedBy(live);
  if (!live || !defined) return;
  defines.push(defined);
  // as they are stored: what converts them may have left already
  const versions = listAt(live, 'spec', 'versions');
  const stored = versions.find((version) => at(version, 'storage') === true && at(version, 'served') === true);
  const apiVersion = `${defined.group}/${textAt(stored ?? versions[0], 'name')}`;
  await readServedKind(client, { apiVersion, kind: defined.kind }, { signal }, note);
}

function isClaim(object: KubeObject): boolean {
  return groupOf(object) === '' && object.kind === 'PersistentVolumeClaim';
}

/**
 * Who takes an object along without a question. Nobody does a claim, or what is kept; nor what names very many, for a tenant may write as many as
 * there is room for, and each takes memory here.
 */
function ownersOf(object: KubeObject): readonly string[] {
  const owners = listAt(object, 'metadata', 'ownerReferences');
  if (isClaim(object) || isKept(object) || owners.length > MAX_OWNERS) return [];
  return owners.map((owner) => textAt(owner, 'uid') ?? '');
}

/** Made by Kubernetes: it comes and goes by itself. */
function isByTheWay(object: KubeObject): boolean {
  if (object.metadata.deletionTimestamp !== undefined) return true;
  const { kind, metadata } = object;
  switch (`${groupOf(object)}/${kind}`) {
    case '/ConfigMap':
      return metadata.name === 'kube-root-ca.crt';
    case '/ServiceAccount':
      return metadata.name === 'default';
    case '/Secret':
      return object.type === 'kubernetes.io/service-account-token';
    case '/Event':
    case 'events.k8s.io/Event':
    case '/Endpoints':
    case 'discovery.k8s.io/EndpointSlice':
    case 'coordination.k8s.io/Lease':
      return true;
    default:
      return false;
  }
}
