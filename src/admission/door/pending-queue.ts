import type { Facts } from '../protocol/enrolment-protocol.ts';
import { networkOf } from './rate-limit.ts';

/** A machine that asked for admission and nobody decided on. */
export interface PendingMachine {
  readonly fingerprint: string;
  /** The node name it asks for. */
  readonly name: string;
  readonly facts: Facts;
  /** Where it asked from. */
  readonly address: string;
  /** ISO 8601 */
  readonly firstSeen: string;
  /** Set where the list binds the name to another key: that key's fingerprint. */
  readonly boundKey?: string;
}

export interface PendingQueue {
  /** False when there is no room: nothing that waits is pushed out. */
  readonly put: (machine: Omit<PendingMachine, 'firstSeen'>) => boolean;
  readonly remove: (fingerprint: string) => void;
  /** In the order in which they first asked. */
  readonly list: () => readonly PendingMachine[];
}

const MAX_MACHINES = 200;
/** A fleet behind one NAT or load balancer fits; one address alone cannot fill the queue. */
const MAX_PER_ADDRESS = 50;
const TTL_MS = 60 * 60_000;

/** The machines that wait, in memory: bounded in number, in share per address and in time. */
export function createPendingQueue(now: () => number = Date.now): PendingQueue {
  const machines = new Map<string, PendingMachine & { readonly lastSeen: number }>();
  const expire = (): void => {
    for (const [key, { lastSeen }] of machines) if (now() - lastSeen > TTL_MS) machines.delete(key);
  };
  const hasRoom = (address: string): boolean => {
    const network = networkOf(address);
    const same = [...machines.values()].filter((machine) => networkOf(machine.address) === network);
    return machines.size < MAX_MACHINES && same.length < MAX_PER_ADDRESS;
  };
  return {
    put: (machine) => {
      expire();
      const known = machines.get(machine.fingerprint);
      if (!known && !hasRoom(machine.address)) return false;
      const firstSeen = known?.firstSeen ?? new Date(now()).toISOString();
      machines.set(machine.fingerprint, { ...machine, firstSeen, lastSeen: now() });
      return true;
    },
    remove: (fingerprint) => void machines.delete(fingerprint),
    list: () => {
      expire();
      return [...machines.values()].map(({ lastSeen: _, ...machine }) => machine);
    },
  };
}
