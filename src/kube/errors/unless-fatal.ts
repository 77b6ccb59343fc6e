import type { ErrorCode } from '../../errors/catalogue.ts';
import { KubicError } from '../../errors/kubic-error.ts';

/** After these nothing else can go well: the API server is not there, we are not let in, or somebody said stop. */
const FATAL: readonly ErrorCode[] = ['agent.aborted', 'kube.unreachable', 'kube.untrusted', 'kube.unauthorized'];

/** An error that is of one request alone. @throws the error again where it is of all of them, or is none of ours */
export function unlessFatal(error: unknown): KubicError {
  if (!(error instanceof KubicError) || FATAL.includes(error.code)) throw error;
  return error;
}
