import { setTimeout as delay } from 'node:timers/promises';
import type { KubicError } from '../../errors/kubic-error.ts';
import { toKubicError } from '../../errors/to-kubic-error.ts';
import { listAt, textAt } from '../../json/record.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { isFingerprint } from '../../pki/fingerprint.ts';
import { loadEnrolment, useEnrolment } from '../enrolment-records.ts';
import { createHeadReader, type DefinitionSource, type ReadHead } from '../fresh-definition.ts';
import { CSR_KIND, decideRequest } from '../issue-certificate.ts';
import { fingerprintOfUser } from '../protocol/verify-enrolment-csr.ts';
import { type CsrRequest, isDecided, readCsrRequest } from './csr-request.ts';
import {
  CLIENT_SIGNER,
  type CsrContext,
  type CsrDecision,
  decideCsr,
  type NodeAddresses,
  SERVING_SIGNER,
  SPENT,
} from './decide-csr.ts';
import { createFairQueue, type FairQueue } from './fair-queue.ts';

export interface CsrApproverDeps extends DefinitionSource {
  readonly client: KubeClient;
  readonly onDecision: (request: Pick<CsrRequest, 'name' | 'username'>, decision: CsrDecision) => void;
  readonly onError: (error: KubicError) => void;
}

const REVISIT_MS = 5_000;
/** Requesters whose requests are looked at at once. */
const REVIEWS = 16;

/**
 * Decides on the CSRs of kubelets until the signal aborts. Run it only under the Lease. What cannot be decided yet, or failed to be
 * written, is looked at again every few seconds. Requesters take turns: a denial waits for a reading of the head, and a machine
 * that asks thousands of times must not keep the others out.
 */
export async function runCsrApprover(deps: CsrApproverDeps, signal: AbortSignal): Promise<void> {
  const open = new Map<string, KubeObject>();
  const readHead = createHeadReader(deps);
  const queue = createFairQueue<KubeObject>(REVIEWS, async (object) => {
    // decided on, changed or gone since it was queued
    if (signal.aborted || open.get(object.metadata.name) !== object) return;
    try {
      const kind = await reviewOnce(object, { ...deps, readHead }, signal);
      if (kind !== 'wait') open.delete(object.metadata.name);
    } catch (error) {
      if (!signal.aborted) deps.onError(toKubicError(error));
    }
  });
  const put = (object: KubeObject): void => queue.put(requesterOf(object), object.metadata.name, object);
  const revisit = async (): Promise<void> => {
    while (!signal.aborted) {
      await delay(REVISIT_MS, undefined, { signal }).catch(() => {});
      for (const object of open.values()) put(object);
    }
  };
  await Promise.all([follow(deps, open, put, queue, signal), revisit()]);
  await queue.close();
}

/** Keeps `open` what the API server has and nobody has decided on, and has each looked at when it appears or changes. */
async function follow(
  deps: CsrApproverDeps,
  open: Map<string, KubeObject>,
  put: (object: KubeObject) => void,
  queue: FairQueue<KubeObject>,
  signal: AbortSignal,
): Promise<void> {
  const onError = (error: unknown): void => deps.onError(toKubicError(error));
  for await (const event of deps.client.watch(CSR_KIND.apiVersion, CSR_KIND.kind, { signal, onError })) {
    if (event.type === 'listed') open.clear();
    const seen = event.type === 'listed' ? event.objects : [event.object];
    for (const object of seen) {
      const { name } = object.metadata;
      if (event.type === 'deleted' || !isOurs(object)) {
        open.delete(name);
        queue.drop(requesterOf(object), name);
      } else {
        open.set(name, object);
        put(object);
      }
    }
  }
}

/** A kubelet's, and undecided. */
function isOurs(object: KubeObject): boolean {
  const signer = textAt(object, 'spec', 'signerName');
  return !isDecided(object) && (signer === CLIENT_SIGNER || signer === SERVING_SIGNER);
}

function requesterOf(object: KubeObject): string {
  return textAt(object, 'spec', 'username') ?? '';
}

async function reviewOnce(
  object: KubeObject,
  deps: CsrApproverDeps & { readonly readHead: ReadHead },
  signal: AbortSignal,
): Promise<CsrDecision['kind']> {
  const seenAt = performance.now();
  const request = await readCsrRequest(object);
  const context = await loadContext(request, deps, signal);
  let decision = decideCsr(request, context);
  if (decision.kind === 'approve' || decision.kind === 'deny') {
    // both are final: the head of this moment approves, and only a reading that began after the CSR was seen denies, for
    // the commit that accepts may be newer than what we have read
    const { definition, isFresh, at } = await deps.readHead(decision.kind === 'deny' ? seenAt : undefined);
    decision = decideCsr(request, { ...context, definition });
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

async function loadContext(request: CsrRequest, deps: CsrApproverDeps, signal: AbortSignal): Promise<CsrContext> {
  const fingerprint = fingerprintOfUser(request.username);
  const isEnrolment = fingerprint !== undefined && isFingerprint(fingerprint);
  const [definition, enrolment, nodes] = await Promise.all([
    deps.currentDefinition(),
    isEnrolment ? loadEnrolment(deps.client, fingerprint, signal) : undefined,
    deps.client.list('v1', 'Node', { signal }),
  ]);
  return { definition, nodes: nodes.map(toNodeAddresses), now: new Date(), ...(enrolment && { enrolment }) };
}

function toNodeAddresses(node: KubeObject): NodeAddresses {
  const conditions = listAt(node, 'status', 'conditions');
  const ready = conditions.some((c) => textAt(c, 'type') === 'Ready' && textAt(c, 'status') === 'True');
  const of = (pattern: RegExp): string[] =>
    listAt(node, 'status', 'addresses')
      .filter((address) => pattern.test(textAt(address, 'type') ?? ''))
      .map((address) => textAt(address, 'address') ?? '');
  return {
    name: node.metadata.name,
    ready,
    dnsNames: of(/^(Hostname|InternalDNS|ExternalDNS)$/),
    ipAddresses: of(/IP$/),
  };
}
