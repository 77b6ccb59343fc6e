import { fetch } from 'isomorphic-git';
import { KubicError } from '../../errors/kubic-error.ts';
import { printableLine } from '../../text/printable.ts';
import { createPackSink } from '../pack/pack-sink.ts';
import { formatUrl } from '../repository.ts';
import { FETCHED_REF, recordTip, rememberShallow } from '../store/store.ts';
import { storeFs } from '../store/store-fs.ts';
import { createHttpClient, type HttpClient, type HttpLimits } from '../transport/http-client.ts';
import { readCommit } from '../tree/commit.ts';
import { type Attempt, withObjects } from './attempt.ts';

/**
 * Fetches the branch's head with its files. isomorphic-git negotiates; the pack goes past it to disk, checked and indexed
 * there.
 *
 * @param depth of history to have afterwards; undefined: all that is new
 * @throws KubicError with a code of the source, or agent.state-unwritable
 */
export async function fetchHead(
  attempt: Attempt,
  depth: number | undefined,
  limits: HttpLimits = attempt.job.remote.limits,
): Promise<void> {
  const { store } = attempt;
  const { remote } = attempt.job;
  const sink = createPackSink(store.gitdir);
  const http = createHttpClient({ ...remote, limits, onPack: sink.write });
  const restoreShallow = await rememberShallow(store);
  try {
    const { fetchHead: head } = await fetch({
      fs: storeFs,
      http,
      gitdir: store.gitdir,
      url: remote.url,
      remote: 'origin',
      ref: FETCHED_REF,
      remoteRef: `refs/heads/${remote.branch}`,
      singleBranch: true,
      tags: false,
      ...(depth === undefined ? {} : { depth }),
    }).catch((error: unknown) => {
      throw classifyFetchError(error, attempt, http);
    });
    if (http.failure !== undefined) throw http.failure;
    if (head === null) throw new KubicError('source.empty-repository', { detail: formatUrl(remote.url) });
    await sink.keep();
    withObjects(attempt, (objects) => readCommit(objects, head));
    attempt.store = await recordTip(store, head);
  } catch (error) {
    await restoreShallow();
    throw error;
  } finally {
    attempt.requests += http.requests;
    http.close();
    await sink.discard();
  }
}

/** What isomorphic-git throws when the server is at fault; anything else it throws tells of a damaged store. */
const SERVER_FAULTS = new Set([
  'SmartHttpError',
  'HttpError',
  'ParseError',
  'EmptyServerResponseError',
  'NotFoundError',
  'RemoteCapabilityError',
  'InvalidOidError',
]);

function classifyFetchError(error: unknown, { job, store }: Attempt, http: HttpClient): KubicError {
  if (http.failure !== undefined) return http.failure;
  if (error instanceof KubicError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const damaged = store.tip !== undefined && !SERVER_FAULTS.has(code);
  const message = printableLine(error instanceof Error ? error.message : String(error));
  if (damaged) return new KubicError('source.store-corrupt', { detail: message, cause: error });
  return new KubicError('source.protocol', { detail: `${formatUrl(job.remote.url)}: ${message}`, cause: error });
}
