import type { AcceptedNode } from '../../definition/definition.ts';
import { at, listAt, textAt } from '../../json/at.ts';
import type { KubeClient, KubeReader } from '../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../objects/kube-object.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';
import { renderAccess } from './render-access.ts';

/** Names, as formatRef writes them, of what is missing or differs, and of what must not be there. */
export interface AccessDifference {
  readonly apply: readonly string[];
  readonly remove: readonly string[];
}

const RBAC = 'rbac.authorization.k8s.io/v1';
const NAMESPACE = 'kube-system';
const TOKEN_TYPE = 'bootstrap.kubernetes.io/token';
const TOKEN_GROUP = 'system:bootstrappers:kubeadm:default-node-token';

/** Bindings by which kubeadm has any kubelet's CSR approved: they go whatever their subjects are. */
const AUTO_APPROVE = ['kubeadm:node-autoapprove-bootstrap', 'kubeadm:node-autoapprove-certificate-rotation'];
/**
 * What kubeadm grants to the holders of its tokens alone (phases bootstrap-token and addon kube-proxy). The Roles it binds stay:
 * ours bind two of them. Bindings that also serve nodes (kubeadm:kubelet-config, kubeadm:nodes-kubeadm-config) stay too, and so
 * does kubeadm:cluster-admins and the API server's access to kubelets.
 */
const TOKEN_BINDINGS: readonly ObjectRef[] = [
  { apiVersion: RBAC, kind: 'ClusterRoleBinding', name: 'kubeadm:kubelet-bootstrap' },
  { apiVersion: RBAC, kind: 'ClusterRoleBinding', name: 'kubeadm:get-nodes' },
  { apiVersion: RBAC, kind: 'RoleBinding', namespace: NAMESPACE, name: 'kube-proxy' },
  { apiVersion: RBAC, kind: 'RoleBinding', namespace: NAMESPACE, name: 'kubeadm:kubeadm-certs' },
];

/** Compares the RBAC of admission with what the accepted list says. Only reads. */
export async function observeAccess(
  client: KubeReader,
  accepted: readonly AcceptedNode[],
  signal?: AbortSignal,
): Promise<AccessDifference> {
  const [missing, unwanted] = await Promise.all([findMissing(client, accepted, signal), findUnwanted(client, signal)]);
  return { apply: missing.map((object) => formatRef(refOf(object))), remove: unwanted.map(formatRef) };
}

/** Brings what `names` lists to what it should be, as far as it still is not. */
export async function applyAccess(
  client: KubeClient,
  accepted: readonly AcceptedNode[],
  names: AccessDifference,
  signal?: AbortSignal,
): Promise<void> {
  const listed = new Set([...names.apply, ...names.remove]);
  // first what grants: a node that renews its certificate meanwhile finds our binding in place of kubeadm's
  for (const object of await findMissing(client, accepted, signal)) {
    if (listed.has(formatRef(refOf(object)))) await applyBinding(client, object, signal);
  }
  for (const ref of await findUnwanted(client, signal)) {
    if (listed.has(formatRef(ref))) await client.delete(ref, { signal });
  }
}

async function findMissing(
  client: KubeReader,
  accepted: readonly AcceptedNode[],
  signal: AbortSignal | undefined,
): Promise<readonly KubeObject[]> {
  const desired = renderAccess(accepted);
  const live = await Promise.all(desired.map((object) => client.get(refOf(object), { signal })));
  return desired.filter((object, index) => !isSame(object, live[index]));
}

function isSame(desired: KubeObject, live: KubeObject | undefined): boolean {
  return live !== undefined && isSameRole(desired, live) && subjectsOf(desired) === subjectsOf(live);
}

function isSameRole(a: KubeObject, b: KubeObject): boolean {
  return ['kind', 'name'].every((field) => textAt(a, 'roleRef', field) === textAt(b, 'roleRef', field));
}

function subjectsOf(binding: KubeObject): string {
  const subjects = listAt(binding, 'subjects').map((subject) =>
    ['apiGroup', 'kind', 'namespace', 'name'].map((field) => textAt(subject, field) ?? ''),
  );
  return JSON.stringify(subjects.map((subject) => subject.join('\n')).sort());
}

async function applyBinding(client: KubeClient, object: KubeObject, signal: AbortSignal | undefined): Promise<void> {
  const live = await client.get(refOf(object), { signal });
  // a binding's role cannot be changed: someone made one of ours over
  if (live && !isSameRole(object, live)) await client.delete(refOf(object), { signal });
  await client.apply(object, { fieldManager: 'kubic-init', force: true, signal });
}

async function findUnwanted(client: KubeReader, signal: AbortSignal | undefined): Promise<readonly ObjectRef[]> {
  const approving = AUTO_APPROVE.map((name) => ({ apiVersion: RBAC, kind: 'ClusterRoleBinding', name }));
  const found = await Promise.all([
    ...approving.map(async (ref) => ((await client.get(ref, { signal })) ? [ref] : [])),
    ...TOKEN_BINDINGS.map(async (ref) => (servesTokensAlone(await client.get(ref, { signal })) ? [ref] : [])),
    findTokens(client, signal),
  ]);
  return found.flat();
}

function servesTokensAlone(binding: KubeObject | undefined): boolean {
  const subjects = listAt(binding, 'subjects');
  return subjects.length > 0 && subjects.every((subject) => at(subject, 'name') === TOKEN_GROUP);
}

/** Bootstrap tokens, whoever made them: their holders may ask for a node's certificate. */
async function findTokens(client: KubeReader, signal: AbortSignal | undefined): Promise<readonly ObjectRef[]> {
  const fieldSelector = `type=${TOKEN_TYPE}`;
  const keep = ({ apiVersion, kind, metadata, type }: KubeObject): KubeObject | undefined =>
    type === TOKEN_TYPE ? { apiVersion, kind, metadata } : undefined;
  const secrets = await client.list('v1', 'Secret', { namespace: NAMESPACE, fieldSelector, signal, keep });
  return secrets.map(refOf);
}
