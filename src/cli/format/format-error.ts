import type { KubicError } from '../../errors/kubic-error.ts';

/** An error for people: the sentence with its code, the lines it brought, what to do; internal ones with their cause. */
export function formatError(error: KubicError): string {
  const lines = Object.values(error.facts).flatMap((fact) => (Array.isArray(fact) ? fact : []));
  const stack = error.code === 'agent.internal' && error.cause instanceof Error ? [error.cause.stack ?? ''] : [];
  return `${[
    `error: ${error.message} [${error.code}]`,
    ...[...lines, ...stack].map((line) => `  ${line}`),
    `Try: ${error.hint}`,
  ].join('\n')}\n`;
}
