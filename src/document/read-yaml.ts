import { type Document, LineCounter, parseDocument } from 'yaml';
import { escapeUnprintable } from '../text/printable.ts';
import { checkTree, isTooDeep } from './check-tree.ts';
import { type Diagnostic, type Place, problem, wholeFile } from './diagnostic.ts';
import { expandTree } from './expand-tree.ts';
import { type FieldPath, findField } from './find-field.ts';

/** One YAML document as data, with the way back to where each value stands. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** Where a value stands; the nearest value around it where it is not there. */
  placeOf(path: FieldPath): Place;
  /** Where the key of a field stands. */
  placeOfKey(path: FieldPath): Place;
}

export interface YamlResult {
  readonly yaml?: YamlFile;
  readonly diagnostics: readonly Diagnostic[];
}

const MAX_BYTES = 1024 * 1024;
const MAX_ERRORS = 10;

/** Reads one YAML document from hostile bytes: size, depth and what aliases make are bounded, every error has its place. */
export function readYaml(file: string, content: Uint8Array): YamlResult {
  if (content.length > MAX_BYTES) return failed(tooLarge(file, content.length));
  const decoded = decodeText(file, content);
  if (typeof decoded !== 'string') return failed(decoded);
  // before the parser: it recurses, and takes long where it runs out of stack
  if (isTooDeep(decoded)) return failed(tooDeep(file));
  return parse(file, decoded);
}

function tooDeep(file: string): Diagnostic {
  return problem('definition.too-deep', wholeFile(file), 'the YAML is nested too deeply to be read');
}

/** A diagnostic for a file that has more bytes than are read. */
export function tooLarge(file: string, size: number): Diagnostic {
  return problem('definition.too-large', wholeFile(file), `the file has ${size} bytes, more than is read of one`);
}

/**
 * UTF-8 as text, or UTF-16 where a byte order mark says so (as PowerShell writes files, and kubectl reads them); without the mark. Or a
 * diagnostic at the first byte that is none.
 */
export function decodeText(file: string, content: Uint8Array): string | Diagnostic {
  try {
    return new TextDecoder(encodingOf(content), { fatal: true }).decode(content);
  } catch {
    const before = new TextDecoder().decode(content).split('\ufffd', 1)[0] ?? '';
    const lines = before.split('\n');
    const place = { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    return problem('definition.not-utf8', place, 'the file is not UTF-8: this byte cannot be decoded');
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function failed(...diagnostics: Diagnostic[]): YamlResult {
  return { diagnostics };
}

function parse(file: string, text: string): YamlResult {
  const lineCounter = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  // uniqueKeys compares each key with each other one: checkTree looks for duplicates in linear time
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, stringKeys: true });
  if (document.errors.some(({ message }) => /call stack|stack overflow/i.test(message))) return failed(tooDeep(file));
  const errors = [...document.errors, ...document.warnings].slice(0, MAX_ERRORS).map((error) => {
    if (error.code === 'MULTIPLE_DOCS') {
      const message = 'a second YAML document begins here; only one is read';
      return problem('definition.several-documents', place(error.pos[0]), message);
    }
    return problem('definition.yaml', place(error.pos[0]), escapeUnprintable(error.message));
  });
  if (errors.length > 0) return failed(...errors);
  const diagnostics = checkTree(document.contents, place);
  if (diagnostics.some(({ code }) => code !== 'definition.duplicate-key')) return { diagnostics };
  const expanded = expandTree(document.contents);
  if (expanded === undefined) {
    const message = 'aliases of aliases grow too large when they are expanded';
    return failed(problem('definition.alias-bomb', wholeFile(file), message));
  }
  return { yaml: toYamlFile(file, document, expanded.value, place), diagnostics };
}

function toYamlFile(file: string, document: Document, value: unknown, place: (offset: number) => Place): YamlFile {
  return {
    file,
    value,
    placeOf: (path) => place(findField(document.contents, path).value),
    placeOfKey: (path) => place(findField(document.contents, path).key),
  };
}
