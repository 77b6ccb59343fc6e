import { createHash, type X509Certificate } from 'node:crypto';
import { spkiOf } from './fingerprint.ts';

/** `sha256:<hex>` over the public key of a CA, as `clusterCA` and kubeadm's --discovery-token-ca-cert-hash have it. */
export function hashOfCA(ca: X509Certificate): string {
  return `sha256:${createHash('sha256').update(spkiOf(ca.publicKey)).digest('hex')}`;
}
