import { loadRepository } from '../../addons/load-repository.ts';
import { readObjects } from '../../addons/render-addons.ts';
import { loadAddons } from '../../definition/load-addons.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { toJson } from '../../json/json-text.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { withObjects } from '../../source/fetch/attempt.ts';
import { answerWithFiles } from '../../source/fetch/internal-fetch.ts';
import { runFetchJob } from '../../source/fetch/run-fetch-job.ts';
import type { ObjectReader } from '../../source/pack/object-reader.ts';
import { readTip } from '../../source/store/store.ts';
import { readSnapshot } from '../../source/tree/read-snapshot.ts';
import { openIndexCache } from './index-cache.ts';
import {
  encodeHead,
  encodeObjects,
  type NewObject,
  type ObjectsJob,
  type ReadingJob,
  type RepositoryJob,
} from './reading-job.ts';

/** In characters of JSON: a commit of some dozens of objects, or all that a small repository has. */
const NEWS_SIZE = 1024 * 1024;

/** What the process that reads repositories answers (see source/fetch/internal-fetch.ts). @throws KubicError source.* */
export async function* answerReading(job: ReadingJob): AsyncGenerator<Uint8Array> {
  if (job.kind === 'repository') yield* answerRepository(job);
  else if (job.kind === 'objects') yield* answerObjects(job);
  else yield* answerWithFiles(job);
}

async function* answerRepository(job: RepositoryJob): AsyncGenerator<Uint8Array> {
  const result = await runFetchJob(job);
  const news: NewObject[] = [];
  let left = job.withAddons ? NEWS_SIZE : 0;
  const onNew = (addon: string, object: KubeObject): void => {
    // what does not fit is asked for by a job of its own, like everything that is not new
    if (left > 0) left -= toJson(object).length;
    if (left > 0) news.push({ addon, object });
  };
  const cache = await openIndexCache(job.cacheDir, { onNew });
  const loaded = loadRepository(result.snapshot, cache.lookUp);
  yield* encodeHead(result, loaded, { withAddons: job.withAddons, news });
  // a cache that cannot be written costs time, and nothing else
  await cache.save().catch(() => {});
}

/**
 * Reads at a commit that was fetched before. The store may have been emptied since, for another head (a reading for whoever enrols is
 * under way, or was): then it is that head which is known, and nothing is damaged.
 *
 * @throws KubicError source.head-moved, source.store-corrupt
 */
async function readAt<T>(gitdir: string, commit: string, read: (objects: ObjectReader) => T): Promise<T> {
  try {
    return withObjects({ store: { gitdir, tip: commit } }, read);
  } catch (error) {
    const isMissing = error instanceof KubicError && error.code === 'source.store-corrupt';
    if (!isMissing || (await readTip(gitdir)) === commit) throw error;
    throw new KubicError('source.head-moved', { detail: `${commit} is not what was fetched last`, cause: error });
  }
}

async function* answerObjects({ storeDir, path, limits, commit, cacheDir, addon, keys }: ObjectsJob) {
  const snapshot = await readAt(storeDir, commit, (objects) => readSnapshot(objects, commit, path, limits));
  const found = loadAddons(snapshot).addons.find(({ name }) => name === addon);
  if (!found) throw new KubicError('source.head-moved', { detail: `there is no add-on ${addon}` });
  const wanted = new Set(keys);
  const { lookUp } = await openIndexCache(cacheDir);
  yield* encodeObjects(readObjects(found, (key) => wanted.has(key), lookUp));
}
