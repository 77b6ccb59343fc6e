import { expect } from 'vitest';
import { healthOf } from '../../src/addons/health/health.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { type KubeObject, refOf } from '../../src/objects/kube-object.ts';
import type { ObjectRef } from '../../src/objects/object-ref.ts';
import { loadHealthContext } from '../../src/observe/addons/health-context.ts';

/** `healthy`, `progressing: 0 of 2 pods exist`: what is told of a live object now. */
async function tellLive(client: KubeClient, ref: ObjectRef): Promise<string> {
  const live = await client.get(ref);
  if (!live) return 'is not there';
  const { status, reason } = healthOf(live, await loadHealthContext(client, [{ entries: [ref] }]));
  return reason === undefined ? status : `${status}: ${reason}`;
}

/** Waits until this is told of an object, and is still told a moment later: it is where the controller leaves it. */
export async function expectSettled(client: KubeClient, ref: ObjectRef, told: string | RegExp): Promise<void> {
  const matching =
    typeof told === 'string' ? expect.stringMatching(new RegExp(`^${told}$`)) : expect.stringMatching(told);
  await expect.poll(() => tellLive(client, ref), { timeout: 30_000, interval: 100 }).toEqual(matching);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await tellLive(client, ref)).toEqual(matching);
}

export interface PlayedStatus {
  readonly phase: 'Running' | 'Succeeded' | 'Failed';
  readonly ready: boolean;
}

/** Writes what a kubelet would report of these pods, until `count` of them have it: there is no node here. */
export async function playKubelet(
  client: KubeClient,
  pods: { readonly namespace: string; readonly app: string; readonly count: number },
  { phase, ready }: PlayedStatus,
): Promise<void> {
  const told = async (): Promise<number> => {
    const found = await client.list('v1', 'Pod', { namespace: pods.namespace, labelSelector: `app=${pods.app}` });
    const alive = found.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    for (const pod of alive)
      await client.patch(refOf(pod), { status: statusOf(phase, ready) }, { subresource: 'status' });
    return alive.length;
  };
  await expect.poll(told, { timeout: 30_000, interval: 100 }).toBe(pods.count);
}

function statusOf(phase: string, ready: boolean): object {
  const at = new Date().toISOString();
  const condition = { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: at };
  const terminated = { exitCode: phase === 'Failed' ? 1 : 0, startedAt: at, finishedAt: at };
  const container = { name: 'x', ready, restartCount: 0, image: 'x', imageID: 'x' };
  const state = phase === 'Running' ? { running: { startedAt: at } } : { terminated };
  return { phase, conditions: [condition], containerStatuses: [{ ...container, state }] };
}

/** A Node that says it is ready; DaemonSets are spread over such. */
export async function createNode(
  client: KubeClient,
  name: string,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  await client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels } });
  const at = new Date().toISOString();
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'x',
    message: 'x',
    lastHeartbeatTime: at,
    lastTransitionTime: at,
  };
  const room = { pods: '110', cpu: '4', memory: '8Gi' };
  const status = { conditions: [ready], capacity: room, allocatable: room };
  await client.patch({ apiVersion: 'v1', kind: 'Node', name }, { status }, { subresource: 'status' });
}

export function workload(
  kind: string,
  namespace: string,
  app: string,
  spec: object,
  image = 'registry.example.com/x:1',
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: app, namespace },
    spec: {
      selector: { matchLabels: { app } },
      template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'x', image }] } },
      ...(kind === 'StatefulSet' && { serviceName: app }),
      ...spec,
    },
  };
}
