import { conditionOf, messageOf } from '../../addons/health/object-health.ts';
import { listAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';

const CONDITIONS = [
  'Terminating',
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionContentFailure',
  'NamespaceContentRemaining',
  'NamespaceFinalizersRemaining',
];

/**
 * Why an object whose deletion was asked for is still there, or undefined where it was not asked for. The API server says what it
 * waits for in the conditions of a Namespace (`NamespaceFinalizersRemaining` and others) and of a CustomResourceDefinition (`Terminating`).
 */
export function goingReason(live: KubeObject): string | undefined {
  if (live.metadata.deletionTimestamp === undefined) return undefined;
  const said = CONDITIONS.filter((type) => conditionOf(live, type)?.status === 'True').map((type) =>
    messageOf(live, type),
  );
  if (said.length > 0) return `goes: ${said.join(' ')}`;
  const finalizers = finalizersOf(live);
  return finalizers.length > 0 ? `waits for ${finalizers.join(', ')}` : 'is still there';
}

/** Who still has to agree to a deletion: a Namespace names them in its spec. */
export function finalizersOf(live: KubeObject): readonly string[] {
  return [...listAt(live, 'metadata', 'finalizers'), ...listAt(live, 'spec', 'finalizers')].filter(
    (name) => typeof name === 'string',
  );
}
