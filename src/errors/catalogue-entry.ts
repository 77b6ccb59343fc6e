/** When it is worth trying again: soon (backoff), only after a new commit, or never without a human on this machine. */
export type Retry = 'soon' | 'next-commit' | 'never';

/** One stable error or diagnostic code, as `kubic-init explain CODE` prints it. */
export type CatalogueEntry = CatalogueText & RetryAdvice;

interface CatalogueText {
  /** One sentence, lower case, no full stop: what failed. */
  readonly summary: string;
  /** What usually causes it, in a sentence or two. */
  readonly cause: string;
  /** What to do, in the imperative. */
  readonly remedy: string;
}

/** `temporary`: only somebody else is away or not ready yet, and nothing has to be mended: a sync that it ends has exit code 75, phase `waiting`. */
type RetryAdvice =
  | { readonly retry: 'soon'; readonly temporary?: true }
  | { readonly retry: Exclude<Retry, 'soon'>; readonly temporary?: never };

export type Catalogue = Readonly<Record<string, CatalogueEntry>>;
