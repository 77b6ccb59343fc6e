import { KubicError } from '../../errors/kubic-error.ts';
import { hasPiledUp, openStore, resetStore } from '../store/store.ts';
import { readCommit } from '../tree/commit.ts';
import { readSnapshot } from '../tree/read-snapshot.ts';
import { type Attempt, withObjects } from './attempt.ts';
import { fetchHead } from './fetch-head.ts';
import { fetchNews } from './fetch-history.ts';
import type { FetchJob, FetchResult } from './fetch-job.ts';
import { proveDescent } from './prove-descent.ts';

/**
 * Does one job: fetch if the store lacks the commit, prove descent, read the snapshot. A store that turns out to be
 * corrupt is emptied and fetched anew, once.
 *
 * @throws KubicError with a code of the source, or agent.state-unwritable
 */
export async function runFetchJob(job: FetchJob): Promise<FetchResult> {
  const { store, notice } = await openStore(job.storeDir);
  const notices = notice === undefined ? [] : [notice];
  const attempt: Attempt = { job, notices, store, requests: 0 };
  try {
    return await fetchAndRead(attempt);
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    if (store.tip === undefined) throw missingFromAnswer(error);
    notices.push(`the object store was corrupt (${error.message}): fetched anew`);
    attempt.store = await resetStore(job.storeDir);
  }
  return fetchAndRead(attempt).catch((error: unknown) => {
    throw isCorrupt(error) ? missingFromAnswer(error) : error;
  });
}

async function fetchAndRead(attempt: Attempt): Promise<FetchResult> {
  const { job } = attempt;
  if (attempt.store.tip !== job.commit) await fetchCommit(attempt);
  const head = attempt.store.tip ?? job.commit;
  const rewind = await proveDescent(attempt, head);
  const snapshot = withObjects(attempt, (objects) => readSnapshot(objects, head, job.path, job.limits));
  return { snapshot, notices: attempt.notices, requests: attempt.requests, rewind };
}

async function fetchCommit(attempt: Attempt): Promise<void> {
  const { job } = attempt;
  if (attempt.store.tip !== undefined && (await hasPiledUp(attempt.store)))
    attempt.store = await resetStore(job.storeDir);
  const { tip } = attempt.store;
  if (tip !== undefined) withObjects(attempt, (objects) => readCommit(objects, tip));
  if (tip === undefined || job.acceptRewind === job.commit) await fetchHead(attempt, 1);
  else await fetchNews(attempt);
}

function isCorrupt(error: unknown): error is KubicError {
  return error instanceof KubicError && error.code === 'source.store-corrupt';
}

/** Corrupt although it was fetched this moment: then the server's answer was at fault. */
function missingFromAnswer(error: KubicError): KubicError {
  return new KubicError('source.truncated', { detail: error.message, cause: error });
}
