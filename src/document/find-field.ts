import { type Alias, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { bindAliases } from './bind-aliases.ts';

/** Keys and indices from the root of a document to one of its values. */
export type FieldPath = readonly (string | number)[];

/** Offsets of a field's key and value. */
export interface FoundField {
  readonly key: number;
  readonly value: number;
}

/** What the search has learnt of a tree: that many fields are looked up in one large mapping costs no more than reading it. */
interface Index {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly keys: Map<YAMLMap, ReadonlyMap<string, Pair>>;
}

const indices = new WeakMap<object, Index>();

/** Where a field stands in a tree of YAML's nodes; where the path leaves the tree, the last field on the way. */
export function findField(root: unknown, path: FieldPath): FoundField {
  let found: FoundField = { key: offsetOf(root), value: offsetOf(root) };
  if (!isNode(root)) return found;
  const index = indices.get(root) ?? { targets: bindAliases(root), keys: new Map() };
  indices.set(root, index);
  let node: unknown = root;
  for (const step of path) {
    const item = itemAt(node, step, index);
    if (item === undefined) break;
    node = isPair(item) ? item.value : item;
    const key = offsetOf(isPair(item) ? item.key : item);
    found = { key, value: isNode(node) ? offsetOf(node) : key };
  }
  return found;
}

function itemAt(node: unknown, step: string | number, index: Index): unknown {
  const target = isAlias(node) ? index.targets.get(node) : node;
  if (isMap(target)) return keysOf(target, index).get(String(step));
  return isSeq(target) ? target.items[Number(step)] : undefined;
}

function keysOf(map: YAMLMap, index: Index): ReadonlyMap<string, Pair> {
  const known = index.keys.get(map) ?? new Map((map.items as Pair[]).map((pair) => [keyText(pair.key), pair]));
  index.keys.set(map, known);
  return known;
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
