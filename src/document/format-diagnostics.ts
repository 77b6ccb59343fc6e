import { escapeUnprintable } from '../text/printable.ts';
import type { Diagnostic } from './diagnostic.ts';

/** `cluster.yaml:12:5 error definition.unknown-field: …`, without its remedy. */
export function formatDiagnostic({ file, line, column, severity, code, message }: Diagnostic): string {
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return `${escapeUnprintable(place)} ${severity} ${code}: ${escapeUnprintable(message)}`;
}

/** Every diagnostic with its remedy below it, and a last line that counts them. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const lines = diagnostics.flatMap((diagnostic) => [
    formatDiagnostic(diagnostic),
    `    → ${escapeUnprintable(diagnostic.remedy)}`,
  ]);
  return [...lines, formatSummary(diagnostics)].join('\n');
}

/** `2 errors, 1 warning`; `no problems`. */
export function formatSummary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const counts = [count(errors, 'error'), count(diagnostics.length - errors, 'warning')];
  return counts.filter((text) => text !== '').join(', ') || 'no problems';
}

function count(number: number, word: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${word}` : `${number} ${word}s`;
}
