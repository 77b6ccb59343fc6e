/** When it is worth trying again: soon (backoff), only after a new commit, or never without a human on this machine. */
export type Retry = 'soon' | 'next-commit' | 'never';

/** One stable error or diagnostic code, as `kubic-init explain CODE` prints it. */
export interface CatalogueEntry {
  /** One sentence, lower case, no full stop: what failed. */
  readonly summary: string;
  /** What usually causes it, in a sentence or two. */
  readonly cause: string;
  /** What to do, in the imperative. */
  readonly remedy: string;
  readonly retry: Retry;
}

export type Catalogue = Readonly<Record<string, CatalogueEntry>>;
