import { KubicError } from '../errors/kubic-error.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import { acquireLease, createLeaseObserver, type HeldLease } from '../kube/lease.ts';

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
  let lease: HeldLease | undefined;
  return {
    lead: async () => {
      if (lease && !lease.lost.aborted) return lease.lost;
      const result = await acquireLease(await client(), observer, { ...LEASE, holder });
      if (!result.held) throw new KubicError('agent.not-leader', { detail: `${result.by} holds it` });
      lease = result.lease;
      return lease.lost;
    },
    release: async () => {
      await lease?.release();
      lease = undefined;
    },
  };
}
