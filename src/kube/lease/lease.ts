import { KubicError } from '../../errors/kubic-error.ts';
import { numberAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { printable } from '../../text/printable.ts';
import type { KubeClient } from '../kube-client.ts';
import { deadlineMs, type HeldLease, keepLease } from './keep-lease.ts';
import { type LeaseOptions, leaseObject, refOfLease } from './lease-object.ts';
import { createWakingClock } from './waking-clock.ts';

export type LeaseResult =
  | { readonly held: true; readonly lease: HeldLease }
  /** `by` holds it, as far as we have seen. */
  | { readonly held: false; readonly by: string };

/**
 * What this process has seen of leases, and when by its own clock: as in client-go the holder's clock is never compared with
 * ours. One that a live process keeps, so that a foreign lease is known to have expired only after a full duration unseen to change.
 */
export interface LeaseObserver {
  readonly seen: Map<string, { readonly record: string; readonly at: number }>;
  /** Monotonic milliseconds, which stand still in a suspend: what was not seen then has not passed before our eyes. */
  readonly now: () => number;
  /** Milliseconds that go on in a suspend: others see them pass. */
  readonly wakingNow: () => number;
}

/** An observer that has seen nothing yet. @param now monotonic milliseconds @param wall milliseconds of the clock that people set */
export function createLeaseObserver(
  now: () => number = () => performance.now(),
  wall: () => number = () => Date.now(),
): LeaseObserver {
  return { seen: new Map(), now, wakingNow: createWakingClock(now, wall) };
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
    return { held: false, by: printable(holder) };
  }
  const next = leaseObject(options, current);
  const call = { signal: options.signal, timeoutMs: deadlineMs(options), patient: false };
  const since = observer.wakingNow(); // of the request, not of its answer: others count from what they see in between
  try {
    const held = current ? await client.replace(next, call) : await client.create(next, call);
    return { held: true, lease: keepLease(client, observer.wakingNow, options, { lease: held, since }) };
  } catch (error) {
    if (!(error instanceof KubicError) || error.code !== 'kube.conflict') throw error;
    const winner = await client.get(refOfLease(options), { signal: options.signal });
    return { held: false, by: printable(textAt(winner, 'spec', 'holderIdentity') ?? 'another holder') };
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
