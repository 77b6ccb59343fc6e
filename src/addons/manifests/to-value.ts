import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
} from 'yaml';
import { bindAliases } from '../../document/bind-aliases.ts';
import { keyText, type ResolvedScalar, resolveScalar } from './resolve-scalar.ts';
import { MAX_DEPTH } from './watch-lexemes.ts';

export interface ValueProblem {
  readonly severity: 'error' | 'warning';
  readonly node: Node;
  readonly message: string;
}

export interface DocumentValue {
  readonly value: unknown;
  readonly problems: readonly ValueProblem[];
}

const MERGE = 'tag:yaml.org,2002:merge';
const MAX_PROBLEMS = 20;

interface Work {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly problems: ValueProblem[];
  /** Aliases that are being expanded. */
  readonly open: Set<Alias>;
  stopped: boolean;
  decoded: number;
  fromAliases: number;
  /** Characters of texts that came by aliases. */
  aliasText: number;
}

/** Of a document: an API server takes 3 MiB in a request, and go-yaml's own bound counts values, however long they are. */
const MAX_ALIAS_TEXT = 8 * 1024 * 1024;

/**
 * A YAML tree as the data that kubectl makes of it (go.yaml.in/yaml/v2, decode.go, and sigs.k8s.io/yaml): of a key that stands twice the
 * last counts, a merge stands where it is written, keys become text, and tags of collections mean nothing.
 */
export function toValue(document: Document): DocumentValue {
  const targets = bindAliases(document.contents);
  const work: Work = {
    targets,
    problems: [],
    open: new Set(),
    stopped: false,
    decoded: 0,
    fromAliases: 0,
    aliasText: 0,
  };
  const value = evaluate(document.contents, 0, work);
  return { value, problems: work.problems };
}

function evaluate(node: unknown, depth: number, work: Work): unknown {
  if (node === null || node === undefined) return null;
  count(node as Node, work);
  if (work.stopped) return null;
  if (isAlias(node)) return expand(node, (target) => evaluate(target, depth, work), work);
  if (isScalar(node)) return evaluateValue(node, work);
  if (depth >= MAX_DEPTH) return refuse(node as Node, `nested more than ${MAX_DEPTH} levels deep`, work);
  if (isSeq(node)) return node.items.map((item) => evaluate(item, depth + 1, work));
  if (!isMap(node)) return null;
  const value: Record<string, unknown> = {};
  fill(value, node, depth, work);
  return value;
}

/** Sets what a mapping says in `value`: its own, or, at a merge, the one around it. */
function fill(value: Record<string, unknown>, map: YAMLMap, depth: number, work: Work): void {
  const own = new Set<string>();
  for (const { key, value: member } of map.items as Pair[]) {
    if (work.stopped) return;
    if (isMerge(key)) {
      merge(value, member, depth, work);
      continue;
    }
    const name = evaluateKey(key, work);
    if (name === undefined) continue;
    if (own.has(name)) warn(key as Node, 'this key stands twice: only the last one counts', work);
    own.add(name);
    set(value, name, evaluate(member, depth + 1, work));
  }
}

/** An assignment to `__proto__` would be lost. */
function set(value: Record<string, unknown>, name: string, member: unknown): void {
  if (name !== '__proto__') value[name] = member;
  else Object.defineProperty(value, name, { value: member, enumerable: true, writable: true });
}

function isMerge(key: unknown): boolean {
  if (!isScalar(key) || key.source !== '<<') return false;
  return key.tag === MERGE || (key.type === Scalar.PLAIN && (key.tag === undefined || key.tag === '!'));
}

function merge(value: Record<string, unknown>, source: unknown, depth: number, work: Work): void {
  // what comes earlier in a list goes before what comes later
  const sources = isSeq(source) ? source.items.toReversed() : [source];
  for (const item of sources) {
    const target = isAlias(item) ? work.targets.get(item) : item;
    if (isAlias(item) && target !== undefined && isMap(target)) {
      count(item, work);
      expand(item, () => mergeMap(value, target, depth, work), work);
    } else if (isMap(item)) mergeMap(value, item, depth, work);
    else refuse((item ?? source) as Node, 'a merge (`<<`) needs a mapping or a list of them', work);
  }
}

function mergeMap(value: Record<string, unknown>, map: YAMLMap, depth: number, work: Work): void {
  count(map, work);
  if (depth >= MAX_DEPTH) refuse(map, `nested more than ${MAX_DEPTH} levels deep`, work);
  else fill(value, map, depth + 1, work);
}

function evaluateKey(key: unknown, work: Work): string | undefined {
  const node = isAlias(key) ? work.targets.get(key) : key;
  count(key as Node, work);
  if (isAlias(key)) count(key, work);
  if (node === null) return refuse(key as Node, 'a key that is empty', work);
  if (!isScalar(node)) return refuse(key as Node, 'a key that is no text', work);
  const scalar = evaluateScalar(node, work);
  if (scalar === undefined) return undefined;
  const text = keyText(scalar);
  return text === undefined ? refuse(key as Node, 'a key that JSON cannot have; put it in quotes', work) : text;
}

function evaluateScalar(node: Scalar, work: Work): ResolvedScalar | undefined {
  if (work.open.size > 0) work.aliasText += node.source?.length ?? 0;
  if (work.aliasText > MAX_ALIAS_TEXT) return stop(node, work);
  const resolved = resolveScalar(node.source ?? '', (node.type ?? Scalar.PLAIN) === Scalar.PLAIN, node.tag);
  return resolved ?? refuse(node, 'a value that is not what its tag says', work);
}

function evaluateValue(node: Scalar, work: Work): unknown {
  const value = evaluateScalar(node, work)?.value;
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  return refuse(node, 'a number that JSON does not have; put it in quotes if it is text', work);
}

function expand<T>(alias: Alias, use: (target: Node) => T, work: Work): T | null {
  const target = work.targets.get(alias);
  if (target === undefined) return refuse(alias, 'an alias that names no anchor before it', work) ?? null;
  if (work.open.has(alias)) return refuse(alias, 'an alias inside of what it names', work) ?? null;
  work.open.add(alias);
  const value = use(target);
  work.open.delete(alias);
  return value;
}

/** go-yaml's own bound: what aliases make of a small document may be nearly all of it, of a large one a tenth (decode.go). */
function count(node: Node, work: Work): void {
  work.decoded++;
  if (work.open.size > 0) work.fromAliases++;
  if (work.stopped || work.fromAliases <= 100 || work.decoded <= 1000) return;
  const share = Math.min(0.99, Math.max(0.1, 0.99 - (0.89 * (work.decoded - 400_000)) / 3_600_000));
  if (work.fromAliases <= share * work.decoded) return;
  stop(node, work);
}

function stop(node: Node, work: Work): undefined {
  refuse(node, 'aliases that grow too large when they are expanded', work);
  work.stopped = true;
}

function refuse(node: Node, message: string, work: Work): undefined {
  if (!work.stopped) work.problems.push({ severity: 'error', node, message });
  work.stopped ||= work.problems.length >= MAX_PROBLEMS;
}

/** One that is not told, because there are so many, changes nothing in the value. */
function warn(node: Node, message: string, work: Work): void {
  if (work.problems.length < MAX_PROBLEMS / 2) work.problems.push({ severity: 'warning', node, message });
}
