import { setTimeout as delay } from 'node:timers/promises';
import type { KubicError } from '../errors/kubic-error.ts';
import { toKubicError } from '../errors/to-kubic-error.ts';
import { isMapping, listAt, textAt } from '../json/at.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import { isFingerprint } from '../pki/fingerprint.ts';
import type { PendingMachine, PendingQueue } from './door/pending-queue.ts';
import { parseFacts, sanitise } from './protocol/enrolment-protocol.ts';

/** What the holder of the Lease publishes in the cluster, for `kubic-init nodes`. */
export interface PendingDocument {
  readonly pending: readonly PendingMachine[];
  /** The control plane that published it: how the key of a seeder that has just bootstrapped is found. */
  readonly publisher: { readonly name: string; readonly fingerprint: string };
}

const CONFIG_MAP = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'kube-system',
  name: 'kubic-init-pending',
} as const;
const KEY = 'pending.json';
const MAX_MACHINES = 1000;

export interface PublishDeps {
  readonly client: KubeClient;
  readonly pending: PendingQueue;
  readonly publisher: PendingDocument['publisher'];
  readonly onError: (error: KubicError) => void;
}

const LOOK_MS = 1_000;
/** Between two writes: strangers decide how often the list changes, and each write goes to etcd whole. */
const WRITE_MS = 10_000;
const CHECK_MS = 60_000;

/**
 * Keeps the published list of machines that wait as the queue is, until the signal aborts. Run it only under the Lease. It asks the
 * API server when something changed, every 10 s at most, and once a minute whether the list is still there.
 */
export async function publishPending(deps: PublishDeps, signal: AbortSignal): Promise<void> {
  let published: { readonly text: string; readonly at: number } | undefined;
  while (!signal.aborted) {
    const text = JSON.stringify({ pending: deps.pending.list(), publisher: deps.publisher } satisfies PendingDocument);
    const age = published === undefined ? Infinity : performance.now() - published.at;
    if (age > CHECK_MS || (age > WRITE_MS && published?.text !== text)) {
      try {
        await writePending(deps.client, text, signal);
        published = { text, at: performance.now() };
      } catch (error) {
        if (!signal.aborted) deps.onError(toKubicError(error));
        await delay(4 * LOOK_MS, undefined, { signal }).catch(() => {});
      }
    }
    await delay(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

/** Writes only where something changed. */
async function writePending(client: KubeClient, text: string, signal: AbortSignal): Promise<void> {
  const live = await client.get(CONFIG_MAP, { signal });
  if (textAt(live, 'data', KEY) === text) return;
  const { apiVersion, kind, name, namespace } = CONFIG_MAP;
  const object = { apiVersion, kind, metadata: { name, namespace }, data: { [KEY]: text } };
  await client.apply(object, { fieldManager: 'kubic-init', force: true, signal });
}

/** What was published last, or undefined where nothing was. Its text is a stranger's: sanitised again. */
export async function loadPending(client: KubeClient, signal?: AbortSignal): Promise<PendingDocument | undefined> {
  const text = textAt(await client.get(CONFIG_MAP, { signal }), 'data', KEY);
  const value = text === undefined ? undefined : parseJson(text);
  if (!isMapping(value)) return undefined;
  return {
    pending: listAt(value, 'pending').slice(0, MAX_MACHINES).flatMap(parseMachine),
    publisher: {
      name: sanitise(textAt(value, 'publisher', 'name'), 63),
      fingerprint: sanitise(textAt(value, 'publisher', 'fingerprint'), 64),
    },
  };
}

function parseMachine(value: unknown): PendingMachine[] {
  const fingerprint = textAt(value, 'fingerprint') ?? '';
  const boundKey = textAt(value, 'boundKey') ?? '';
  if (!isFingerprint(fingerprint)) return [];
  return [
    {
      fingerprint,
      name: sanitise(textAt(value, 'name'), 63),
      facts: parseFacts(isMapping(value) ? value.facts : undefined),
      address: sanitise(textAt(value, 'address'), 64),
      firstSeen: sanitise(textAt(value, 'firstSeen'), 32),
      ...(isFingerprint(boundKey) && { boundKey }),
    },
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
