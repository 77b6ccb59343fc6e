import type { Measured, Unit } from './figure.ts';

const HEAD = ['figure', 'ours', 'reference', 'ratio', 'aim', 'spread', 'runs'] as const;

/** One table for people; numbers to the right. */
export function formatResults(results: readonly Measured[]): string {
  const rows: (readonly string[])[] = [HEAD, ...results.map(formatRow)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${rows.map(line).join('\n')}\n`;
}

function formatRow(result: Measured): readonly string[] {
  const { what, unit, ours, reference, ratio, spread, runs, aim } = result;
  const spreadText =
    ratio === undefined
      ? `${formatNumber(spread[0], unit)}–${formatNumber(spread[1], unit)}`
      : `${spread[0].toFixed(2)}–${spread[1].toFixed(2)}`;
  return [
    what,
    formatQuantity(ours, unit),
    reference === undefined ? '' : formatQuantity(reference, unit),
    ratio === undefined ? '' : ratio.toFixed(2),
    aim === undefined ? '' : `${aim.text} ${aim.met ? '✓' : '✗'}`,
    spreadText,
    String(runs),
  ];
}

function formatQuantity(value: number, unit: Unit): string {
  return unit === 'requests' ? formatNumber(value, unit) : `${formatNumber(value, unit)} ${unit}`;
}

function formatNumber(value: number, unit: Unit): string {
  return unit === 'requests' ? String(value) : value.toFixed(0);
}
