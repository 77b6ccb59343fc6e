import { type Alias, isAlias, isMap, isScalar, isSeq, Lexer, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { quote } from '../text/quote.ts';
import { type Diagnostic, type Place, problem } from './diagnostic.ts';

const MAX_DEPTH = 48;
const bracketSteps: ReadonlyMap<string, number> = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
]);

type PlaceAt = (offset: number) => Place;

interface Walk {
  readonly place: PlaceAt;
  readonly diagnostics: Diagnostic[];
  /** Anchors of the nodes around the one that is visited. */
  readonly open: Set<string>;
  readonly anchors: Set<string>;
}

/** Whether flow brackets, or indicators on one line, nest beyond all reason: told by the lexer, which does not recurse. */
export function isTooDeep(text: string): boolean {
  let brackets = 0;
  let indicators = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '\n' || token === '\r\n') indicators = 0;
    brackets += bracketSteps.get(token) ?? 0;
    indicators += token === '-' || token === '?' ? 1 : 0;
    if (brackets > MAX_DEPTH || indicators > MAX_DEPTH) return true;
  }
  return false;
}

/** What a tree of YAML nodes must not have: keys that stand twice, deep nesting, aliases that name nothing or themselves, numbers that JSON lacks or that would be rounded. */
export function checkTree(root: unknown, place: PlaceAt): readonly Diagnostic[] {
  const walk: Walk = { place, diagnostics: [], open: new Set(), anchors: new Set() };
  visit(root, 0, walk);
  return walk.diagnostics;
}

function visit(node: unknown, depth: number, walk: Walk): void {
  if (isAlias(node)) visitAlias(node, walk);
  else if (isScalar(node)) {
    if (node.anchor !== undefined) walk.anchors.add(node.anchor);
    visitScalar(node.value, node.range?.[0] ?? 0, walk);
  } else if (isMap(node) || isSeq(node)) visitCollection(node, depth, walk);
}

function visitCollection(node: YAMLMap | YAMLSeq, depth: number, walk: Walk): void {
  if (depth >= MAX_DEPTH) {
    const message = `nested more than ${MAX_DEPTH} levels deep`;
    walk.diagnostics.push(problem('definition.too-deep', walk.place(node.range?.[0] ?? 0), message));
    return;
  }
  if (isMap(node)) visitKeys(node.items as Pair[], walk);
  if (node.anchor !== undefined) {
    walk.anchors.add(node.anchor);
    walk.open.add(node.anchor);
  }
  for (const item of node.items) visit(isMap(node) ? (item as Pair).value : item, depth + 1, walk);
  if (node.anchor !== undefined) walk.open.delete(node.anchor);
}

function visitAlias(node: Alias, walk: Walk): void {
  const place = walk.place(node.range?.[0] ?? 0);
  if (!walk.anchors.has(node.source)) {
    const message = `alias ${quote(`*${node.source}`)} names no anchor before it`;
    walk.diagnostics.push(problem('definition.yaml', place, message));
  }
  if (walk.open.has(node.source)) {
    const message = `alias ${quote(`*${node.source}`)} stands inside of what it names`;
    walk.diagnostics.push(problem('definition.alias-bomb', place, message));
  }
}

function visitScalar(value: unknown, offset: number, walk: Walk): void {
  if (typeof value !== 'number') return;
  const isRounded = Number.isInteger(value) && !Number.isSafeInteger(value);
  if (Number.isFinite(value) && !isRounded) return;
  const message = isRounded
    ? `${quote(String(value))} is rounded: integers are read up to 2^53`
    : `${quote(String(value))} is not a number that JSON has`;
  walk.diagnostics.push(problem('definition.invalid-value', walk.place(offset), message));
}

function visitKeys(pairs: readonly Pair[], walk: Walk): void {
  const seen = new Map<unknown, Place>();
  for (const { key } of pairs) {
    if (!isScalar(key)) continue;
    const place = walk.place(key.range?.[0] ?? 0);
    const first = seen.get(key.value);
    if (first === undefined) seen.set(key.value, place);
    else {
      const message = `key ${quote(key.value)} stands twice, first in line ${first.line}`;
      walk.diagnostics.push(problem('definition.duplicate-key', place, message));
    }
    if (key.value === '__proto__') {
      walk.diagnostics.push(problem('definition.unknown-field', place, 'unknown field `__proto__`', 'Remove it.'));
    }
  }
}
