import { loadRepository } from '../../addons/load-repository.ts';
import { readObjects } from '../../addons/render-addons.ts';
import { loadAddons } from '../../definition/load-addons.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { toJson } from '../../json/json-text.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { withObjects } from '../../source/fetch/attempt.ts';
import { answerWithFiles } from '../../source/fetch/internal-fetch.ts';
import { runFetchJob } from '../../source/fetch/run-fetch-job.ts';
import { openStore } from '../../source/store/store.ts';
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

async function* answerObjects({ storeDir, path, limits, commit, cacheDir, addon, keys }: ObjectsJob) {
  const { store } = await openStore(storeDir);
  const snapshot = withObjects({ store }, (objects) => readSnapshot(objects, commit, path, limits));
  const found = loadAddons(snapshot).addons.find(({ name }) => name === addon);
  if (!found) throw new KubicError('source.head-moved', { detail: `there is no add-on ${addon}` });
  const wanted = new Set(keys);
  const { lookUp } = await openIndexCache(cacheDir);
  yield* encodeObjects(readObjects(found, (key) => wanted.has(key), lookUp));
}
