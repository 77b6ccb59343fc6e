import type { AcceptedNode, Definition, RejectedNode } from '../definition/definition.ts';

/** What the repository says of one machine. */
export type Standing =
  | { readonly kind: 'accepted'; readonly node: AcceptedNode }
  | { readonly kind: 'rejected'; readonly node: RejectedNode }
  | { readonly kind: 'unknown' };

/**
 * A machine is found by its key; its node name is the one that key is bound to, whatever its hostname says. Only the
 * seeder may stand in the list without a key; it is then known by the name it claims.
 */
export function findStanding(definition: Definition, fingerprint: string, claimedName: string): Standing {
  const rejected = definition.rejected.find((node) => node.key === fingerprint);
  if (rejected) return { kind: 'rejected', node: rejected };
  const accepted =
    definition.accepted.find((node) => node.key === fingerprint) ??
    definition.accepted.find(
      (node) => node.key === undefined && node.name === definition.cluster.seeder && node.name === claimedName,
    );
  return accepted ? { kind: 'accepted', node: accepted } : { kind: 'unknown' };
}

/** Fingerprints a node may talk to when it enrols: those of the accepted control planes. */
export function enrolmentPins(definition: Definition): string[] {
  return definition.accepted.flatMap((node) =>
    node.role === 'control-plane' && node.key !== undefined ? [node.key] : [],
  );
}
