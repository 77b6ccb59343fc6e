import type { Role } from '../../definition/definition.ts';

/** The entry of nodes.yaml that gives a name to a key: what to commit. */
export function renderAcceptedEntry(node: {
  readonly name: string;
  readonly key: string;
  readonly role: Role;
}): string {
  return `- {name: ${node.name}, key: "${node.key}", role: ${node.role}}`;
}
