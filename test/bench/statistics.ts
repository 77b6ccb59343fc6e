import type { Measured, Unit } from './figure.ts';

/** What one pair took: ours and the reference, in the same unit. */
export interface Pair {
  readonly ours: number;
  readonly reference: number;
}

/** @throws RangeError for no values */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('the median of nothing');
  return (lower + upper) / 2;
}

function spreadOf(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** @param aim the largest ratio that is good */
export function summarizePairs(what: string, unit: Unit, pairs: readonly Pair[], aim?: number): Measured {
  const ratios = pairs.map(({ ours, reference }) => ours / reference);
  const ratio = median(ratios);
  return {
    what,
    unit,
    ours: median(pairs.map(({ ours }) => ours)),
    reference: median(pairs.map(({ reference }) => reference)),
    ratio,
    spread: spreadOf(ratios),
    runs: pairs.length,
    ...(aim !== undefined && { aim: { text: `ratio ≤ ${aim}`, met: ratio <= aim } }),
  };
}

/** @param aim what the median has to be below */
export function summarize(what: string, unit: Unit, values: readonly number[], aim?: number): Measured {
  const ours = median(values);
  return {
    what,
    unit,
    ours,
    spread: spreadOf(values),
    runs: values.length,
    ...(aim !== undefined && { aim: { text: `< ${aim} ${unit}`, met: ours < aim } }),
  };
}

/** Ours and the reference in turns, so that what else the machine does meets both. */
export async function measurePairs(
  runs: number,
  ours: (run: number) => Promise<number>,
  reference: (run: number) => Promise<number>,
  say: (text: string) => void,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let run = 0; run < runs; run += 1) {
    // each first in every other pair: neither always finds warm caches
    const first = run % 2 === 0 ? await ours(run) : await reference(run);
    const second = run % 2 === 0 ? await reference(run) : await ours(run);
    const pair = run % 2 === 0 ? { ours: first, reference: second } : { ours: second, reference: first };
    pairs.push(pair);
    say(`pair ${run + 1} of ${runs}: ${pair.ours.toFixed(0)} and ${pair.reference.toFixed(0)} ms`);
  }
  return pairs;
}

/** Milliseconds of wall clock that something takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}
