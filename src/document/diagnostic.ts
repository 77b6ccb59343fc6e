import { catalogue, type ErrorCode } from '../errors/catalogue.ts';

/** Something wrong in a user's file: a value, not an exception. All of them are reported at once. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Path relative to the repository's configured path. */
  readonly file: string;
  /** 1-based; 0 where the file as a whole is meant. */
  readonly line: number;
  readonly column: number;
  readonly code: ErrorCode;
  /** What was found. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** Where a diagnostic points: a place in a file, or (0, 0) the file as a whole. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The place of a file as a whole. */
export function wholeFile(file: string): Place {
  return { file, line: 0, column: 0 };
}

/** An error; its remedy is the catalogue's where the caller knows no better one. */
export function problem(
  code: ErrorCode,
  place: Place,
  message: string,
  remedy: string = catalogue[code].remedy,
): Diagnostic {
  const { file, line, column } = place;
  return { severity: 'error', file, line, column, code, message, remedy };
}

/** A warning: worth reading, and nothing is held back because of it. */
export function warning(code: ErrorCode, place: Place, message: string, remedy?: string): Diagnostic {
  return { ...problem(code, place, message, remedy), severity: 'warning' };
}

/** Sorts diagnostics by file, line, column and code; what is said twice is said once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(compare).filter((diagnostic, index, all) => !isSame(diagnostic, all[index - 1]));
}

const MAX_DIAGNOSTICS = 1000;

/** Sorted, and as many as somebody may want to read. */
export function limitDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = sortDiagnostics(diagnostics);
  const last = sorted[MAX_DIAGNOSTICS - 1];
  if (sorted.length <= MAX_DIAGNOSTICS || last === undefined) return sorted;
  const rest = sorted.slice(MAX_DIAGNOSTICS);
  const severity = rest.some((diagnostic) => diagnostic.severity === 'error') ? 'error' : 'warning';
  const more = problem('definition.more-problems', last, `${rest.length} more problems are not listed`);
  return [...sorted.slice(0, MAX_DIAGNOSTICS), { ...more, severity }];
}

function compare(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : Number(a.code > b.code));
}

function isSame(a: Diagnostic, b: Diagnostic | undefined): boolean {
  return b !== undefined && compare(a, b) === 0 && a.message === b.message;
}
