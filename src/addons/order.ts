import { groupOf, type ObjectRef } from '../objects/object-ref.ts';

const STAGES: readonly (readonly string[])[] = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  [
    'PriorityClass',
    'StorageClass',
    'IngressClass',
    'RuntimeClass',
    'GatewayClass',
    'VolumeSnapshotClass',
    'DeviceClass',
    'CSIDriver',
    'ResourceQuota',
    'LimitRange',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'ServiceAccount',
    'Secret',
    'ConfigMap',
    'ClusterRole',
    'Role',
    'PersistentVolume',
  ],
  ['ClusterRoleBinding', 'RoleBinding', 'PersistentVolumeClaim', 'Service'],
  ['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'ReplicationController', 'Pod', 'Job', 'CronJob'],
  [], // everything else: custom resources, Ingress, HorizontalPodAutoscaler
  [
    'APIService',
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
  ],
];

const OTHERS = STAGES.findIndex((kinds) => kinds.length === 0);

/** Objects of these kinds stand in the way of others' requests: they come last, and only when all before them went well. */
export const GATEKEEPER_STAGE = STAGES.length - 1;

/** True for what may keep others from being written at all: to take it away, or to change it, is how a cluster is mended. */
export function isRepair(ref: ObjectRef): boolean {
  return stageOf(ref) === GATEKEEPER_STAGE || (ref.kind === 'ResourceQuota' && groupOf(ref) === '');
}

const GROUPS_OF_THEIR_OWN = new Set(['core', 'apps', 'batch', 'policy', 'snapshot.storage.k8s.io', 'node.k8s.io']);

/** 0-based: namespaces, definitions, what workloads refer to, bindings, workloads, what refers to workloads, gatekeepers. */
export function stageOf(ref: ObjectRef): number {
  const stage = STAGES.findIndex((kinds) => kinds.includes(ref.kind));
  // a custom resource may be called Service or Job too
  return stage < 0 || !isBuiltInGroup(groupOf(ref)) ? OTHERS : stage;
}

function isBuiltInGroup(group: string): boolean {
  return group === '' || GROUPS_OF_THEIR_OWN.has(group) || group.endsWith('.k8s.io');
}

/** Items in the stages in which they are applied; empty stages are left out. */
function installStages<T extends ObjectRef>(items: readonly T[]): readonly { stage: number; items: readonly T[] }[] {
  return STAGES.map((_, stage) => ({ stage, items: items.filter((item) => stageOf(item) === stage) })).filter(
    ({ items: found }) => found.length > 0,
  );
}

/**
 * Items in the stages in which they are deleted: gatekeepers first, then what custom controllers must still clean up after,
 * then workloads, definitions, namespaces.
 */
export function deleteStages<T extends ObjectRef>(items: readonly T[]): readonly (readonly T[])[] {
  return installStages(items)
    .map((stage) => stage.items)
    .toReversed();
}
