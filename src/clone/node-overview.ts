import type { PendingMachine } from '../admission/door/pending-queue.ts';
import type { Definition } from '../definition/definition.ts';
import type { NodeState } from '../plan/node-state.ts';

/** A machine of the list or of the cluster, as `kubic-init nodes` shows it. */
export interface NodeOverview {
  readonly name: string;
  readonly role: string;
  readonly key: string;
  /** `accepted`: in the list, and not seen in the cluster. `unlisted`: in the cluster, and not in the list. */
  readonly state: 'accepted' | 'ready' | 'not-ready' | 'unlisted' | 'rejected' | 'pending' | 'key-conflict';
}

/** What clone and cluster know together; either may be absent. */
export function overviewNodes(
  definition: Pick<Definition, 'accepted' | 'rejected'> | undefined,
  cluster: { readonly nodes: readonly NodeState[]; readonly pending: readonly PendingMachine[] } | undefined,
): readonly NodeOverview[] {
  const nodes = cluster?.nodes ?? [];
  const accepted = definition?.accepted ?? [];
  const decided = new Set([...accepted, ...(definition?.rejected ?? [])].map(({ key }) => key));
  const stateOf = (node: NodeState | undefined): NodeOverview['state'] =>
    node === undefined ? 'accepted' : node.ready ? 'ready' : 'not-ready';
  const listed = new Set(accepted.map(({ name }) => name));
  return [
    ...accepted.map(({ name, role, key }) => ({
      name,
      role,
      key: key ?? '',
      state: stateOf(nodes.find((node) => node.name === name)),
    })),
    ...nodes
      .filter(({ name }) => !listed.has(name))
      .map((node) => ({
        name: node.name,
        role: '',
        key: '',
        state: definition ? ('unlisted' as const) : stateOf(node),
      })),
    ...(definition?.rejected ?? []).map(({ name, key }) => ({
      name: name ?? '',
      role: '',
      key,
      state: 'rejected' as const,
    })),
    ...(cluster?.pending ?? [])
      .filter(({ fingerprint }) => !decided.has(fingerprint))
      .map(({ name, fingerprint, boundKey }) => ({
        name,
        role: '',
        key: fingerprint,
        state: boundKey === undefined ? ('pending' as const) : ('key-conflict' as const),
      })),
  ];
}
