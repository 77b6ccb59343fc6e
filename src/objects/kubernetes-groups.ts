/** The API groups of Kubernetes itself: what is in any other one, an operator or somebody's own API brought (https://kubernetes.io/docs/reference/kubernetes-api/). */
const GROUPS: ReadonlySet<string> = new Set([
  ...['', 'apps', 'autoscaling', 'batch', 'policy'],
  ...[
    'admissionregistration',
    'apiextensions',
    'apiregistration',
    'authentication',
    'authorization',
    'certificates',
    'coordination',
    'discovery',
    'events',
    'flowcontrol.apiserver',
    'internal.apiserver',
    'networking',
    'node',
    'rbac.authorization',
    'resource',
    'scheduling',
    'storage',
    'storagemigration',
  ].map((group) => `${group}.k8s.io`),
]);

/** True for API groups of Kubernetes itself: `apps`, `storage.k8s.io`; the core's is empty. */
export function isKubernetesGroup(group: string): boolean {
  return GROUPS.has(group);
}
