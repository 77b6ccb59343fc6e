import { setTimeout as delay } from 'node:timers/promises';
import type { KubicError } from '../../errors/kubic-error.ts';
import { toKubicError } from '../../errors/to-kubic-error.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { createSharedRun } from '../../platform/shared-run.ts';
import { createHeadReader, type DefinitionSource } from '../fresh-definition.ts';
import { CSR_KIND } from '../issue-certificate.ts';
import { observeAddresses } from './address-record.ts';
import { keepOpen, type OpenCsr, toOpenCsr } from './csr-request.ts';
import { CLIENT_SIGNER, SERVING_SIGNER } from './decide-csr.ts';
import { createFairQueue, type FairQueue } from './fair-queue.ts';
import { type ReviewDeps, reviewCsr } from './review-csr.ts';

export interface CsrApproverDeps
  extends DefinitionSource,
    Pick<ReviewDeps, 'client' | 'loadApiServerCertificate' | 'onDecision'> {
  readonly onError: (error: KubicError) => void;
}

const SIGNERS = [CLIENT_SIGNER, SERVING_SIGNER] as const;
const REVISIT_MS = 5_000;
/** Requesters whose requests are looked at at once. */
const REVIEWS = 16;

/**
 * Decides on the CSRs of kubelets until the signal aborts. Run it only under the Lease. What cannot be decided yet, or failed to be
 * written, is looked at again every few seconds. Requesters take turns: a denial waits for a reading of the head, and a machine
 * that asks thousands of times must not keep the others out. Nor must one that asks with megabytes: of a request only names are held.
 */
export async function runCsrApprover(deps: CsrApproverDeps, signal: AbortSignal): Promise<void> {
  const report = (error: unknown): false => {
    if (!signal.aborted) deps.onError(toKubicError(error));
    return false;
  };
  const review: ReviewDeps = {
    ...deps,
    readHead: createHeadReader(deps),
    observeAddresses: createSharedRun(async () => {
      const { accepted } = await deps.currentDefinition();
      return observeAddresses(deps.client, accepted, signal);
    }),
  };
  const open = SIGNERS.map(() => new Map<string, OpenCsr>());
  const queue = createFairQueue<OpenCsr>(REVIEWS, async (request) => {
    const among = open.find((requests) => requests.get(request.name) === request);
    if (signal.aborted || !among) return; // decided on, changed or gone since it was queued
    try {
      if ((await reviewCsr(request, review, signal)) !== 'wait') among.delete(request.name);
    } catch (error) {
      report(error);
    }
  });
  const revisit = async (): Promise<void> => {
    for (let settled = false; !signal.aborted; ) {
      // before anyone asks for a certificate: what is claimed from now on is the newer claim
      if (!settled) settled = await review.observeAddresses().then(() => true, report);
      await delay(REVISIT_MS, undefined, { signal }).catch(() => {});
      for (const request of open.flatMap((requests) => [...requests.values()])) put(queue, request);
    }
  };
  const watching = { client: deps.client, signal, onError: report };
  const follows = SIGNERS.map((signer, index) => follow(signer, open[index] ?? new Map(), queue, watching));
  await Promise.all([...follows, revisit()]);
  await queue.close();
}

function put(queue: FairQueue<OpenCsr>, request: OpenCsr): void {
  queue.put(request.username, request.name, request);
}

/** Keeps `open` what the API server has for a signer and nobody has decided on; each is looked at when it appears or changes. */
async function follow(
  signerName: string,
  open: Map<string, OpenCsr>,
  queue: FairQueue<OpenCsr>,
  { client, ...options }: { readonly client: KubeClient; readonly signal: AbortSignal; onError(error: unknown): void },
): Promise<void> {
  const selected = { ...options, fieldSelector: `spec.signerName=${signerName}`, keep: keepOpen };
  for await (const event of client.watch(CSR_KIND.apiVersion, CSR_KIND.kind, selected)) {
    if (event.type === 'listed') open.clear();
    const seen = event.type === 'listed' ? event.objects : [event.object];
    for (const request of seen.map(toOpenCsr)) {
      const before = open.get(request.name);
      open.delete(request.name);
      if (event.type !== 'deleted') {
        open.set(request.name, request);
        put(queue, request);
      } else if (before) queue.drop(before.username, before.name);
    }
  }
}
