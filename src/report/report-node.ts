import type { Status } from '../generated/status.generated.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import type { KubeObject } from '../objects/kube-object.ts';

const CONDITION = 'KubicInitSynced';
const MAX_MESSAGE = 1_000;
const MAX_EVENTS = 20;

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/**
 * Says on this machine's Node how its last sync ended: the condition KubicInitSynced, written only when it changes, and an
 * Event for each action. Done as the kubelet's own user, which may write its own Node's status and Events, nothing more.
 */
export async function reportToNode(client: KubeClient, nodeName: string, status: Status, now: Date): Promise<void> {
  const node = await client.get({ apiVersion: 'v1', kind: 'Node', name: nodeName });
  if (!node) return;
  const existing = conditionsOf(node).find((condition) => condition.type === CONDITION);
  const wanted = conditionFor(status);
  if (!existing || (['status', 'reason', 'message'] as const).some((field) => existing[field] !== wanted[field])) {
    await writeCondition(client, nodeName, wanted, existing, now);
  }
  for (const action of (status.lastSync?.actions ?? []).slice(0, MAX_EVENTS)) {
    if (action.result === 'skipped') continue;
    await createEvent(client, node, action, now);
  }
}

function conditionsOf(node: KubeObject): readonly Condition[] {
  return (node.status as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
}

function conditionFor(status: Status): Condition {
  const commit = status.commit.actedOn?.slice(0, 12) ?? 'no commit';
  if (status.phase === 'in-sync') {
    return { type: CONDITION, status: 'True', reason: 'InSync', message: `in sync with ${commit}` };
  }
  if (status.phase === 'held') {
    const held = status.held.map(({ code, subject }) => `${code} ${subject}`).join(', ');
    const message = `in sync with ${commit} but for ${held}`.slice(0, MAX_MESSAGE);
    return { type: CONDITION, status: 'True', reason: 'Held', message };
  }
  const failed = status.lastSync?.actions.find((action) => action.result === 'failed');
  const message = status.error?.message ?? failed?.error?.message ?? `${status.phase} at ${commit}`;
  return { type: CONDITION, status: 'False', reason: camelCase(status.phase), message: message.slice(0, MAX_MESSAGE) };
}

async function writeCondition(
  client: KubeClient,
  nodeName: string,
  wanted: Condition,
  existing: Condition | undefined,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  const transition = existing?.status === wanted.status ? (existing.lastTransitionTime ?? at) : at;
  await client.request({
    method: 'PATCH',
    path: `/api/v1/nodes/${nodeName}/status`,
    // conditions merge by type in a strategic merge patch: the kubelet's own are left alone
    contentType: 'application/strategic-merge-patch+json',
    body: { status: { conditions: [{ ...wanted, lastHeartbeatTime: at, lastTransitionTime: transition }] } },
  });
}

async function createEvent(
  client: KubeClient,
  node: KubeObject,
  action: NonNullable<Status['lastSync']>['actions'][number],
  now: Date,
): Promise<void> {
  const failed = action.result === 'failed';
  const at = now.toISOString();
  await client.create({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: '', generateName: `${node.metadata.name}.`, namespace: 'default' },
    // the kubelet, too, uses the node's name as the uid of what its Events are about
    involvedObject: { apiVersion: 'v1', kind: 'Node', name: node.metadata.name, uid: node.metadata.name },
    type: failed ? 'Warning' : 'Normal',
    reason: camelCase(`${action.kind}${failed ? '-failed' : ''}`),
    message: (failed ? (action.error?.message ?? 'failed') : action.reason).slice(0, 1_000),
    source: { component: 'kubic-init', host: node.metadata.name },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
  });
}

/** `kubeadm.join-failed` → `KubeadmJoinFailed`, as reasons of conditions and Events are written. */
function camelCase(text: string): string {
  return text
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
