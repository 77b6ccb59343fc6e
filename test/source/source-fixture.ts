import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubicError } from '../../src/errors/kubic-error.ts';
import { createFetchObjects } from '../../src/source/fetch/fetch-objects.ts';
import { createGitSource, type GitSource, type GitSourceDeps } from '../../src/source/git-source.ts';
import { createRepositorySource, type RepositorySource } from '../../src/sync/reading/repository-source.ts';
import { type ClusterRepository, createClusterRepository } from '../support/cluster-repository.ts';
import { type GitServer, type GitServerOptions, startGitServer } from '../support/git-server.ts';

/** The same with what the repository says. */
export const READING_COMMAND = [process.execPath, join(import.meta.dirname, 'reading-program.ts')] as const;
export const FETCH_COMMAND = [process.execPath, join(import.meta.dirname, 'fetch-program.ts')] as const;

export interface SourceFixture {
  readonly directory: string;
  readonly storeDir: string;
  readonly actedOnFile: string;
  readonly repository: ClusterRepository;
  readonly server: GitServer;
  readonly url: string;
  /** A source as a freshly started agent has it; two of them share what is on disk. */
  source(overrides?: Partial<GitSourceDeps> & { readonly path?: string; readonly branch?: string }): GitSource;
  /** The same of what the repository says: checked and rendered where it is fetched. */
  repositorySource(command?: readonly [string, ...string[]]): RepositorySource;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A repository with one commit, served, and an empty machine. */
export async function createSourceFixture(options: Partial<GitServerOptions> = {}): Promise<SourceFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'kubic-source-'));
  const repository = await createClusterRepository(join(directory, 'root', 'fleet.git'));
  await repository.commit(
    { files: { 'cluster.yaml': 'kind: Cluster\n', 'addons/web/web.yaml': 'kind: ConfigMap\n' } },
    'Begin',
  );
  const server = await startGitServer({ root: join(directory, 'root'), ...options });
  const url = `${server.url}/fleet.git`;
  const storeDir = join(directory, 'machine', 'store');
  const actedOnFile = join(directory, 'machine', 'acted-on.json');
  return {
    directory,
    storeDir,
    actedOnFile,
    repository,
    server,
    url,
    source: ({ path = '', branch = 'main', ...overrides } = {}) =>
      createGitSource({
        repository: { url, branch, path },
        loadCredentials: async () => undefined,
        storeDir,
        actedOnFile,
        fetchObjects: createFetchObjects({ command: FETCH_COMMAND }),
        ...overrides,
      }),
    repositorySource: (command = READING_COMMAND) =>
      createRepositorySource({
        repository: { url, branch: 'main', path: '' },
        loadCredentials: async () => undefined,
        stateDir: join(directory, 'machine'),
        actedOnFile,
        child: { command },
      }),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The error a promise ends with; a promise that does not fail fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<KubicError> {
  const result = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in result)) throw new Error(`expected a failure, got ${JSON.stringify(result.value)}`);
  return result.error as KubicError;
}
