import { readFile } from 'node:fs/promises';
import { KubicError } from '../errors/kubic-error.ts';
import { loadActedOn, saveActedOn } from '../state/acted-on.ts';
import type { FetchJob, FetchResult } from './fetch/fetch-job.ts';
import type { FetchObjects } from './fetch/fetch-objects.ts';
import { type Credentials, parseRepositoryUrl, type Repository } from './repository.ts';
import { type CommitInfo, SNAPSHOT_LIMITS, type Snapshot } from './snapshot.ts';
import { createHttpClient, type HttpLimits } from './transport/http-client.ts';
import { fetchRemoteHead, type RemoteHead } from './transport/remote-head.ts';
import type { SnapshotLimits } from './tree/read-snapshot.ts';

export interface GitSourceDeps<Head extends CommitInfo = Snapshot> {
  readonly repository: Repository;
  /** Called at each sync. */
  readonly loadCredentials: () => Promise<Credentials | undefined>;
  /** PEM file of the authority to trust instead of the usual ones; read at each sync. */
  readonly caFile?: string | undefined;
  /** A directory of its own: it is emptied when it is corrupt. */
  readonly storeDir: string;
  /** A file outside storeDir. */
  readonly actedOnFile: string;
  readonly fetchObjects: FetchObjects<Head>;
  readonly limits?: Partial<SourceLimits>;
}

export interface SourceLimits {
  readonly listing: HttpLimits;
  readonly fetch: HttpLimits;
  readonly snapshot: SnapshotLimits;
}

export interface FetchedSnapshot<Head extends CommitInfo = Snapshot> {
  readonly snapshot: Head;
  /** The head is not the commit acted on last. */
  readonly moved: boolean;
  /** HTTP requests this took. */
  readonly requests: number;
  /** What happened by the way and should be said: a store fetched anew, a rewind accepted. */
  readonly notices: readonly string[];
}

export interface GitSource<Head extends CommitInfo = Snapshot> {
  /** The branch's head, proven to descend from the commit acted on last. */
  fetchSnapshot(options?: {
    readonly signal?: AbortSignal;
    readonly acceptRewind?: string;
  }): Promise<FetchedSnapshot<Head>>;
  /** To be called once a snapshot proved valid and was acted on: from now on heads must descend from it. */
  markActedOn(commit: string): Promise<void>;
  /** Forgets the head seen last: the next fetch reads it anew, whether or not it moved. */
  forget(): void;
}

const MIB = 1024 * 1024;
/** What a source is held to unless it is told otherwise. */
export const SOURCE_LIMITS: SourceLimits = {
  listing: { maxBytes: 16 * MIB, idleMs: 30_000, totalMs: 60_000 },
  fetch: { maxBytes: 256 * MIB, idleMs: 30_000, totalMs: 600_000 },
  snapshot: SNAPSHOT_LIMITS,
};

/** @throws KubicError source.url-invalid */
export function createGitSource<Head extends CommitInfo = Snapshot>(deps: GitSourceDeps<Head>): GitSource<Head> {
  const url = parseRepositoryUrl(deps.repository.url);
  const limits = { ...SOURCE_LIMITS, ...deps.limits };
  /** The result for the head seen last, and the anchor it was proven against. */
  let last: { readonly result: FetchResult<Head>; readonly anchor: string | undefined } | undefined;
  /** Rewinds that heads were read by, by head: others may be read before one of them is acted on. */
  const rewinds = new Map<string, string>();

  return {
    fetchSnapshot: async ({ signal, acceptRewind } = {}) => {
      const state = await loadActedOn(deps.actedOnFile);
      const access = { credentials: await deps.loadCredentials(), ca: await loadAuthority(deps.caFile) };
      const { branch } = deps.repository;
      const listing = await listHead({ ...access, limits: limits.listing, signal }, url, branch);
      const report = (
        result: FetchResult<Head>,
        requests: number,
        notices: readonly string[],
      ): FetchedSnapshot<Head> => ({
        snapshot: result.snapshot,
        moved: result.snapshot.commit !== state?.commit,
        requests,
        notices,
      });
      const { commit, filters } = listing;
      const known = last?.result.snapshot.commit === commit ? last : undefined;
      if (known !== undefined && (commit === state?.commit || known.anchor === state?.commit)) {
        return report(known.result, listing.requests, []);
      }
      const named = acceptRewind?.trim().toLowerCase();
      const accepted = named !== undefined && state?.usedRewinds.includes(named) ? undefined : named;
      const job: FetchJob = {
        storeDir: deps.storeDir,
        path: deps.repository.path,
        limits: limits.snapshot,
        commit,
        remote: { url, branch, filters, ...access, limits: limits.fetch },
        actedOn: state?.commit,
        acceptRewind: accepted,
      };
      const result = await deps.fetchObjects(job, signal);
      last = { result, anchor: state?.commit };
      const head = result.snapshot.commit;
      // to have come to the commit it names without its help uses it up, too
      const used = result.rewind ?? (accepted === head ? head : undefined);
      if (used !== undefined) rewinds.set(head, used);
      return report(result, listing.requests + result.requests, [
        ...result.notices,
        ...describeRewind(result, state?.commit),
      ]);
    },

    markActedOn: async (commit) => {
      const state = await loadActedOn(deps.actedOnFile);
      const used = rewinds.get(commit);
      const before = state?.usedRewinds ?? [];
      const usedRewinds = used === undefined || before.includes(used) ? before : [...before, used];
      if (state?.commit === commit && usedRewinds === before) return;
      await saveActedOn(deps.actedOnFile, { commit, usedRewinds });
      rewinds.clear(); // what was proven against the commit before is read anew
    },

    forget: () => {
      last = undefined;
    },
  };
}

async function listHead(
  options: Parameters<typeof createHttpClient>[0],
  url: string,
  branch: string,
): Promise<RemoteHead & { readonly requests: number }> {
  const http = createHttpClient(options);
  try {
    return { ...(await fetchRemoteHead(http, { url, branch })), requests: http.requests };
  } finally {
    http.close();
  }
}

async function loadAuthority(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new KubicError('source.tls', { detail: `cannot read the authority's certificate ${path}`, cause });
  }
}

function describeRewind({ rewind, snapshot }: FetchResult<CommitInfo>, actedOn: string | undefined): readonly string[] {
  return rewind === undefined ? [] : [`accepted a rewind from ${actedOn} to ${snapshot.commit}, as the settings say`];
}
