import { numberAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { groupOf } from '../../objects/object-ref.ts';

/** Kinds that kube-controller-manager or kube-apiserver deletes after a time, whatever became of them. */
const SHORT_LIVED: readonly string[] = [
  '/Event',
  'events.k8s.io/Event',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/PodCertificateRequest',
];

/** True for what Kubernetes deletes by itself once it is done: that it is gone is no fault, and nobody's doing. */
export function goesWhenDone(object: KubeObject): boolean {
  const kind = `${groupOf(object)}/${object.kind}`;
  if (kind === 'batch/Job') return numberAt(object, 'spec', 'ttlSecondsAfterFinished') !== undefined;
  return SHORT_LIVED.includes(kind);
}
