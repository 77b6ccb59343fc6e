import type { AcceptedNode, Definition } from '../../definition/definition.ts';
import type { ParsedCsr } from '../../pki/parse-csr.ts';
import type { ServingNames } from '../../pki/serving-names.ts';
import { printable } from '../../text/printable.ts';
import type { EnrolmentRecord } from '../enrolment-records.ts';
import { ENROLMENT_GROUP, fingerprintOfUser } from '../protocol/verify-enrolment-csr.ts';
import type { AddressHolders, NodeAddresses } from './address-holders.ts';
import type { CsrRequest } from './csr-request.ts';
import { explainServingRequest } from './serving-request.ts';

export const CLIENT_SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';
export const SERVING_SIGNER = 'kubernetes.io/kubelet-serving';
const NODE_PREFIX = 'system:node:';
const NODES_GROUP = 'system:nodes';

export const SPENT = 'the enrolment was used for another request already; the machine has to enrol again';

export type CsrDecision =
  | { readonly kind: 'approve' }
  | { readonly kind: 'deny'; readonly reason: string }
  /** A request that others decide. */
  | { readonly kind: 'ignore' }
  /** A request that we decide, once something that decides is there. */
  | { readonly kind: 'wait' };

export interface CsrContext {
  readonly definition: Definition;
  /** The certificate that the requester's key was given last, where it is an enrolment's. */
  readonly enrolment?: EnrolmentRecord;
  /** Nodes that matter: the one of that name is among them. */
  readonly nodes: readonly NodeAddresses[];
  /** Whose each address is; only serving certificates need it. */
  readonly holders: AddressHolders;
  /** What the API server's certificate on this control plane carries; asked of for serving certificates only. */
  readonly apiServer: ServingNames;
  readonly now: Date;
}

/**
 * Decides on a kubelet's request. A node's renewal of its own client certificate is left to kube-controller-manager and the RBAC
 * of render-access.ts, so that it goes on when no agent runs.
 */
export function decideCsr(request: CsrRequest, context: CsrContext): CsrDecision {
  if (request.signerName === SERVING_SIGNER) return decideServing(request, context);
  if (request.signerName !== CLIENT_SIGNER || isRenewal(request)) return { kind: 'ignore' };
  return toDecision(explainClientRequest(request, context));
}

function toDecision(reason: string | undefined): CsrDecision {
  return reason === undefined ? { kind: 'approve' } : { kind: 'deny', reason };
}

function isRenewal({ username, csr }: CsrRequest): boolean {
  return username.startsWith(NODE_PREFIX) && !('problem' in csr) && csr.commonName === username;
}

/** Why a kubelet does not get its first client certificate; undefined when it does. */
function explainClientRequest(request: CsrRequest, context: CsrContext): string | undefined {
  const fingerprint = fingerprintOfUser(request.username);
  if (fingerprint === undefined || !request.groups.includes(ENROLMENT_GROUP)) {
    return `${printable(request.username)} did not enrol: only machines whose key is accepted get a certificate`;
  }
  const { definition, nodes } = context;
  const rejected = definition.rejected.find((node) => node.key === fingerprint);
  if (rejected) return `the key ${fingerprint} is rejected: ${rejected.reason ?? 'no reason is given'}`;
  const node = definition.accepted.find((accepted) => accepted.key === fingerprint);
  if (!node) return `the key ${fingerprint} is not in the list of accepted nodes`;
  const problem = explainCredential(request, fingerprint, context) ?? explainClientCsr(request, fingerprint, node);
  if (problem !== undefined) return problem;
  const holder = nodes.find(({ name, ready }) => name === node.name && ready);
  return holder && `a Ready node has the name ${node.name}; delete that Node if this machine takes its place`;
}

/** The certificate that asked is the one issued to that key, still good, and not spent on another request. */
function explainCredential(
  { credential, uid }: CsrRequest,
  fingerprint: string,
  { enrolment, now }: CsrContext,
): string | undefined {
  if (credential === undefined) return 'it was not asked for with a client certificate';
  if (enrolment?.certificate !== credential) {
    return `the certificate it was asked for with is not the one issued to ${fingerprint}`;
  }
  if (Date.parse(enrolment.expires) <= now.getTime())
    return 'the enrolment has expired; the machine has to enrol again';
  return enrolment.usedBy === undefined || enrolment.usedBy === uid ? undefined : SPENT;
}

function explainClientCsr({ csr, usages }: CsrRequest, fingerprint: string, node: AcceptedNode): string | undefined {
  if ('problem' in csr) return csr.problem;
  if (csr.commonName !== `${NODE_PREFIX}${node.name}`) {
    return `it is for ${printable(csr.commonName)}, and the key ${fingerprint} is bound to the name ${node.name}`;
  }
  if (csr.organisation !== NODES_GROUP) return `its organisation is ${printable(csr.organisation)}, not ${NODES_GROUP}`;
  if (csr.dnsNames.length + csr.ipAddresses.length > 0) return 'a client certificate has no names or addresses';
  return hasUsages(usages, 'client auth')
    ? undefined
    : `its usages are not a kubelet's: ${printable(usages.join(', '))}`;
}

/** True for the usages that Kubernetes' own signers want (pkg/apis/certificates/helpers.go). */
function hasUsages(usages: readonly string[], auth: 'client auth' | 'server auth'): boolean {
  const given = new Set(usages);
  given.delete('key encipherment');
  return given.size === 2 && given.has('digital signature') && given.has(auth);
}

function decideServing(request: CsrRequest, context: CsrContext): CsrDecision {
  const { username, groups, csr } = request;
  const name = username.startsWith(NODE_PREFIX) ? username.slice(NODE_PREFIX.length) : undefined;
  if (name === undefined || !groups.includes(NODES_GROUP)) return { kind: 'ignore' };
  const { cluster, accepted } = context.definition;
  const node = accepted.find((candidate) => candidate.name === name);
  if (!node) return { kind: 'deny', reason: `${printable(name)} is not in the list of accepted nodes` };
  if ('problem' in csr) return { kind: 'deny', reason: csr.problem };
  const problem = explainServingCsr(csr, request);
  if (problem !== undefined) return { kind: 'deny', reason: problem };
  const own = context.nodes.find((candidate) => candidate.name === name);
  const reported = own ? own.dnsNames.length + own.ipAddresses.length : 0;
  if (!node.addresses && reported === 0) return { kind: 'wait' };
  const { holders, apiServer } = context;
  return toDecision(explainServingRequest(csr, { node, accepted, own, holders, cluster, apiServer }));
}

function explainServingCsr(csr: ParsedCsr, { username, usages }: CsrRequest): string | undefined {
  if (csr.commonName !== username) return `it is for ${printable(csr.commonName)}, and ${printable(username)} asked`;
  if (csr.organisation !== NODES_GROUP) return `its organisation is ${printable(csr.organisation)}, not ${NODES_GROUP}`;
  return hasUsages(usages, 'server auth')
    ? undefined
    : `its usages are not a kubelet's: ${printable(usages.join(', '))}`;
}
