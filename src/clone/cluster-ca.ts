import { X509Certificate } from 'node:crypto';
import { KubicError } from '../errors/kubic-error.ts';
import { loadKubeconfig } from '../kube/kubeconfig.ts';
import { hashOfCA } from '../pki/hash-of-ca.ts';

/** The hash of the CA that a kubeconfig trusts. @throws KubicError kube.kubeconfig-invalid, kube.kubeconfig-refused */
export async function clusterCAOf(kubeconfig: string): Promise<string> {
  const { ca } = await loadKubeconfig({ path: kubeconfig });
  try {
    return hashOfCA(new X509Certificate(ca));
  } catch (cause) {
    throw new KubicError('kube.kubeconfig-invalid', { detail: `${kubeconfig}: certificate-authority`, cause });
  }
}
