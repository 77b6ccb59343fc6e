import type { AcceptedNode, Definition } from '../../definition/definition.ts';
import type { HeadReading, ReadHead, ReadHeadForStrangers } from '../fresh-definition.ts';
import type { Accepted, EnrolAnswer, EnrolRequest } from '../protocol/enrolment-protocol.ts';
import { renderAcceptedEntry } from '../protocol/key-conflict.ts';
import { explainEnrolmentCsr } from '../protocol/verify-enrolment-csr.ts';
import { decideEnrolment, servesEnrolment } from './decide-enrolment.ts';
import type { PendingQueue } from './pending-queue.ts';

export interface AnswerDeps {
  /** Fingerprint of this server's identity. */
  readonly ownFingerprint: string;
  readonly currentDefinition: () => Promise<Definition>;
  readonly readHead: ReadHead;
  /** Reads the head for those whose key is not accepted: however many ask, the repository is read rarely for them. */
  readonly readHeadForStrangers: ReadHeadForStrangers;
  readonly pending: PendingQueue;
  /** The cluster CA, PEM. */
  readonly loadClusterCA: () => Promise<string>;
  /** Has the cluster sign the request for the holder of that identity key; answers the certificate, PEM. */
  readonly issueCertificate: (csr: string, fingerprint: string) => Promise<string>;
}

export interface Enroller {
  readonly fingerprint: string;
  readonly address: string;
}

/** The answer without the time. */
export type UntimedAnswer = EnrolAnswer extends infer A
  ? A extends EnrolAnswer
    ? Omit<A, 'serverTime'>
    : never
  : never;

/** What a machine that proved its identity key is answered: by the list at the head, read anew. */
export async function answerEnrolment(request: EnrolRequest, peer: Enroller, deps: AnswerDeps): Promise<UntimedAnswer> {
  const problem = await explainEnrolmentCsr(request.csr, peer.fingerprint);
  if (problem !== undefined) return { state: 'refused', message: `the certificate request is no good: ${problem}` };
  const { definition, isFresh } = await readHeadFor(peer, deps);
  if (!servesEnrolment(definition, deps.ownFingerprint)) {
    return { state: 'busy', message: 'this machine is no control plane of the list any more' };
  }
  const decision = decideEnrolment(definition, peer.fingerprint, request.name);
  if (decision.kind === 'pending') return answerPending(request, peer, deps);
  if (decision.kind === 'key-conflict') return answerConflict(request, peer, decision, deps);
  deps.pending.remove(peer.fingerprint);
  if (decision.kind === 'rejected') return { state: 'rejected', message: `this key is rejected: ${decision.reason}` };
  if (!isFresh) return { state: 'busy', message: 'the cluster repository cannot be read now' };
  return answerAccepted(request.csr, peer, decision.node, definition, deps);
}

/**
 * Whoever was accepted a moment ago is not told to wait because the head was read a moment before. But a stranger does not make this
 * control plane read the repository with its credentials at will.
 */
async function readHeadFor(peer: Enroller, deps: AnswerDeps): Promise<HeadReading> {
  const isAccepted = ({ accepted, rejected }: Definition): boolean =>
    accepted.some(({ key }) => key === peer.fingerprint) && rejected.every(({ key }) => key !== peer.fingerprint);
  const askedAt = performance.now();
  if (isAccepted(await deps.currentDefinition())) return deps.readHead();
  // a machine that asked before may have been accepted since
  const reading = await deps.readHeadForStrangers(askedAt, deps.pending.has(peer.fingerprint));
  return isAccepted(reading.definition) && !reading.isFresh ? deps.readHead() : reading;
}

function answerPending({ name, facts }: EnrolRequest, peer: Enroller, deps: AnswerDeps): UntimedAnswer {
  if (!deps.pending.put({ ...peer, name, facts })) {
    return { state: 'busy', message: 'the list of pending machines is full' };
  }
  return { state: 'pending', message: `waiting until ${peer.fingerprint} is accepted as ${name}` };
}

function answerConflict(
  { name, facts }: EnrolRequest,
  peer: Enroller,
  { node, boundKey }: { readonly node: AcceptedNode; readonly boundKey: string },
  deps: AnswerDeps,
): UntimedAnswer {
  deps.pending.put({ ...peer, name, facts, boundKey }); // a full list only hides it: the answer is the same
  const yaml = renderAcceptedEntry({ name, key: peer.fingerprint, role: node.role });
  const message = `${name} is bound to ${boundKey}, and this machine's key is ${peer.fingerprint}`;
  return { state: 'key-conflict', message, name, boundKey, yaml };
}

async function answerAccepted(
  csr: string,
  { fingerprint }: Enroller,
  node: AcceptedNode,
  { cluster }: Definition,
  deps: AnswerDeps,
): Promise<Accepted> {
  const ca = await deps.loadClusterCA();
  const certificate = await deps.issueCertificate(csr, fingerprint);
  const { controlPlaneEndpoint } = cluster;
  return { state: 'accepted', nodeName: node.name, role: node.role, ca, controlPlaneEndpoint, certificate };
}
