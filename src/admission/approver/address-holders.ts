import type { AcceptedNode } from '../../definition/definition.ts';
import { formatAddress, parseAddress } from '../../text/address.ts';

/** What a Node object says of itself. */
export interface NodeAddresses {
  readonly name: string;
  readonly ready: boolean;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  /** ISO 8601: when the API server made the Node. */
  readonly created?: string;
}

/** The addresses (canonical) that each node holds, by its name; an entry without any for a node that was seen and holds none. */
export type AddressHolders = ReadonlyMap<string, readonly string[]>;

/** More than machines have; a node that reports thousands fills nobody's record. */
export const MAX_ADDRESSES = 32;

/**
 * Settles which accepted node holds which address; each has one holder. Kubelets report addresses themselves, so the repository's
 * word comes first, then the control planes', and then whoever was seen with an address before. Of two that claim a new one, a node
 * never seen before goes first: one that was had another address, and wants this one since.
 */
export function settleAddresses(
  before: AddressHolders,
  nodes: readonly NodeAddresses[],
  accepted: readonly AcceptedNode[],
): AddressHolders {
  const live = new Map(nodes.map((node) => [node.name, node]));
  const claims = accepted
    .map((node) => toClaim(node, before.get(node.name), live.get(node.name)))
    .toSorted((a, b) => compare(a.created, b.created) || compare(a.name, b.name));
  const [controlPlanes, workers] = [claims.filter((claim) => claim.leads), claims.filter((claim) => !claim.leads)];
  const rounds = [
    ...controlPlanes.map((claim) => [claim, [...claim.kept, ...claim.fresh]] as const),
    ...workers.filter(({ bound }) => bound).map((claim) => [claim, claim.fresh] as const),
    ...workers.map((claim) => [claim, claim.kept] as const),
    ...workers.filter(({ seen }) => !seen).map((claim) => [claim, claim.fresh] as const),
    ...workers.map((claim) => [claim, claim.fresh] as const),
  ];
  const taken = new Map<string, string>();
  for (const [{ name }, addresses] of rounds) {
    for (const address of addresses) if (!taken.has(address)) taken.set(address, name);
  }
  const known = claims.filter(({ bound, seen, fresh }) => bound || seen || fresh.length > 0);
  return new Map(
    known.map(({ name, kept, fresh }) => {
      const held = [...new Set([...kept, ...fresh])].filter((address) => taken.get(address) === name);
      return [name, held.slice(0, MAX_ADDRESSES)];
    }),
  );
}

interface Claim {
  readonly name: string;
  /** A control plane. */
  readonly leads: boolean;
  readonly bound: boolean;
  readonly seen: boolean;
  readonly created: string;
  /** Held before, and not given up since. */
  readonly kept: readonly string[];
  readonly fresh: readonly string[];
}

function toClaim(node: AcceptedNode, held: readonly string[] | undefined, live: NodeAddresses | undefined): Claim {
  const { name, addresses } = node;
  const leads = node.role === 'control-plane';
  const common = { name, leads, seen: held !== undefined, created: live?.created ?? '' };
  if (addresses) return { ...common, bound: true, kept: [], fresh: canonicalAddresses(addresses) };
  const reported = canonicalAddresses([...(live?.dnsNames ?? []), ...(live?.ipAddresses ?? [])]).slice(
    0,
    MAX_ADDRESSES,
  );
  // a Node that is away for a moment gives nothing up
  const kept = reported.length === 0 ? (held ?? []) : (held ?? []).filter((address) => reported.includes(address));
  return { ...common, bound: false, kept, fresh: reported };
}

/** The addresses among texts, each once; what is none is left out. */
export function canonicalAddresses(texts: readonly string[]): readonly string[] {
  const addresses = texts.map(parseAddress).filter((address) => address !== undefined);
  return [...new Set(addresses.map(formatAddress))];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
