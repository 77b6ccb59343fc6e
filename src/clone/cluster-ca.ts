import { X509Certificate } from 'node:crypto';
import { KubicError } from '../errors/kubic-error.ts';
import { chooseContext } from '../kube/user/choose-context.ts';
import { type KubeconfigSelection, loadUserKubeconfig } from '../kube/user/load-user-kubeconfig.ts';
import { readPem } from '../kube/user/user-cluster.ts';
import { hashOfCA } from '../pki/hash-of-ca.ts';
import { printable } from '../text/printable.ts';

/**
 * The hash of the CA that a context of a kubeconfig trusts.
 *
 * @throws KubicError kube.kubeconfig-invalid, also where it names no CA of its own; kube.context-unknown
 */
export async function clusterCAOf(selection: KubeconfigSelection): Promise<string> {
  const { name, cluster } = chooseContext(await loadUserKubeconfig(selection), selection.context);
  const where = `the cluster of context ${name}`;
  const ca = await readPem(cluster, 'certificate-authority', where);
  const hint = 'Give --cluster-ca, as `openssl x509 -in /etc/kubernetes/pki/ca.crt` on the seeder has it.';
  const detail = `${printable(where)} has no certificate-authority`;
  if (ca === undefined) throw new KubicError('kube.kubeconfig-invalid', { detail, hint });
  try {
    return hashOfCA(new X509Certificate(ca));
  } catch (cause) {
    throw new KubicError('kube.kubeconfig-invalid', { detail: `${printable(where)}: certificate-authority`, cause });
  }
}
