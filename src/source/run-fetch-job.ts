import { fetch } from 'isomorphic-git';
import { KubicError } from '../errors/kubic-error.ts';
import { readCommit } from './commit.ts';
import { checkDescent, type Descent } from './descent.ts';
import type { FetchJob, FetchResult } from './fetch-job.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';
import { type ObjectReader, openObjects } from './object-reader.ts';
import { createPackSink } from './pack-sink.ts';
import { readSnapshot } from './read-snapshot.ts';
import { formatText, formatUrl } from './repository.ts';
import { FETCHED_REF, hasPiledUp, openStore, recordTip, resetStore, type Store } from './store.ts';
import { storeFs } from './store-fs.ts';

/** Depths to ask for, one after the other, until the history shows the commit acted on last; the last means all of it. */
const DEEPEN = [50, 1_000, 0x7fffffff];

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

interface Attempt {
  readonly job: FetchJob;
  readonly notices: readonly string[];
  store: Store;
  requests: number;
}

async function fetchAndRead(attempt: Attempt): Promise<FetchResult> {
  const { job } = attempt;
  if (attempt.store.tip !== job.commit) {
    if (attempt.store.tip !== undefined && (await hasPiledUp(attempt.store)))
      attempt.store = await resetStore(job.storeDir);
    if (attempt.store.tip !== undefined)
      withObjects(attempt, (objects) => readCommit(objects, attempt.store.tip ?? ''));
    await fetchOnce(attempt, attempt.store.tip === undefined ? 1 : undefined);
  }
  const head = attempt.store.tip ?? job.commit;
  const rewind = await proveDescent(attempt, head);
  const snapshot = withObjects(attempt, (objects) => readSnapshot(objects, head, job.path, job.limits));
  return { snapshot, notices: attempt.notices, requests: attempt.requests, rewind };
}

/**
 * isomorphic-git negotiates; the pack goes past it to disk, checked and indexed there.
 *
 * @param depth of history to have afterwards; undefined: all that is new
 */
async function fetchOnce(attempt: Attempt, depth: number | undefined): Promise<void> {
  const { store } = attempt;
  const { remote } = attempt.job;
  const sink = createPackSink(store.gitdir);
  const http = createHttpClient({ ...remote, onPack: sink.write });
  try {
    const { fetchHead } = await fetch({
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
    if (fetchHead === null) throw new KubicError('source.empty-repository', { detail: formatUrl(remote.url) });
    await sink.keep();
    withObjects(attempt, (objects) => readCommit(objects, fetchHead));
    attempt.store = await recordTip(store, fetchHead);
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
  const message = formatText(error instanceof Error ? error.message : String(error));
  if (damaged) return new KubicError('source.store-corrupt', { detail: message, cause: error });
  return new KubicError('source.protocol', { detail: `${formatUrl(job.remote.url)}: ${message}`, cause: error });
}

/** @returns the accepted rewind that lets the head pass, or undefined where none is needed */
async function proveDescent(attempt: Attempt, head: string): Promise<string | undefined> {
  const { actedOn, acceptRewind } = attempt.job;
  if (actedOn === undefined || actedOn === head) return undefined;
  if (acceptRewind === head) return acceptRewind;
  if ((await establishDescent(attempt, head, actedOn)) === 'descends') return undefined;
  if (acceptRewind !== undefined && (await establishDescent(attempt, head, acceptRewind)) === 'descends') {
    return acceptRewind;
  }
  throw new KubicError('source.rewind', {
    detail: `${head} does not descend from ${actedOn}`,
    facts: { head, actedOn },
    hint: `Push a commit that descends from ${actedOn}. Or, if the rewrite is meant, stop the agent, run \`kubic-init sync --once --accept-rewind ${head}\` and start it again; or set acceptRewind: ${head} in this machine's settings and restart the agent.`,
  });
}

async function establishDescent(attempt: Attempt, head: string, ancestor: string): Promise<Descent> {
  const check = (): Descent =>
    withObjects(attempt, (objects) =>
      checkDescent((oid) => (objects.has(oid) ? readCommit(objects, oid).parents : undefined), head, ancestor),
    );
  let descent = check();
  for (const depth of DEEPEN) {
    if (descent !== 'unknown') break;
    await fetchOnce(attempt, depth);
    descent = check();
  }
  return descent;
}

function withObjects<T>({ store }: Attempt, use: (objects: ObjectReader) => T): T {
  const objects = openObjects(store.gitdir);
  try {
    return use(objects);
  } finally {
    objects.close();
  }
}

function isCorrupt(error: unknown): error is KubicError {
  return error instanceof KubicError && error.code === 'source.store-corrupt';
}

/** Corrupt although it was fetched this moment: then the server's answer was at fault. */
function missingFromAnswer(error: KubicError): KubicError {
  return new KubicError('source.truncated', { detail: error.message, cause: error });
}
