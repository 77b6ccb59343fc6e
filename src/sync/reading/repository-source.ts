import type { LoadObjects } from '../../addons/rendered-addon.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { type KubeObject, refOf } from '../../objects/kube-object.ts';
import { keyOf } from '../../objects/object-key.ts';
import { limitsOf } from '../../source/fetch/fetch-objects.ts';
import { type ChildOptions, createChildRunner } from '../../source/fetch/run-child.ts';
import { createGitSource, type GitSource, type GitSourceDeps, SOURCE_LIMITS } from '../../source/git-source.ts';
import { loadMembership } from '../../state/membership-record.ts';
import { statePath } from '../../state/paths.ts';
import { decodeHead, decodeObjects, type NewObject, type RepositoryHead, type RepositoryJob } from './reading-job.ts';

/** The repository as an agent reads it: it is fetched, checked and rendered in a process of its own, and kept there. */
export interface RepositorySource extends GitSource<RepositoryHead> {
  /** Objects of an add-on at a commit that was read before. @throws KubicError source.* */
  readonly objectsAt: (commit: string) => LoadObjects;
}

export type RepositorySourceDeps = Omit<GitSourceDeps, 'fetchObjects' | 'storeDir'> & {
  readonly stateDir: string;
  readonly child?: ChildOptions;
};

/** A worker learns whether add-ons are valid, and nothing more of them: it does not act on them. */
export function createRepositorySource({ stateDir, child, ...deps }: RepositorySourceDeps): RepositorySource {
  const storeDir = statePath(stateDir, 'source');
  const cacheDir = statePath(stateDir, 'rendered');
  const run = createChildRunner(child);
  // whose record cannot be read is told more, not less: observing says what is wrong with it
  const isWorker = (): Promise<boolean> =>
    loadMembership(stateDir).then(
      (record) => record?.role === 'worker',
      () => false,
    );
  /** Objects that came with a head, until they are asked for: the first time no process is needed. */
  let fresh: { readonly commit: string; readonly objects: Map<string, KubeObject> } | undefined;
  const source = createGitSource<RepositoryHead>({
    ...deps,
    storeDir,
    fetchObjects: async (fetchJob, signal) => {
      const job: RepositoryJob = { ...fetchJob, kind: 'repository', cacheDir, withAddons: !(await isWorker()) };
      const { result, news } = await run(job, limitsOf(job), decodeHead, signal);
      fresh = { commit: fetchJob.commit, objects: new Map(news.map((each) => [newsKey(each), each.object])) };
      return result;
    },
  });
  const load = async (
    commit: string,
    addon: string,
    keys: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<readonly KubeObject[]> => {
    const { snapshot: limits, fetch } = { ...SOURCE_LIMITS, ...deps.limits };
    const job = {
      kind: 'objects' as const,
      storeDir,
      cacheDir,
      path: deps.repository.path,
      limits,
      commit,
      addon,
      keys,
    };
    try {
      return await run(job, limitsOf({ remote: { limits: fetch }, limits }), decodeObjects, signal);
    } catch (error) {
      // the store may be damaged, or emptied meanwhile: the next sync fetches it anew
      if (error instanceof KubicError && error.code !== 'agent.aborted') source.forget();
      throw error;
    }
  };
  return {
    ...source,
    fetchSnapshot: async (options) => {
      const fetched = await source.fetchSnapshot(options);
      if ((fetched.snapshot.rendered === undefined) === (await isWorker())) return fetched;
      source.forget(); // it has become a worker since, or is none any more
      return source.fetchSnapshot(options);
    },
    objectsAt: (commit) => {
      const came = fresh?.commit === commit ? fresh.objects : new Map<string, KubeObject>();
      fresh = undefined;
      return async (addon, keys, signal) => {
        const known = takeAll(
          came,
          keys.map((key) => `${addon} ${key}`),
        );
        return known ?? load(commit, addon, keys, signal);
      };
    },
  };
}

function newsKey({ addon, object }: NewObject): string {
  return `${addon} ${keyOf(refOf(object))}`;
}

/** All of them, each once: objects may be Secrets, and nobody needs them twice. Undefined where one is not there. */
function takeAll(objects: Map<string, KubeObject>, keys: readonly string[]): readonly KubeObject[] | undefined {
  const found = keys.flatMap((key) => objects.get(key) ?? []);
  if (found.length !== keys.length) return undefined;
  for (const key of keys) objects.delete(key);
  return found;
}
