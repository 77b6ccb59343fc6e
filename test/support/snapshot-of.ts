import { createHash } from 'node:crypto';
import type { Snapshot, SnapshotEntry } from '../../src/source/snapshot.ts';

/** A snapshot of these files, as the source would read it: paths in byte order, no tree ids. */
export function snapshotOf(files: Readonly<Record<string, string | Uint8Array | SnapshotEntry>>): Snapshot {
  const entries = Object.entries(files).map(([path, content]) => [path, entryOf(content)] as const);
  const sorted = entries.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return {
    commit: '0'.repeat(40),
    subject: 'Change the cluster',
    author: 'Ada Admin',
    committedAt: '2026-01-31T12:00:00.000Z',
    entries: new Map(sorted),
    trees: new Map(),
  };
}

function entryOf(content: string | Uint8Array | SnapshotEntry): SnapshotEntry {
  if (typeof content !== 'string' && !(content instanceof Uint8Array)) return content;
  const bytes = Buffer.from(content);
  return { type: 'file', oid: createHash('sha1').update(bytes).digest('hex'), content: bytes };
}
