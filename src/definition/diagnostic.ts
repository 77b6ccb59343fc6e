import type { ErrorCode } from '../errors/catalogue.ts';

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
