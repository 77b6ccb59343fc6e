import type { Facts } from '../protocol/enrolment-protocol.ts';
import { networkOf } from './rate-limit.ts';

/** A machine that asked for admission and nobody decided on. */
export interface PendingMachine {
  readonly fingerprint: string;
  /** The node name it asks for. */
  readonly name: string;
  readonly facts: Facts;
  /** The address that the machine asked from. */
  readonly address: string;
  /** ISO 8601 */
  readonly firstSeen: string;
  /** Set where the list binds the name to another key: that key's fingerprint. */
  readonly boundKey?: string;
}

export interface PendingQueue {
  /** False when there is no room: the network it asks from has its share, or as much as any other of a full queue. */
  readonly put: (machine: Omit<PendingMachine, 'firstSeen'>) => boolean;
  readonly has: (fingerprint: string) => boolean;
  readonly remove: (fingerprint: string) => void;
  /** In the order in which they first asked. */
  readonly list: () => readonly PendingMachine[];
}

const MAX_MACHINES = 200;
/** A fleet behind one NAT or load balancer fits; one address alone cannot fill the queue. */
const MAX_PER_NETWORK = 50;
const TTL_MS = 60 * 60_000;

type Waiting = PendingMachine & { readonly lastSeen: number };

/**
 * The machines that wait, in memory: bounded in number, in share per network and in time. Where the queue is full, the network with
 * the most machines in it makes room for one with fewer: whoever has many addresses keeps nobody out.
 */
export function createPendingQueue(now: () => number = Date.now): PendingQueue {
  const machines = new Map<string, Waiting>();
  const expire = (): void => {
    for (const [key, { lastSeen }] of machines) if (now() - lastSeen > TTL_MS) machines.delete(key);
  };
  return {
    put: (machine) => {
      expire();
      const known = machines.get(machine.fingerprint);
      if (!known && !makeRoom(machines, networkOf(machine.address))) return false;
      const firstSeen = known?.firstSeen ?? new Date(now()).toISOString();
      machines.set(machine.fingerprint, { ...machine, firstSeen, lastSeen: now() });
      return true;
    },
    has: (fingerprint) => machines.has(fingerprint),
    remove: (fingerprint) => void machines.delete(fingerprint),
    list: () => {
      expire();
      return [...machines.values()].map(({ lastSeen: _, ...machine }) => machine);
    },
  };
}

/** Whether one more of a network fits. In a full queue that of the largest network goes which has not asked for the longest time. */
function makeRoom(machines: Map<string, Waiting>, network: string): boolean {
  const networks = Map.groupBy(machines.values(), ({ address }) => networkOf(address));
  const own = networks.get(network)?.length ?? 0;
  if (own >= MAX_PER_NETWORK) return false;
  if (machines.size < MAX_MACHINES) return true;
  const largest = Math.max(...[...networks.values()].map((list) => list.length));
  if (own >= largest) return false;
  const candidates = [...networks.values()].filter((list) => list.length === largest).flat();
  const oldest = candidates.reduce((a, b) => (b.lastSeen < a.lastSeen ? b : a));
  return machines.delete(oldest.fingerprint);
}
