import { setTimeout as delay } from 'node:timers/promises';
import type { KubicError } from '../../errors/kubic-error.ts';
import { toKubicError } from '../../errors/to-kubic-error.ts';
import { textAt } from '../../json/record.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { observeAddresses } from '../address-record.ts';
import { createHeadReader, type DefinitionSource } from '../fresh-definition.ts';
import { CSR_KIND } from '../issue-certificate.ts';
import { type ReviewDeps, reviewCsr } from '../review-csr.ts';
import { createSharedRun } from '../shared-run.ts';
import { isDecided } from './csr-request.ts';
import { CLIENT_SIGNER, SERVING_SIGNER } from './decide-csr.ts';
import { createFairQueue, type FairQueue } from './fair-queue.ts';

export interface CsrApproverDeps
  extends DefinitionSource,
    Pick<ReviewDeps, 'client' | 'loadApiServerCertificate' | 'onDecision'> {
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
  const queue = createFairQueue<KubeObject>(REVIEWS, async (object) => {
    // decided on, changed or gone since it was queued
    if (signal.aborted || open.get(object.metadata.name) !== object) return;
    try {
      const kind = await reviewCsr(object, review, signal);
      if (kind !== 'wait') open.delete(object.metadata.name);
    } catch (error) {
      report(error);
    }
  });
  const put = (object: KubeObject): void => queue.put(requesterOf(object), object.metadata.name, object);
  const revisit = async (): Promise<void> => {
    for (let settled = false; !signal.aborted; ) {
      // before anyone asks for a certificate: what is claimed from now on is the newer claim
      if (!settled) settled = await review.observeAddresses().then(() => true, report);
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
