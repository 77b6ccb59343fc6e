import type { Definition } from '../definition/definition.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { isFingerprint } from '../pki/fingerprint.ts';
import { type ObservedAddresses, toNodeAddresses } from './address-record.ts';
import { readApiServerNames } from './api-server-names.ts';
import { type CsrRequest, readCsrRequest } from './approver/csr-request.ts';
import { type CsrContext, type CsrDecision, decideCsr, SERVING_SIGNER, SPENT } from './approver/decide-csr.ts';
import { loadEnrolment, useEnrolment } from './enrolment-records.ts';
import type { DefinitionSource, ReadHead } from './fresh-definition.ts';
import { decideRequest } from './issue-certificate.ts';
import { fingerprintOfUser } from './protocol/verify-enrolment-csr.ts';

export interface ReviewDeps extends Pick<DefinitionSource, 'currentDefinition'> {
  readonly client: KubeClient;
  readonly readHead: ReadHead;
  /** Nodes and whose the addresses are, looked at after it was asked. */
  readonly observeAddresses: () => Promise<ObservedAddresses>;
  /** The API server's certificate on this control plane, PEM; undefined where there is none. */
  readonly loadApiServerCertificate: () => Promise<string | undefined>;
  readonly onDecision: (request: Pick<CsrRequest, 'name' | 'username'>, decision: CsrDecision) => void;
}

/**
 * Decides on a request and writes the decision. `wait` says that it has to be looked at again.
 *
 * @throws KubicError admission.api-certificate, kube.*
 */
export async function reviewCsr(
  object: KubeObject,
  deps: ReviewDeps,
  signal: AbortSignal,
): Promise<CsrDecision['kind']> {
  const seenAt = performance.now();
  const request = await readCsrRequest(object);
  const before = await deps.currentDefinition();
  const context = await loadContext(request, before, deps, signal);
  let decision = decideCsr(request, context);
  if (decision.kind === 'approve' || decision.kind === 'deny') {
    // both are final: the head of this moment approves, and only a reading that began after the CSR was seen denies, for
    // the commit that accepts may be newer than what we have read
    const { definition, isFresh, at } = await deps.readHead(decision.kind === 'deny' ? seenAt : undefined);
    const current = definition === before ? context : await loadContext(request, definition, deps, signal);
    decision = decideCsr(request, current);
    if (!isFresh || (decision.kind === 'deny' && at < seenAt)) return 'wait';
  }
  if (decision.kind === 'approve') decision = await claim(request, decision, deps.client, signal);
  if (decision.kind === 'approve' || decision.kind === 'deny') {
    await decideRequest(deps.client, object, conditionOf(decision), signal);
    deps.onDecision(request, decision);
  }
  return decision.kind;
}

/** An enrolment is spent before the approval is written: a crash in between leaves it spent for this very request. */
async function claim(
  { username, credential, uid }: CsrRequest,
  decision: CsrDecision,
  client: KubeClient,
  signal: AbortSignal,
): Promise<CsrDecision> {
  const fingerprint = fingerprintOfUser(username);
  if (fingerprint === undefined || (await useEnrolment(client, fingerprint, credential ?? '', uid, signal)))
    return decision;
  return { kind: 'deny', reason: SPENT };
}

function conditionOf(decision: Extract<CsrDecision, { kind: 'approve' | 'deny' }>) {
  return decision.kind === 'approve'
    ? ({
        type: 'Approved',
        reason: 'KubicInitAccepted',
        message: 'the key is accepted and bound to this name',
      } as const)
    : ({ type: 'Denied', reason: 'KubicInitNotAccepted', message: decision.reason } as const);
}

async function loadContext(
  request: CsrRequest,
  definition: Definition,
  deps: ReviewDeps,
  signal: AbortSignal,
): Promise<CsrContext> {
  const common = { definition, now: new Date(), nodes: [], holders: new Map(), apiServer: NO_NAMES };
  if (request.signerName === SERVING_SIGNER) {
    const [observed, pem] = await Promise.all([deps.observeAddresses(), deps.loadApiServerCertificate()]);
    return { ...common, ...observed, apiServer: await readApiServerNames(pem) };
  }
  const fingerprint = fingerprintOfUser(request.username);
  if (fingerprint === undefined || !isFingerprint(fingerprint)) return common;
  const name = definition.accepted.find(({ key }) => key === fingerprint)?.name;
  const [enrolment, node] = await Promise.all([
    loadEnrolment(deps.client, fingerprint, signal),
    name === undefined ? undefined : deps.client.get({ apiVersion: 'v1', kind: 'Node', name }, { signal }),
  ]);
  return { ...common, ...(enrolment && { enrolment }), nodes: node ? [toNodeAddresses(node)] : [] };
}

const NO_NAMES = { dnsNames: [], ipAddresses: [] } as const;
