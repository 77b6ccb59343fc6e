import { stringify } from 'yaml';
import type { Admission } from './verify-admission.ts';

/**
 * The kubeconfig for kubeadm's `discovery.file.kubeConfigPath`. Everything is embedded, as kubeadm copies it to
 * bootstrap-kubelet.conf (cmd/kubeadm/app/discovery/file). Holds a private key: it goes to kubeadm through a pipe, and is
 * never a file of ours.
 */
export function renderDiscoveryFile(admission: Admission): string {
  const base64 = (pem: string): string => Buffer.from(pem).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'kubernetes',
        cluster: {
          server: `https://${admission.controlPlaneEndpoint}`,
          'certificate-authority-data': base64(admission.ca),
        },
      },
    ],
    users: [
      {
        name: 'enrolment',
        user: {
          'client-certificate-data': base64(admission.certificate),
          'client-key-data': base64(admission.privateKey),
        },
      },
    ],
    contexts: [{ name: 'enrolment@kubernetes', context: { cluster: 'kubernetes', user: 'enrolment' } }],
    'current-context': 'enrolment@kubernetes',
  });
}
