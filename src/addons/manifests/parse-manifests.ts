import { hash } from 'node:crypto';
import type { Diagnostic } from '../../document/diagnostic.ts';
import { type FieldPath, findField } from '../../document/find-field.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { type Budget, type Composed, composeDocument } from './compose-document.ts';
import { type Chunk, splitDocuments } from './split-documents.ts';
import { toValue } from './to-value.ts';

/** Where in a file something stands; 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Manifest {
  readonly value: unknown;
  /** Where a value stands; the nearest value around it where it is not there. */
  readonly positionOf: (path: FieldPath) => Position;
}

export interface ParsedDocument {
  readonly manifest?: Manifest;
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where it is JSON, or none. */
  readonly source?: DocumentSource;
  /** It was not read again. */
  readonly isKnown?: boolean;
}

/** By what a document of YAML is known again, wherever it stands. */
export interface DocumentSource {
  /** Of its text. */
  readonly digest: string;
  /** Lines of the file before it. */
  readonly line: number;
  /** How many of the file's tokens it takes. */
  readonly tokens: number;
}

/** How many tokens a document with this digest took when it was read and nothing was wrong in it; undefined where it is to be read. */
export type KnownTokens = (digest: string) => number | undefined;

/** Of a file. Install files have one for each 14 bytes, and are 12 MB at most. */
const MAX_TOKENS = 3_000_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const NOT_IN_YAML = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/**
 * The documents of one file, one at a time, as kubectl reads them. Messages name the kind of error and its place, and never repeat what
 * the file says: it may be a Secret. What is known already has its source alone.
 *
 * @param file relative to the repository's configured path
 */
export function* parseManifests(
  file: string,
  text: string,
  tokensOf: KnownTokens = () => undefined,
): Generator<ParsedDocument> {
  const budget: Budget = { tokens: MAX_TOKENS };
  for (const chunk of splitDocuments(text.replaceAll('\r\n', '\n'))) {
    if (chunk.kind !== 'yaml') {
      yield parseChunk(file, chunk);
      continue;
    }
    const source = { digest: hash('sha256', chunk.text, 'base64url'), line: chunk.line };
    const known = tokensOf(source.digest);
    const before = budget.tokens;
    const isKnown = known !== undefined && known <= before;
    const parsed = isKnown ? { diagnostics: [] } : parseYaml(file, chunk.text, chunk.line, budget);
    if (isKnown) budget.tokens -= known;
    yield { ...parsed, isKnown, source: { ...source, tokens: before - budget.tokens } };
  }
}

function parseChunk(file: string, chunk: Exclude<Chunk, { readonly kind: 'yaml' }>): ParsedDocument {
  const { line } = chunk;
  if (chunk.kind === 'json') {
    // a tree only where a place inside is asked for
    let composed: Composed | undefined;
    const positionOf = (path: FieldPath): Position => {
      if (path.length === 0) return { line: line + 1, column: 1 };
      composed ??= composeDocument(chunk.text, { tokens: MAX_TOKENS });
      return positionIn(composed, line, findField(composed.document?.contents, path).value);
    };
    return { manifest: { value: chunk.value, positionOf }, diagnostics: [] };
  }
  const message =
    chunk.kind === 'separator'
      ? 'only a comment may stand behind `---`'
      : 'JSON is expected here, as before in this file';
  return { diagnostics: [problem(file, { line: line + 1, column: 1 }, message)] };
}

function parseYaml(file: string, source: string, line: number, budget: Budget): ParsedDocument {
  const text = source.replace(/^\ufeff/, '').replaceAll(/[\r\u0085]/g, '\n');
  const composed = composeDocument(text, budget);
  const tell = (offset: number, message: string, severity: Diagnostic['severity'] = 'error'): Diagnostic =>
    problem(file, positionIn(composed, line, offset), message, severity);
  const control = NOT_IN_YAML.exec(text);
  if (control !== null) return { diagnostics: [tell(control.index, 'a control character')] };
  const { document, problems } = composed;
  if (document === undefined) return { diagnostics: problems.map(({ offset, message }) => tell(offset, message)) };
  const { value, problems: wrong } = toValue(document);
  const diagnostics = wrong.map(({ node, message, severity }) => tell(node?.range?.[0] ?? 0, message, severity));
  if (value === null || wrong.some(({ severity }) => severity === 'error')) return { diagnostics };
  const positionOf = (path: FieldPath): Position =>
    positionIn(composed, line, findField(document.contents, path).value);
  return { manifest: { value, positionOf }, diagnostics };
}

function positionIn({ lines }: Composed, before: number, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: before + Math.max(1, line), column: Math.max(1, col) };
}

function problem(
  file: string,
  { line, column }: Position,
  message: string,
  severity: Diagnostic['severity'] = 'error',
): Diagnostic {
  const code: ErrorCode = 'addons.yaml';
  return { severity, file, line, column, code, message, remedy: 'Correct the file at this line.' };
}
