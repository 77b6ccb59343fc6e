import { isAlias, isMap, isScalar, isSeq, type Pair } from 'yaml';
import { bindAliases } from './bind-aliases.ts';

/** Values that are made of a document at most; a file of 1 MiB has half as many without aliases. */
const MAX_VALUES = 1_000_000;
const MAX_DEPTH = 256;

/** The data of a tree whose keys are text, aliases expanded; undefined where these grow too large or too deep. */
export function expandTree(root: unknown): { readonly value: unknown } | undefined {
  const targets = bindAliases(root);
  let values = 0;
  let tooLarge = false;
  const expand = (node: unknown, depth: number): unknown => {
    tooLarge ||= ++values > MAX_VALUES || depth > MAX_DEPTH;
    if (tooLarge) return undefined;
    if (isAlias(node)) return expand(targets.get(node), depth + 1);
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => expand(item, depth + 1));
    if (!isMap(node)) return null;
    return Object.fromEntries((node.items as Pair[]).map(({ key, value }) => [keyText(key), expand(value, depth + 1)]));
  };
  const value = expand(root, 0);
  return tooLarge ? undefined : { value };
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
