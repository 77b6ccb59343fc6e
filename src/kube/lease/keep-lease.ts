import type { V1Lease } from '@kubernetes/client-node';
import { KubicError } from '../../errors/kubic-error.ts';
import { textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { KubeClient } from '../kube-client.ts';
import { pause } from '../patient-connection.ts';
import { type LeaseOptions, leaseObject, refOfLease } from './lease-object.ts';

export interface HeldLease {
  /** Aborts when the lease is lost, or could not be renewed for two thirds of its duration: whoever acts under it stops. */
  readonly lost: AbortSignal;
  /** Looks whether its time is up, as a timer does twice a second: after a suspend whoever is about to act looks first. */
  readonly check: () => void;
  /** Ends renewing and lets another holder have it at once. */
  readonly release: () => Promise<void>;
}

/** How long after a renewal began the lease is given up: a third of its duration before anyone else may take it. */
export function deadlineMs({ durationSeconds }: LeaseOptions): number {
  return (durationSeconds * 1000 * 2) / 3;
}

export interface Renewal {
  readonly lease: KubeObject;
  /** When the renewal was asked for, by the clock of the caller. */
  readonly since: number;
}

/** How often in its duration a lease is looked at. */
const CHECKS = 60;

/** Renews a lease in the background until it is lost or released. `now` is a clock that goes on in a suspend, in milliseconds. */
export function keepLease(client: KubeClient, now: () => number, options: LeaseOptions, first: Renewal): HeldLease {
  const lost = new AbortController();
  const ended = new AbortController();
  let latest = first;
  const lose = (cause?: unknown): void => {
    clearInterval(timer);
    const detail = `the lease ${options.name} was lost`;
    if (!ended.signal.aborted)
      lost.abort(new KubicError('agent.aborted', { detail, ...(cause !== undefined && { cause }) }));
  };
  const check = (): void => {
    if (now() - latest.since >= deadlineMs(options)) lose();
  };
  // a timer and no check after a request: a server that is silent, or asks to wait, is no reason to act any longer. It looks often, since
  // one that is set for the deadline would count from where a suspend left it
  const timer = setInterval(check, (options.durationSeconds * 1000) / CHECKS);
  const keepUntilDeadline = (renewal: Renewal): void => {
    latest = renewal;
    check();
  };
  const signal = AbortSignal.any([ended.signal, lost.signal]);
  const renewing = renew({ client, now, options, signal, lose, keepUntilDeadline }, first.lease);
  return {
    lost: lost.signal,
    check,
    release: async () => {
      ended.abort();
      clearInterval(timer);
      await renewing;
      if (lost.signal.aborted) return;
      lost.abort(new KubicError('agent.aborted', { detail: 'the lease was released' }));
      const spec: V1Lease['spec'] = { ...(latest.lease.spec as object), holderIdentity: '', leaseDurationSeconds: 1 };
      // best effort: a lease that cannot be given back expires by itself
      await client.replace({ ...latest.lease, spec }, attemptOf(options)).catch(() => {});
    },
  };
}

/** One attempt: short, so that a connection that is dead leaves time for another one, and without waiting where the server asks to. */
function attemptOf({ durationSeconds }: LeaseOptions) {
  return { timeoutMs: (durationSeconds * 1000) / 6, patient: false } as const;
}

interface Renewing {
  readonly client: KubeClient;
  readonly now: () => number;
  readonly options: LeaseOptions;
  /** Aborts when the lease was lost or released. */
  readonly signal: AbortSignal;
  readonly lose: (cause: unknown) => void;
  readonly keepUntilDeadline: (renewal: Renewal) => void;
}

/** Renews every fifth of the duration, and what failed again after a fifteenth. */
async function renew(deps: Renewing, held: KubeObject): Promise<void> {
  const { client, now, options, signal, lose, keepUntilDeadline } = deps;
  const durationMs = options.durationSeconds * 1000;
  let lease: KubeObject | undefined = held;
  for (let wait = durationMs / 5; ; ) {
    await pause(wait, signal).catch(() => {});
    if (signal.aborted) return;
    const since = now();
    try {
      lease = await client.replace(leaseObject(options, lease), { ...attemptOf(options), signal });
      keepUntilDeadline({ lease, since });
      wait = durationMs / 5;
    } catch (error) {
      lease = await findOurs(error, lease, deps);
      if (!lease) return lose(error);
      wait = durationMs / 15;
    }
  }
}

/** The lease to go on with after a renewal that failed; undefined where it is not ours any more. */
async function findOurs(
  error: unknown,
  lease: KubeObject,
  { client, options, signal }: Renewing,
): Promise<KubeObject | undefined> {
  const code = error instanceof KubicError ? error.code : undefined;
  if (code === 'kube.not-found') return undefined;
  if (code !== 'kube.conflict') return lease;
  // an attempt before this one may have been written although its answer never came
  const live = await client.get(refOfLease(options), { ...attemptOf(options), signal }).catch(() => lease);
  return textAt(live, 'spec', 'holderIdentity') === options.holder ? live : undefined;
}
