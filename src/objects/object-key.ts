import { groupOf, type ObjectRef } from './object-ref.ts';

/**
 * One text per object, whatever API version names it. A namespace left out is `default`, as for kubectl; for kinds that are
 * not namespaced that changes nothing, as they never have one.
 */
export function keyOf(ref: ObjectRef): string {
  return `${groupOf(ref)}/${ref.kind}/${ref.namespace ?? 'default'}/${ref.name}`;
}

/** Kinds of Kubernetes itself that have no namespace: one that stands in a manifest means nothing. */
const CLUSTER_SCOPED = new Set([
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'certificates.k8s.io/ClusterTrustBundle',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
  'storage.k8s.io/VolumeAttributesClass',
]);

/** True for an object of a kind of Kubernetes' own that has no namespace. */
export function isClusterScoped(ref: ObjectRef): boolean {
  return CLUSTER_SCOPED.has(groupKindOf(ref));
}

/** `apps/Deployment`, `/Namespace` */
export function groupKindOf(ref: Pick<ObjectRef, 'apiVersion' | 'kind'>): string {
  return `${groupOf(ref)}/${ref.kind}`;
}

/** True for a kind that has no namespace in some group of Kubernetes, where only its name is known. */
export function isClusterScopedName(kind: string): boolean {
  return [...CLUSTER_SCOPED].some((groupKind) => groupKind.endsWith(`/${kind}`));
}
