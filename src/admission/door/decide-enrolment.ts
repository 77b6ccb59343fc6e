import type { AcceptedNode, Definition } from '../../definition/definition.ts';

/** What the list says to a machine that asks for a name with a key. */
export type EnrolmentDecision =
  | { readonly kind: 'accepted'; readonly node: AcceptedNode }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'key-conflict'; readonly node: AcceptedNode; readonly boundKey: string }
  | { readonly kind: 'pending' };

/** The key decides; the name a machine asks for counts only while its key is unknown. */
export function decideEnrolment(definition: Definition, fingerprint: string, name: string): EnrolmentDecision {
  const rejected = definition.rejected.find((node) => node.key === fingerprint);
  if (rejected) return { kind: 'rejected', reason: rejected.reason ?? 'no reason is given' };
  const node = definition.accepted.find((accepted) => accepted.key === fingerprint);
  if (node) return { kind: 'accepted', node };
  const holder = definition.accepted.find((accepted) => accepted.name === name);
  return holder?.key === undefined ? { kind: 'pending' } : { kind: 'key-conflict', node: holder, boundKey: holder.key };
}

/** Whether a machine serves enrolment: only one whose own key is accepted as a control plane's. */
export function servesEnrolment(definition: Definition, fingerprint: string): boolean {
  const rejected = definition.rejected.some((node) => node.key === fingerprint);
  return !rejected && definition.accepted.some((node) => node.key === fingerprint && node.role === 'control-plane');
}
