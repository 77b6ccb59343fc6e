import type { Diagnostic } from '../document/diagnostic.ts';
import { formatDiagnostic } from '../document/format-diagnostics.ts';
import { KubicError } from '../errors/kubic-error.ts';

const SHOWN = 50;

/** The error that stops a sync at a repository with errors; the diagnostics, a line each, are in its facts. */
export function invalidDefinition(commit: string, diagnostics: readonly Diagnostic[]): KubicError {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return new KubicError('definition.invalid', {
    detail: `${errors} ${errors === 1 ? 'error' : 'errors'} at ${commit.slice(0, 12)}`,
    facts: {
      commit,
      errors,
      warnings: diagnostics.length - errors,
      diagnostics: diagnostics.slice(0, SHOWN).map(formatDiagnostic),
    },
  });
}
