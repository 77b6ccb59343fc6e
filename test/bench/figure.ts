/** What a figure is measured in; the table formats it. */
export type Unit = 'ms' | 'MB' | 'requests';

/** One line of the table. `ours` and `reference` are medians, `ratio` is the median of the ratios of pairs. */
export interface Measured {
  readonly what: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly reference?: number;
  readonly ratio?: number;
  /** Smallest and largest: of the ratios where there is a reference, else of ours. */
  readonly spread: readonly [number, number];
  /** Pairs, or measurements of ours alone. */
  readonly runs: number;
  /** What is aimed at, and the number it bounds. */
  readonly aim?: { readonly text: string; readonly met: boolean };
}

/** A measurement by name: `node test/bench/bench.ts NAME`. */
export interface Figure {
  readonly name: string;
  readonly summary: string;
  readonly runs: number;
  /** Rough time of one run in seconds on two processors, and of what comes before the first. */
  readonly seconds: { readonly setUp: number; readonly run: number };
  readonly measure: (runs: number, say: (text: string) => void) => Promise<readonly Measured[]>;
}
