import { KubicError } from '../../errors/kubic-error.ts';
import { printableLine } from '../../text/printable.ts';
import type { ObjectReader } from '../pack/object-reader.ts';
import type { CommitInfo } from '../snapshot.ts';

export interface Commit extends CommitInfo {
  readonly tree: string;
  readonly parents: readonly string[];
}

const MAX_COMMIT = 1024 * 1024;
const OID = /^[0-9a-f]{40}$/;

/** @throws KubicError source.store-corrupt when the commit is missing or damaged */
export function readCommit(objects: ObjectReader, oid: string): Commit {
  const text = objects.read(oid, 'commit', MAX_COMMIT).toString('utf8');
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end < 0 ? undefined : end).split('\n');
  const values = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const [tree = ''] = values('tree');
  const parents = values('parent');
  if (!OID.test(tree) || !parents.every((parent) => OID.test(parent))) {
    throw new KubicError('source.tree-invalid', { detail: `commit ${oid} is malformed` });
  }
  return {
    commit: oid,
    tree,
    parents,
    subject: printableLine(end < 0 ? '' : (text.slice(end + 2).split('\n')[0] ?? '')),
    author: printableLine((values('author')[0] ?? '').replace(/ \d+ [+-]\d{4}$/, '')),
    committedAt: formatTime(values('committer')[0] ?? ''),
  };
}

function formatTime(committer: string): string {
  const seconds = Number(/ (\d{1,12}) [+-]\d{4}$/.exec(committer)?.[1] ?? 0);
  return new Date(Math.min(seconds, 253_402_300_799) * 1_000).toISOString();
}
