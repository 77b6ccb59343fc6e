import { createHash } from 'node:crypto';
import { groupOf, type ObjectRef } from '../objects/object-ref.ts';

/** On every object of an add-on: which set it belongs to (KEP-3659). */
export const PART_OF_LABEL = 'applyset.kubernetes.io/part-of';
/** On every inventory, so that one LIST finds them all. */
export const INVENTORY_LABEL = 'kubic.suse.com/inventory';
export const INVENTORY_NAMESPACE = 'kube-system';
export const INVENTORY_PREFIX = 'kubic-init-addon-';

/** The Secret that records what an add-on owns; a hash, because an add-on's name may be any text. */
export function inventoryRef(addon: string): ObjectRef {
  const hash = createHash('sha256').update(addon).digest('hex').slice(0, 16);
  return { apiVersion: 'v1', kind: 'Secret', namespace: INVENTORY_NAMESPACE, name: `${INVENTORY_PREFIX}${hash}` };
}

/** The ID of the ApplySet whose parent is that Secret: `applyset-<base64url(sha256(name.namespace.kind.group))>-v1`. */
export function applysetId(addon: string): string {
  const { name, namespace, kind } = inventoryRef(addon);
  const hash = createHash('sha256').update(`${name}.${namespace}.${kind}.`).digest('base64url');
  return `applyset-${hash}-v1`;
}

/** Label and annotations that make a Secret the parent of an ApplySet: kubectl refuses to prune a set of another tool. */
export function applysetParent(addon: string, refs: readonly ObjectRef[]) {
  const kinds = refs.map((ref) => (groupOf(ref) === '' ? ref.kind : `${ref.kind}.${groupOf(ref)}`));
  const namespaces = refs.flatMap((ref) => ref.namespace ?? []).filter((name) => name !== INVENTORY_NAMESPACE);
  return {
    labels: { 'applyset.kubernetes.io/id': applysetId(addon) },
    annotations: {
      'applyset.kubernetes.io/tooling': 'kubic-init/v1',
      'applyset.kubernetes.io/contains-group-kinds': listText(kinds),
      'applyset.kubernetes.io/additional-namespaces': listText(namespaces),
    },
  };
}

function listText(values: readonly string[]): string {
  return [...new Set(values)].toSorted((a, b) => (a < b ? -1 : 1)).join(',');
}
