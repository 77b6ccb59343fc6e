const MIB = 1024 * 1024;

/** What is read of a repository at most. Projects' own install files have up to 5 MB, their definitions up to 12 in one folder. */
export const SNAPSHOT_LIMITS = { entries: 10_000, fileBytes: 16 * MIB, totalBytes: 64 * MIB, depth: 32 };

/** One entry of the repository's tree below the configured path; only regular files carry content. */
export type SnapshotEntry =
  | { readonly type: 'file'; readonly oid: string; readonly content: Uint8Array }
  | { readonly type: 'oversized'; readonly oid: string; readonly size: number }
  | { readonly type: 'symlink' | 'submodule'; readonly oid: string };

export interface CommitInfo {
  /** 40 hex digits. */
  readonly commit: string;
  /** First line of the message, without control characters, at most 200 characters. */
  readonly subject: string;
  readonly author: string;
  /** Committer time, ISO 8601. */
  readonly committedAt: string;
}

/** What the repository says at one commit: data only, read from the object database, never from a work tree. */
export interface Snapshot extends CommitInfo {
  /** Paths relative to the configured path, `/`-separated, in byte order. Git's own directories hold no entries. */
  readonly entries: ReadonlyMap<string, SnapshotEntry>;
  /** Git tree ids of directories relative to the configured path (`addons/web` → id), so that unchanged ones are known. */
  readonly trees: ReadonlyMap<string, string>;
}

/** Of texts that are in no file (yet), by path. */
export function uncommittedTexts(files: Iterable<readonly [path: string, text: string]>): Snapshot {
  const encoder = new TextEncoder();
  const entryOf = (text: string): SnapshotEntry => ({ type: 'file', oid: '', content: encoder.encode(text) });
  return uncommitted(new Map([...files].map(([path, text]) => [path, entryOf(text)])));
}

/** Of files that no commit holds (yet). */
export function uncommitted(entries: ReadonlyMap<string, SnapshotEntry>): Snapshot {
  return { commit: '', subject: '', author: '', committedAt: '', entries, trees: new Map() };
}
