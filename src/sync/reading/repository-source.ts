import type { LoadObjects } from '../../addons/rendered-addon.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { limitsOf } from '../../source/fetch/fetch-objects.ts';
import { type ChildOptions, createChildRunner } from '../../source/fetch/run-child.ts';
import { createGitSource, type GitSource, type GitSourceDeps, SOURCE_LIMITS } from '../../source/git-source.ts';
import { loadMembership } from '../../state/membership-record.ts';
import { statePath } from '../../state/paths.ts';
import { decodeHead, decodeObjects, type RepositoryHead, type RepositoryJob } from './reading-job.ts';

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
  const source = createGitSource<RepositoryHead>({
    ...deps,
    storeDir,
    fetchObjects: async (fetchJob, signal) => {
      const job: RepositoryJob = { ...fetchJob, kind: 'repository', cacheDir, withAddons: !(await isWorker()) };
      return run(job, limitsOf(job), decodeHead, signal);
    },
  });
  return {
    ...source,
    fetchSnapshot: async (options) => {
      const fetched = await source.fetchSnapshot(options);
      if ((fetched.snapshot.rendered === undefined) === (await isWorker())) return fetched;
      source.forget(); // it has become a worker since, or is none any more
      return source.fetchSnapshot(options);
    },
    objectsAt: (commit) => async (addon, keys, signal) => {
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
    },
  };
}
