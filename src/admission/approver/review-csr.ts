import type { Definition } from '../../definition/definition.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { isFingerprint } from '../../pki/fingerprint.ts';
import { loadEnrolment, useEnrolment } from '../enrolment-records.ts';
import type { DefinitionSource, ReadHead } from '../fresh-definition.ts';
import { CSR_KIND, decideRequest } from '../issue-certificate.ts';
import { fingerprintOfUser } from '../protocol/verify-enrolment-csr.ts';
import { type ObservedAddresses, toNodeAddresses } from './address-record.ts';
import { readApiServerNames } from './api-server-names.ts';
import { type CsrRequest, isDecided, type OpenCsr, readCsrRequest } from './csr-request.ts';
import { type CsrContext, type CsrDecision, decideCsr, SERVING_SIGNER, SPENT } from './decide-csr.ts';

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
export async function reviewCsr(open: OpenCsr, deps: ReviewDeps, signal: AbortSignal): Promise<CsrDecision['kind']> {
  if (open.isTooLarge) return write(open, { kind: 'deny', reason: TOO_LARGE }, deps, signal);
  const seenAt = performance.now();
  const object = await deps.client.get({ ...CSR_KIND, name: open.name }, { signal });
  if (!object || object.metadata.uid !== open.uid || isDecided(object)) return 'ignore';
  const request = await readCsrRequest(object);
  let decision = await decide(request, seenAt, deps, signal);
  if (decision.kind === 'approve') decision = await claim(request, decision, deps.client, signal);
  if (decision.kind !== 'approve' && decision.kind !== 'deny') return decision.kind;
  const { resourceVersion = open.resourceVersion } = object.metadata;
  return write({ ...request, resourceVersion }, decision, deps, signal);
}

async function decide(
  request: CsrRequest,
  seenAt: number,
  deps: ReviewDeps,
  signal: AbortSignal,
): Promise<CsrDecision> {
  const before = await deps.currentDefinition();
  const context = await loadContext(request, before, deps, signal);
  const first = decideCsr(request, context);
  if (first.kind !== 'approve' && first.kind !== 'deny') return first;
  // both are final: the head of this moment approves, and only a reading that began after the CSR was seen denies, for
  // the commit that accepts may be newer than what we have read
  const { definition, isFresh, at } = await deps.readHead(first.kind === 'deny' ? seenAt : undefined);
  const current = definition === before ? context : await loadContext(request, definition, deps, signal);
  const decision = decideCsr(request, current);
  return isFresh && (decision.kind !== 'deny' || at >= seenAt) ? decision : { kind: 'wait' };
}

const TOO_LARGE = 'its request is larger than that of any kubelet';

async function write(
  { name, uid, resourceVersion, username }: Pick<OpenCsr, 'name' | 'uid' | 'resourceVersion' | 'username'>,
  decision: FinalDecision,
  { client, onDecision }: ReviewDeps,
  signal: AbortSignal,
): Promise<CsrDecision['kind']> {
  await decideRequest(client, { name, uid, resourceVersion }, conditionOf(decision), signal);
  onDecision({ name, username }, decision);
  return decision.kind;
}

type FinalDecision = Extract<CsrDecision, { kind: 'approve' | 'deny' }>;

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

function conditionOf(decision: FinalDecision) {
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
