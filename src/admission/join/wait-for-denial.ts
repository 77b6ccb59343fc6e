import { createHash, X509Certificate } from 'node:crypto';
import { listAt, textAt } from '../../json/at.ts';
import { createKubeClient } from '../../kube/create-kube-client.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { readCredential } from '../approver/csr-request.ts';
import { CLIENT_SIGNER } from '../approver/decide-csr.ts';
import { CSR_KIND } from '../issue-certificate.ts';
import { sanitise } from '../protocol/enrolment-protocol.ts';
import { renderDiscoveryFile } from './discovery-file.ts';
import type { Admission } from './verify-admission.ts';

/**
 * Waits until a request that was made with an enrolment's certificate is denied, and answers the reason; undefined when the signal
 * aborts first. Run it beside `kubeadm join`, which says nothing of a denial and only times out.
 *
 * @throws KubicError kube.* where the API server refuses the certificate itself
 */
export async function waitForDenial(admission: Admission, signal: AbortSignal): Promise<string | undefined> {
  const certificate = createHash('sha256').update(new X509Certificate(admission.certificate).raw).digest('hex');
  const client = await createKubeClient({ text: renderDiscoveryFile(admission), maxConnections: 1 });
  try {
    // anybody's requests are in this list: of all but our own nothing is kept
    const keep = (object: KubeObject) => (readCredential(object) === certificate ? object : undefined);
    const fieldSelector = `spec.signerName=${CLIENT_SIGNER}`;
    for await (const event of client.watch(CSR_KIND.apiVersion, CSR_KIND.kind, { signal, fieldSelector, keep })) {
      const objects = event.type === 'listed' ? event.objects : [event.object];
      const reason = objects.map(denialOf).find(Boolean);
      if (reason !== undefined) return reason;
    }
    return undefined;
  } finally {
    client.close();
  }
}

function denialOf(object: KubeObject): string | undefined {
  const denial = listAt(object, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Denied');
  if (denial === undefined) return undefined;
  return sanitise(textAt(denial, 'message'), 500) || 'no reason is given';
}
