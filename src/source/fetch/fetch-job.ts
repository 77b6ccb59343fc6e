import { KubicError } from '../../errors/kubic-error.ts';
import { reviveError, type SentError } from '../../errors/revive-error.ts';
import type { Credentials } from '../repository.ts';
import type { CommitInfo, Snapshot, SnapshotEntry } from '../snapshot.ts';
import type { HttpLimits } from '../transport/http-client.ts';
import type { SnapshotLimits } from '../tree/read-snapshot.ts';

/** What the fetch process is asked to do; it travels over its standard input, for it holds secrets. */
export interface FetchJob {
  readonly storeDir: string;
  /** Directory in the repository. */
  readonly path: string;
  readonly limits: SnapshotLimits;
  /** The branch's head, as the server lists it. */
  readonly commit: string;
  readonly remote: {
    readonly url: string;
    readonly branch: string;
    /** The server can leave files out of what it sends. */
    readonly filters: boolean;
    readonly credentials?: Credentials | undefined;
    readonly ca?: string | undefined;
    readonly limits: HttpLimits;
  };
  /** The commit acted on last: the head must descend from it. */
  readonly actedOn?: string | undefined;
  /** A rewind this machine's administrator accepts: to this commit, or to what descends from it. */
  readonly acceptRewind?: string | undefined;
}

/** @template Head what is made of the commit: its files, or what they say */
export interface FetchResult<Head extends CommitInfo = Snapshot> {
  readonly snapshot: Head;
  readonly notices: readonly string[];
  readonly requests: number;
  /** The accepted rewind that let this head pass. */
  readonly rewind?: string | undefined;
}

type EntryHeader = { readonly path: string; readonly size: number } & Omit<SnapshotEntry, 'content' | 'size'>;

type Header =
  | { readonly error: SentError }
  | (Omit<FetchResult, 'snapshot'> & {
      readonly info: Omit<Snapshot, 'entries' | 'trees'>;
      readonly entries: readonly EntryHeader[];
      readonly trees: readonly (readonly [string, string])[];
    });

/** One line of JSON, then the files' contents one after the other, in the order of the entries. */
export function encodeResult({ snapshot, ...rest }: FetchResult): readonly Uint8Array[] {
  const { entries, trees, ...info } = snapshot;
  const contents: Uint8Array[] = [];
  const headers = [...entries].map(([path, entry]): EntryHeader => {
    if (entry.type !== 'file')
      return { path, type: entry.type, oid: entry.oid, size: entry.type === 'oversized' ? entry.size : 0 };
    contents.push(entry.content);
    return { path, type: entry.type, oid: entry.oid, size: entry.content.length };
  });
  const header: Header = { ...rest, info, entries: headers, trees: [...trees] };
  return [Buffer.from(`${JSON.stringify(header)}\n`), ...contents];
}

/** An error as the fetch process hands it over: what is no KubicError becomes agent.internal. */
export function encodeError(error: unknown): readonly Uint8Array[] {
  const known = error instanceof KubicError ? error : new KubicError('agent.internal', { detail: String(error) });
  const { code, message, hint, facts, retry } = known;
  const header: Header = { error: { code, message, hint, facts, retry } };
  return [Buffer.from(`${JSON.stringify(header)}\n`)];
}

/** @throws KubicError: what the fetch process threw, or source.fetch-crashed when `output` is not whole */
export function decodeResult(output: Buffer): FetchResult {
  const end = output.indexOf(0x0a);
  if (end < 0) throw new KubicError('source.fetch-crashed');
  const header = JSON.parse(output.toString('utf8', 0, end)) as Header;
  if ('error' in header) throw reviveError(header.error);
  let at = end + 1;
  const entries = header.entries.map(({ path, size, type, oid }): [string, SnapshotEntry] => {
    if (type === 'oversized') return [path, { type, oid, size }];
    if (type !== 'file') return [path, { type, oid }];
    const content = output.subarray(at, at + size);
    at += size;
    return [path, { type, oid, content }];
  });
  if (at !== output.length) throw new KubicError('source.fetch-crashed', { detail: 'its answer is cut short' });
  const { info, trees, notices, requests, rewind } = header;
  return { snapshot: { ...info, entries: new Map(entries), trees: new Map(trees) }, notices, requests, rewind };
}
