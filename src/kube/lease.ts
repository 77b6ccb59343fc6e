import type { V1Lease } from '@kubernetes/client-node';
import { KubicError } from '../errors/kubic-error.ts';
import { numberAt, textAt } from '../json/record.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { KubeClient } from './kube-client.ts';
import { pause } from './patient-connection.ts';

export interface LeaseOptions {
  readonly namespace: string;
  readonly name: string;
  /** Who asks: unique among those who may. */
  readonly holder: string;
  readonly durationSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

export type LeaseResult =
  | { readonly held: true; readonly lease: HeldLease }
  /** `by` holds it, as far as we have seen. */
  | { readonly held: false; readonly by: string };

export interface HeldLease {
  /** Aborts when the lease is lost, or could not be renewed for two thirds of its duration: whoever acts under it stops. */
  readonly lost: AbortSignal;
  /** Ends renewing and lets another holder have it at once. */
  readonly release: () => Promise<void>;
}

/**
 * What this process has seen of leases, and when by its own clock: as in client-go the holder's clock is never compared with
 * ours. One that a live process keeps, so that a foreign lease is known to have expired only after a full duration unseen to change.
 */
export interface LeaseObserver {
  readonly seen: Map<string, { readonly record: string; readonly at: number }>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

export function createLeaseObserver(now: () => number = () => performance.now()): LeaseObserver {
  return { seen: new Map(), now };
}

/**
 * Tries once to take or keep a coordination.k8s.io/v1 Lease; while held it is renewed in the background. A lease that can be
 * neither read nor written is an error, and then nobody acts. One whose holder is silent is taken over only after its duration
 * has passed before our own eyes (call again with the same observer).
 *
 * @throws KubicError kube.*
 */
export async function acquireLease(
  client: KubeClient,
  observer: LeaseObserver,
  options: LeaseOptions,
): Promise<LeaseResult> {
  const current = await client.get(refOfLease(options), { signal: options.signal });
  const holder = textAt(current, 'spec', 'holderIdentity') ?? '';
  if (current && holder !== '' && holder !== options.holder && !hasExpired(current, observer, options)) {
    return { held: false, by: holder };
  }
  const next = leaseObject(options, current);
  try {
    const call = { signal: options.signal };
    const held = current ? await client.replace(next, call) : await client.create(next, call);
    return { held: true, lease: keep(client, observer, options, held) };
  } catch (error) {
    if (!(error instanceof KubicError) || error.code !== 'kube.conflict') throw error;
    const winner = await client.get(refOfLease(options), { signal: options.signal });
    return { held: false, by: textAt(winner, 'spec', 'holderIdentity') ?? 'another holder' };
  }
}

function hasExpired(lease: KubeObject, observer: LeaseObserver, options: LeaseOptions): boolean {
  const key = `${options.namespace}/${options.name}`;
  const record = JSON.stringify(lease.spec);
  const before = observer.seen.get(key);
  if (before?.record !== record) {
    observer.seen.set(key, { record, at: observer.now() });
    return false;
  }
  const seconds = numberAt(lease, 'spec', 'leaseDurationSeconds') ?? options.durationSeconds;
  return observer.now() - before.at > seconds * 1000;
}

function keep(client: KubeClient, observer: LeaseObserver, options: LeaseOptions, held: KubeObject): HeldLease {
  const lost = new AbortController();
  const ended = new AbortController();
  const state = { lease: held, renewedAt: observer.now() };
  const renewing = renew(client, observer, options, state, { lost, ended: ended.signal });
  return {
    lost: lost.signal,
    release: async () => {
      ended.abort();
      await renewing;
      if (lost.signal.aborted) return;
      lost.abort(new KubicError('agent.aborted', { detail: 'the lease was released' }));
      const spec: V1Lease['spec'] = { ...(state.lease.spec as object), holderIdentity: '', leaseDurationSeconds: 1 };
      // best effort: a lease that cannot be given back expires by itself
      await client.replace({ ...state.lease, spec }).catch(() => {});
    },
  };
}

async function renew(
  client: KubeClient,
  observer: LeaseObserver,
  options: LeaseOptions,
  state: { lease: KubeObject; renewedAt: number },
  { lost, ended }: { readonly lost: AbortController; readonly ended: AbortSignal },
): Promise<void> {
  const durationMs = options.durationSeconds * 1000;
  for (;;) {
    await pause(durationMs / 5, ended).catch(() => {});
    if (ended.aborted) return;
    const startedAt = observer.now();
    try {
      state.lease = await client.replace(leaseObject(options, state.lease), { signal: ended });
      state.renewedAt = startedAt;
    } catch (error) {
      if (ended.aborted) return;
      const taken = error instanceof KubicError && ['kube.conflict', 'kube.not-found'].includes(error.code);
      if (taken || observer.now() - state.renewedAt > (durationMs * 2) / 3) {
        lost.abort(new KubicError('agent.aborted', { detail: `the lease ${options.name} was lost`, cause: error }));
        return;
      }
    }
  }
}

function leaseObject(options: LeaseOptions, current: KubeObject | undefined): KubeObject {
  const now = `${new Date().toISOString().slice(0, -1)}000Z`; // a MicroTime
  const kept = textAt(current, 'spec', 'holderIdentity') === options.holder;
  const transitions = (numberAt(current, 'spec', 'leaseTransitions') ?? 0) + (current && !kept ? 1 : 0);
  const metadata = current?.metadata ?? { name: options.name, namespace: options.namespace };
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata,
    spec: {
      holderIdentity: options.holder,
      leaseDurationSeconds: options.durationSeconds,
      acquireTime: (kept ? textAt(current, 'spec', 'acquireTime') : undefined) ?? now,
      renewTime: now,
      leaseTransitions: transitions,
    },
  };
}

function refOfLease(options: LeaseOptions) {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: options.namespace, name: options.name };
}
