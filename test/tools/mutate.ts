/** One change to a source file that a test should notice. */
export interface Mutant {
  /** 1-based. */
  readonly line: number;
  readonly change: string;
  readonly text: string;
}

type Operator = readonly [pattern: RegExp, replacement: string];

/** Each place that matches is a mutant of its own. */
const OPERATORS: readonly Operator[] = [
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ < /g, ' >= '],
  [/ > /g, ' <= '],
  [/ <= /g, ' > '],
  [/ >= /g, ' < '],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/(?<=[(\s])!(?=[\w(])/g, ''],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/(?<=\s)0(?=[;,)\s])/g, '1'],
  [/(?<=\s)1(?=[;,)\s])/g, '2'],
  [/(?<=[\s([])'[\w./:-]+'/g, "''"],
  [/\? (.+) : (.+);$/g, '? $2 : $1;'],
  // a guard, a call for its effect, an assignment, a step of a chain
  [/^\s+if \(.*\) (return|throw|continue)\b.*;$/g, ''],
  [/^\s+[\w.]+\(.*\);$/g, ''],
  [/^\s+[\w.]+ [|&?+-]*= .*;$/g, ''],
  [/^\s+\.(filter|toSorted|toReversed)\(.*\)$/g, ''],
  [/^\s+\.\.\..*,$/g, ''],
];

/** Lines that are no code at run time, and loops: a mutant that never ends tells nothing. */
const SKIPPED = /^\s*(\/\/|\/?\*|import\b|export (type|interface)\b|type\b|interface\b|readonly\b|\||for \(|while \()/;
/** Text that stands in a type. */
const TYPE_TEXT = /' \| '|(Pick|Omit|Extract|Exclude|Action)</;

/** All mutants of a source file, line by line; types and comments are left alone. */
export function mutantsOf(source: string): readonly Mutant[] {
  const lines = source.split('\n');
  let inImport = false;
  return lines.flatMap((line, index) => {
    inImport = inImport ? !/ from '/.test(line) : /^import \{$|^import type \{$/.test(line);
    if (inImport || SKIPPED.test(line) || / from '\S+';$/.test(line)) return [];
    return changesOf(line).map((change) => ({
      line: index + 1,
      change: `${line.trim()}  =>  ${change.trim() || 'nothing'}`,
      text: lines.with(index, change).join('\n'),
    }));
  });
}

function changesOf(line: string): readonly string[] {
  const operators = TYPE_TEXT.test(line) ? OPERATORS.filter(([, replacement]) => replacement !== "''") : OPERATORS;
  const changes = operators.flatMap(([pattern, replacement]) =>
    [...line.matchAll(pattern)].map((match) => {
      const single = new RegExp(pattern.source);
      const end = match.index + match[0].length;
      const isWhole = pattern.source.startsWith('^') || pattern.source.endsWith('$');
      const changed = isWhole ? line.replace(single, replacement) : replacement;
      return isWhole ? changed : line.slice(0, match.index) + changed + line.slice(end);
    }),
  );
  return [...new Set([...changes, ...negateCondition(line)])].filter((change) => change !== line);
}

function negateCondition(line: string): readonly string[] {
  const start = line.search(/\bif \(/);
  if (start < 0) return [];
  const open = line.indexOf('(', start);
  let depth = 0;
  for (let at = open; at < line.length; at++) {
    if (line[at] === '(') depth++;
    if (line[at] === ')' && --depth === 0) {
      return [`${line.slice(0, open)}(!${line.slice(open, at + 1)})${line.slice(at + 1)}`];
    }
  }
  return [];
}

/** At most so many, spread over the file: the same ones each time. */
export function sample<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]).flatMap(
    (item) => item ?? [],
  );
}
