import { Lexer, LineCounter, parseAllDocuments, type Tags } from 'yaml';
import type { AddonFile } from '../definition/definition.ts';
import type { Diagnostic } from '../document/diagnostic.ts';

export interface Manifest {
  readonly value: unknown;
  readonly line: number;
  readonly column: number;
}

const MAX_ALIASES = 100;
const MAX_PROBLEMS = 20;
/** YAML 1.1 has types that JSON has not; kubectl reads these as text. */
const WITHOUT_JSON = new Set(
  ['binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * The documents of one file, as kubectl reads them: YAML 1.1 scalars (`0644` is octal, `yes` is true) but no dates and no
 * base-60 numbers. Messages name the kind of error and its place, and never repeat what the file says.
 *
 * @param path relative to the repository's configured path
 */
export function parseManifests(path: string, file: AddonFile): { manifests: Manifest[]; diagnostics: Diagnostic[] } {
  const problem = (line: number, column: number, message: string): Diagnostic => ({
    severity: 'error',
    file: path,
    line,
    column,
    code: 'addons.yaml',
    message,
    remedy: 'Correct the file at this line.',
  });
  if (hasTooMuch(file.text)) return { manifests: [], diagnostics: [problem(0, 0, 'holds too many values: split it')] };
  try {
    return parse(file.text, problem);
  } catch {
    // a nesting that exhausts the stack, or aliases beyond the bound
    return { manifests: [], diagnostics: [problem(0, 0, 'nested too deeply, or with too many aliases')] };
  }
}

/** Some 700 bytes of memory each once it is parsed; the largest bundles of CRDs have half as many. */
const MAX_TOKENS = 600_000;

function hasTooMuch(text: string): boolean {
  if (text.length < MAX_TOKENS / 4) return false; // a character gives two tokens at most: what is usual is not lexed twice
  let tokens = 0;
  for (const _ of new Lexer().lex(text)) if (++tokens > MAX_TOKENS) return true;
  return false;
}

function parse(text: string, problem: (line: number, column: number, message: string) => Diagnostic) {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter,
    prettyErrors: false,
    schema: 'yaml-1.1',
    customTags: likeKubectl,
    merge: true,
  });
  const manifests: Manifest[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const document of 'empty' in documents ? [] : documents) {
    const errors = [...document.errors, ...document.warnings];
    for (const error of errors.slice(0, MAX_PROBLEMS)) {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      diagnostics.push(problem(line, col, error.code.toLowerCase().replaceAll('_', ' ')));
    }
    if (errors.length > 0 || document.contents === null) continue;
    const { line, col: column } = lineCounter.linePos(document.contents.range[0]);
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (value !== null) manifests.push({ value, line, column });
  }
  return { manifests, diagnostics };
}

function likeKubectl(tags: Tags): Tags {
  return tags.filter(
    (tag) => typeof tag === 'string' || !(WITHOUT_JSON.has(tag.tag) || ('format' in tag && tag.format === 'TIME')),
  );
}
