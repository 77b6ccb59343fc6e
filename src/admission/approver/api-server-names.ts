import { KubicError } from '../../errors/kubic-error.ts';
import { loadX509 } from '../../pki/load-x509.ts';
import { readCertifiedNames, type ServingNames } from '../../pki/serving-names.ts';

const SUBJECT_ALT_NAME = '2.5.29.17';

/**
 * What the API server's certificate carries: no kubelet of a worker gets any of it. A chain's first certificate counts, as for the
 * server itself.
 *
 * @throws KubicError admission.api-certificate where nothing can be told of it: then nobody gets a serving certificate
 */
export async function readApiServerNames(pem: string | undefined): Promise<ServingNames> {
  const first = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem ?? '')?.[0];
  if (first === undefined) throw new KubicError('admission.api-certificate', { detail: 'there is no certificate' });
  const { X509Certificate } = await loadX509();
  try {
    const extension = new X509Certificate(first).getExtension(SUBJECT_ALT_NAME);
    const names = extension && readCertifiedNames(new Uint8Array(extension.value));
    if (names) return names;
  } catch (cause) {
    throw new KubicError('admission.api-certificate', { cause });
  }
  throw new KubicError('admission.api-certificate', { detail: 'it carries no names' });
}
