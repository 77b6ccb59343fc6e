import { conditionOf } from '../../addons/health/object-health.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { createKubeClient } from '../../kube/create-kube-client.ts';
import { renderDiscoveryFile } from './discovery-file.ts';
import type { Admission } from './verify-admission.ts';

/**
 * Refuses to join as a Node that is Ready. kubeadm does the same (cmd/kubeadm/app/cmd/phases/join/kubelet.go), but says so in
 * words alone, among those of a hundred other failures; so the same question is asked before it, by the same certificate.
 * Where there is no answer, kubeadm is left to find out why.
 *
 * @throws KubicError kubeadm.node-exists, agent.aborted
 */
export async function refuseTakenName(admission: Admission, signal: AbortSignal): Promise<void> {
  const client = await createKubeClient({ text: renderDiscoveryFile(admission), maxConnections: 1 });
  try {
    const node = await client.get({ apiVersion: 'v1', kind: 'Node', name: admission.nodeName }, { signal });
    if (node && conditionOf(node, 'Ready')?.status === 'True') {
      throw new KubicError('kubeadm.node-exists', { detail: admission.nodeName });
    }
  } catch (error) {
    const isTold = error instanceof KubicError && error.code.startsWith('kube.');
    if (!isTold) throw error;
  } finally {
    client.close();
  }
}
