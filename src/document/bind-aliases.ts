import { type Alias, isAlias, isCollection, isNode, isPair, type Node } from 'yaml';

/**
 * What each alias of a tree names: the last node before it that has the anchor. One that names nothing is left out. In one walk: the
 * library looks through all anchors again at each alias.
 */
export function bindAliases(root: unknown): ReadonlyMap<Alias, Node> {
  const binding: Binding = { anchors: new Map(), targets: new Map() };
  visit(root, binding);
  return binding.targets;
}

interface Binding {
  readonly anchors: Map<string, Node>;
  readonly targets: Map<Alias, Node>;
}

function visit(node: unknown, { anchors, targets }: Binding): void {
  if (isAlias(node)) {
    const target = anchors.get(node.source);
    if (target !== undefined) targets.set(node, target);
    return;
  }
  if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
  const inside: readonly unknown[] = isPair(node) ? [node.key, node.value] : isCollection(node) ? node.items : [];
  for (const item of inside) visit(item, { anchors, targets });
}
