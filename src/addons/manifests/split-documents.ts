import { parseJson } from '../../json/json-text.ts';

/** A part of a file that is read by itself. */
export type Chunk = Yaml | Json | { readonly kind: 'separator' | 'json-error'; readonly line: number };

interface Yaml {
  readonly kind: 'yaml';
  readonly text: string;
  /** Lines of the file before it. */
  readonly line: number;
}

interface Json extends Omit<Yaml, 'kind'> {
  readonly kind: 'json';
  readonly value: unknown;
}

/**
 * Cuts a file into documents where kubectl does (apimachinery/pkg/util/yaml, YAMLOrJSONDecoder): lines that begin with `---`, whatever
 * stands around them; where the file begins with `{`, objects of JSON one after the other, and YAML from where they end.
 *
 * @param text with `\n` as the end of a line
 */
export function* splitDocuments(text: string): Generator<Chunk> {
  const start = yield* splitJson(text);
  if (start !== undefined) yield* splitYaml(text.slice(start), countLines(text, 0, start));
}

/** @returns where YAML begins, or undefined where nothing is left */
function* splitJson(text: string): Generator<Chunk, number | undefined> {
  let at = skipSpace(text, 0);
  let line = countLines(text, 0, at);
  let count = 0;
  for (; at < text.length; count++) {
    const object = readObject(text, at);
    if (object === undefined) break;
    yield { kind: 'json', ...object, line };
    const next = skipSpace(text, at + object.text.length);
    line += countLines(text, at, next);
    at = next;
  }
  if (count === 0 || at === text.length) return count === 0 ? 0 : undefined;
  if (count === 1) return Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('}', at)) + 1;
  yield { kind: 'json-error', line };
  return undefined;
}

/** The object of JSON that begins here. */
function readObject(text: string, start: number): Pick<Json, 'text' | 'value'> | undefined {
  const end = text[start] === '{' ? endOfObject(text, start) : undefined;
  if (end === undefined) return undefined;
  const object = text.slice(start, end);
  const value = tryJson(object);
  return value === undefined ? undefined : { text: object, value };
}

function tryJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Where the braces that open here are closed, text in quotes apart. */
function endOfObject(text: string, start: number): number | undefined {
  const token = /["{}]/g;
  token.lastIndex = start;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === '"') {
      const end = endOfString(text, token.lastIndex);
      if (end === undefined) return undefined;
      token.lastIndex = end;
    } else if (match[0] === '{') depth++;
    else if (--depth === 0) return token.lastIndex;
  }
  return undefined;
}

function endOfString(text: string, start: number): number | undefined {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
  return undefined;
}

function* splitYaml(text: string, before: number): Generator<Chunk> {
  let start = 0;
  let line = before;
  for (let at = nextSeparator(text, 0); at !== undefined; at = nextSeparator(text, at + 1)) {
    const end = endOfLine(text, at);
    const behind = text.slice(at + 3, end).trim();
    if (behind !== '' && !behind.startsWith('#')) {
      yield { kind: 'separator', line: line + countLines(text, start, at) };
      return;
    }
    if (at === start) continue;
    yield { kind: 'yaml', text: text.slice(start, at), line };
    line += countLines(text, start, end) + 1;
    start = end + 1;
  }
  if (start < text.length) yield { kind: 'yaml', text: text.slice(start), line };
}

function nextSeparator(text: string, from: number): number | undefined {
  if (from === 0 && text.startsWith('---')) return 0;
  const at = text.indexOf('\n---', from - 1);
  return at < 0 ? undefined : at + 1;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function skipSpace(text: string, from: number): number {
  const other = /\S/g;
  other.lastIndex = from;
  return other.exec(text)?.index ?? text.length;
}

/** Looks at nothing behind `to`: the next line may end far away, and this is asked for each document before it. */
function countLines(text: string, from: number, to: number): number {
  const slice = text.slice(from, to);
  let lines = 0;
  for (let at = slice.indexOf('\n'); at >= 0; at = slice.indexOf('\n', at + 1)) lines++;
  return lines;
}
