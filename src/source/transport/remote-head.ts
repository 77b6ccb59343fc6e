import { listServerRefs, type ServerRef } from 'isomorphic-git';
import { KubicError } from '../../errors/kubic-error.ts';
import { printableLine } from '../../text/printable.ts';
import { formatUrl, type Repository } from '../repository.ts';
import { type Advertisement, watchAdvertisement } from './advertisement.ts';
import type { HttpClient } from './http-client.ts';

const LISTED_BRANCHES = 10;

export interface RemoteHead {
  /** 40 hex digits. */
  readonly commit: string;
  /** The server can leave files out of what it sends (`filter`). */
  readonly filters: boolean;
}

/**
 * The commit a branch is at: two small requests (protocol v2: capabilities, ls-refs of one prefix).
 *
 * @throws KubicError source.branch-missing, source.empty-repository, and the codes of the HTTP client
 */
export async function fetchRemoteHead(
  http: HttpClient,
  repository: Pick<Repository, 'url' | 'branch'>,
): Promise<RemoteHead> {
  const { url, branch } = repository;
  const ref = `refs/heads/${branch}`;
  const { refs, advertisement } = await fetchRefs(http, url, ref);
  const oid = refs.find((candidate) => candidate.ref === ref)?.oid;
  if (oid === undefined) throw await explainMissing(http, url, branch);
  if (!/^[0-9a-f]{40}$/.test(oid)) {
    const detail = `${formatUrl(url)} uses object ids of ${oid.length} digits; only SHA-1 repositories can be read`;
    throw new KubicError('source.protocol', { detail, hint: 'Make the repository anew with --object-format=sha1.' });
  }
  return { commit: oid, filters: advertisement.filters };
}

interface Listing {
  readonly refs: readonly ServerRef[];
  readonly advertisement: Advertisement;
}

async function fetchRefs(http: HttpClient, url: string, prefix: string): Promise<Listing> {
  const advertisement = watchAdvertisement(http);
  try {
    const refs = await listServerRefs({ http: advertisement, url, prefix, protocolVersion: 2 });
    if (http.failure !== undefined) throw http.failure;
    return { refs, advertisement };
  } catch (cause) {
    const message = cause instanceof Error ? printableLine(cause.message) : '';
    throw http.failure ?? new KubicError('source.protocol', { detail: `${formatUrl(url)}: ${message}`, cause });
  }
}

async function explainMissing(http: HttpClient, url: string, branch: string): Promise<KubicError> {
  const { refs: heads } = await fetchRefs(http, url, 'refs/heads/');
  if (heads.length === 0) return new KubicError('source.empty-repository', { detail: formatUrl(url) });
  const branches = heads.slice(0, LISTED_BRANCHES).map(({ ref }) => printableLine(ref.replace('refs/heads/', '')));
  const more = heads.length > LISTED_BRANCHES ? ` and ${heads.length - LISTED_BRANCHES} more` : '';
  return new KubicError('source.branch-missing', {
    detail: `'${printableLine(branch)}'; there are: ${branches.join(', ')}${more}`,
    facts: { branch: printableLine(branch), branches },
  });
}
