import { KubicError } from '../errors/kubic-error.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import type { HeldLease } from '../kube/lease/keep-lease.ts';
import { acquireLease, createLeaseObserver } from '../kube/lease/lease.ts';

const LEASE = { namespace: 'kube-system', name: 'kubic-init', durationSeconds: 30 } as const;

/** The right to act on the cluster: the Lease kube-system/kubic-init. */
export interface Leadership {
  /**
   * Takes the Lease or keeps it.
   *
   * @returns a signal that aborts when it is lost: whoever acts under it stops
   * @throws KubicError agent.not-leader when another control plane holds it; kube.* when it cannot be read
   */
  readonly lead: () => Promise<AbortSignal>;
  readonly release: () => Promise<void>;
}

/**
 * @param holder unique to the machine and the same after a restart: the machine's lock keeps two of us apart, so a Lease
 * that an agent of ours left behind when it was killed is ours to keep
 */
export function createLeadership(client: () => Promise<KubeClient>, holder: string): Leadership {
  const observer = createLeaseObserver();
  let held: HeldLease | undefined;
  /** One attempt serves all who ask meanwhile: two of them would conflict with each other. */
  let attempt: Promise<HeldLease> | undefined;

  async function acquire(): Promise<HeldLease> {
    const result = await acquireLease(await client(), observer, { ...LEASE, holder });
    if (!result.held) throw new KubicError('agent.not-leader', { detail: `${result.by} holds it` });
    return result.lease;
  }

  async function keepOrAcquire(): Promise<HeldLease> {
    const current = held;
    current?.check();
    if (current && !current.lost.aborted) return current;
    held = await acquire();
    return held;
  }

  return {
    lead: async () => {
      attempt ??= keepOrAcquire().finally(() => {
        attempt = undefined;
      });
      return (await attempt).lost;
    },
    release: async () => {
      await attempt?.catch(() => {}); // what it got is released, too
      const current = held;
      held = undefined; // before it is given back: what is taken meanwhile would be held by nobody, and for ever
      await current?.release();
    },
  };
}
