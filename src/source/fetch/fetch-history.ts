import { KubicError } from '../../errors/kubic-error.ts';
import type { HttpLimits } from '../transport/http-client.ts';
import type { Attempt } from './attempt.ts';
import { fetchHead } from './fetch-head.ts';

/**
 * Fetches the head and what is new of its history, whatever was committed by mistake and taken out again: where that is
 * much, and the server can prove descent by commits alone, the head is taken without its history. Not so at once: a server
 * sends all files of a head without history, those too that are here.
 *
 * @throws KubicError what fetchHead throws
 */
export async function fetchNews(attempt: Attempt): Promise<void> {
  const { filters, limits } = attempt.job.remote;
  if (!filters) return fetchHistory(attempt, undefined);
  try {
    return await fetchHead(attempt, undefined, aPartOf(limits));
  } catch (error) {
    if (!isTooMuch(error)) throw error;
  }
  try {
    return await fetchHead(attempt, 1);
  } catch (error) {
    if (!isTooMuch(error)) throw error;
  }
  return fetchHead(attempt, undefined); // all at once it is too much, but not what is new of it
}

/** What history may cost before the head is taken without it. */
function aPartOf({ maxBytes, idleMs, totalMs }: HttpLimits): HttpLimits {
  return { maxBytes: maxBytes / 8, idleMs, totalMs: totalMs / 4 };
}

/**
 * Fetches history with its files.
 *
 * @param depth undefined: all that is new
 * @throws KubicError what fetchHead throws; the hint of source.too-large says how to do without
 */
export async function fetchHistory(attempt: Attempt, depth: number | undefined): Promise<void> {
  try {
    await fetchHead(attempt, depth);
  } catch (cause) {
    if (!isTooMuch(cause)) throw cause;
    const { commit } = attempt.job;
    throw new KubicError(cause.code, {
      detail: `the history up to ${commit}`,
      facts: { ...cause.facts, head: commit },
      hint: `Let the Git server leave files out (\`git config uploadpack.allowFilter true\` in its repository): then only commits of the history are fetched. Or stop the agent, run \`kubic-init sync --once --accept-rewind ${commit}\` and start it again: that commit is taken without its history.`,
      cause,
    });
  }
}

function isTooMuch(error: unknown): error is KubicError {
  return error instanceof KubicError && (error.code === 'source.too-large' || error.code === 'source.too-slow');
}
