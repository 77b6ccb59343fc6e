import { KubicError } from './kubic-error.ts';

/** Whatever was thrown, as a KubicError; what we did not foresee becomes `agent.internal` with the cause kept. */
export function toKubicError(error: unknown): KubicError {
  if (error instanceof KubicError) return error;
  if (error instanceof Error && error.name === 'AbortError') return new KubicError('agent.aborted', { cause: error });
  const detail = error instanceof Error ? error.message : String(error);
  return new KubicError('agent.internal', { detail, cause: error });
}
