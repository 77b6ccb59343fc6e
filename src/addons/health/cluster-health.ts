import { listAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { type HealthTable, stateless } from './health-rule.ts';
import {
  conditionOf,
  expectTrue,
  failed,
  healthy,
  isFalse,
  isTrue,
  messageOf,
  type ObjectHealth,
  oneLine,
  progressing,
  resting,
} from './object-health.ts';

/** What the API server itself is made of: definitions, aggregated APIs, admission, flow control, certificates. */
export const CLUSTER_HEALTH: HealthTable = {
  'apiextensions.k8s.io/CustomResourceDefinition': definitionHealth,
  'apiregistration.k8s.io/APIService': (object) => expectTrue(object, 'Available'),
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': policyHealth,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': stateless,
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': stateless,
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': stateless,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': stateless,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': stateless,
  // requests go to the catch-all until somebody makes the priority level
  'flowcontrol.apiserver.k8s.io/FlowSchema': (object) =>
    isTrue(object, 'Dangling') ? resting(messageOf(object, 'Dangling')) : healthy,
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration': stateless,
  'certificates.k8s.io/CertificateSigningRequest': signingRequestHealth,
  'certificates.k8s.io/PodCertificateRequest': podCertificateHealth,
  'certificates.k8s.io/ClusterTrustBundle': stateless,
  'storagemigration.k8s.io/StorageVersionMigration': migrationHealth,
  'internal.apiserver.k8s.io/StorageVersion': stateless,
  'rbac.authorization.k8s.io/ClusterRole': stateless,
  'rbac.authorization.k8s.io/ClusterRoleBinding': stateless,
  'rbac.authorization.k8s.io/Role': stateless,
  'rbac.authorization.k8s.io/RoleBinding': stateless,
  'coordination.k8s.io/Lease': stateless,
  'coordination.k8s.io/LeaseCandidate': stateless,
  'events.k8s.io/Event': stateless,
};

/** Served is what counts. A schema that is not structural (of v1beta1 times) is served, and stays so until somebody mends it. */
function definitionHealth(object: KubeObject): ObjectHealth {
  if (isFalse(object, 'NamesAccepted')) return failed(messageOf(object, 'NamesAccepted'));
  const established = conditionOf(object, 'Established');
  const isRefused = established?.status === 'False' && textAt(established, 'reason') !== 'Installing';
  if (isRefused) return failed(messageOf(object, 'Established'));
  const served = expectTrue(object, 'Established');
  if (served.status !== 'healthy') return served;
  return isTrue(object, 'NonStructuralSchema') ? resting(messageOf(object, 'NonStructuralSchema')) : healthy;
}

/** The controller-manager checks the types of expressions; a warning is in the policy, and does not go away. */
function policyHealth(object: KubeObject): ObjectHealth {
  const [warning] = listAt(object, 'status', 'typeChecking', 'expressionWarnings');
  if (warning === undefined) return healthy;
  return resting(oneLine(`${textAt(warning, 'fieldRef') ?? ''}: ${textAt(warning, 'warning') ?? ''}`));
}

/** Approval is somebody's decision; the signature comes after it by itself. */
function signingRequestHealth(object: KubeObject): ObjectHealth {
  const refusal = ['Denied', 'Failed'].find((type) => isTrue(object, type));
  if (refusal !== undefined) return failed(messageOf(object, refusal));
  if (!isTrue(object, 'Approved')) return resting('waits for somebody to approve it');
  return textAt(object, 'status', 'certificate') ? healthy : progressing('is not signed yet');
}

function podCertificateHealth(object: KubeObject): ObjectHealth {
  const refusal = ['Denied', 'Failed'].find((type) => isTrue(object, type));
  return refusal === undefined ? expectTrue(object, 'Issued') : failed(messageOf(object, refusal));
}

function migrationHealth(object: KubeObject): ObjectHealth {
  if (isTrue(object, 'Failed')) return failed(messageOf(object, 'Failed'));
  return isTrue(object, 'Succeeded') ? healthy : progressing('stored objects are being rewritten');
}
