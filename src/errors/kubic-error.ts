import { catalogue, type ErrorCode } from './catalogue.ts';
import type { CatalogueEntry, Retry } from './catalogue-entry.ts';

/** Values that explain one occurrence; never a secret, never file content. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface KubicErrorOptions {
  /** What this occurrence was about, appended to the catalogue's summary: a URL without credentials, a path, a name. */
  readonly detail?: string;
  readonly facts?: Facts;
  /** Replaces the catalogue's remedy where the occurrence knows better. */
  readonly hint?: string;
  readonly retry?: Retry;
  readonly cause?: unknown;
}

/** The one error class: a code from the catalogue, a sentence, and what to do about it. */
export class KubicError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly facts: Facts;
  readonly retry: Retry;

  constructor(code: ErrorCode, options: KubicErrorOptions = {}) {
    const entry: CatalogueEntry = catalogue[code];
    const message = options.detail === undefined ? entry.summary : `${entry.summary}: ${options.detail}`;
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'KubicError';
    this.code = code;
    this.hint = options.hint ?? entry.remedy;
    this.facts = options.facts ?? {};
    this.retry = options.retry ?? entry.retry;
  }
}
