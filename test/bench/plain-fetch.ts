import { createHash } from 'node:crypto';
import { fetch, readObject } from 'isomorphic-git';
import type { FetchJob, FetchResult } from '../../src/source/fetch/fetch-job.ts';
import type { Snapshot, SnapshotEntry } from '../../src/source/snapshot.ts';
import { FETCHED_REF, openStore, recordTip } from '../../src/source/store/store.ts';
import { storeFs } from '../../src/source/store/store-fs.ts';
import { createHttpClient } from '../../src/source/transport/http-client.ts';
import { parseTree } from '../../src/source/tree/tree.ts';

/**
 * A fetch with isomorphic-git alone, as the program would do it without a reader of packs of its own: it indexes the pack
 * and reads the objects; they are hashed once more, for it does not compare an object with its id.
 */
export async function runPlainFetch(job: FetchJob): Promise<FetchResult> {
  const { store } = await openStore(job.storeDir);
  const http = createHttpClient(job.remote);
  if (store.tip !== job.commit) {
    const { url, branch } = job.remote;
    const refs = { remote: 'origin', ref: FETCHED_REF, remoteRef: `refs/heads/${branch}`, singleBranch: true };
    const depth = store.tip === undefined ? { depth: 1 } : {};
    await fetch({ fs: storeFs, http, gitdir: store.gitdir, url, ...refs, tags: false, ...depth });
    await recordTip(store, job.commit);
  }
  http.close();
  const snapshot = await readPlainSnapshot(store.gitdir, job);
  return { snapshot, notices: [], requests: http.requests };
}

async function readPlainSnapshot(gitdir: string, { commit, path, limits }: FetchJob): Promise<Snapshot> {
  const cache = {};
  const read = async (oid: string): Promise<Buffer> => {
    const { type, object } = await readObject({ fs: storeFs, gitdir, oid, format: 'content', cache });
    const content = Buffer.from(object as Uint8Array);
    const id = createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
    if (id !== oid) throw new Error(`${oid} is damaged`);
    return content;
  };
  const entries: [string, SnapshotEntry][] = [];
  const trees: [string, string][] = [];
  const walk = async (oid: string, prefix: string): Promise<void> => {
    for (const { name, kind, oid: id } of parseTree(await read(oid), prefix)) {
      if (kind === 'directory') {
        trees.push([`${prefix}${name}`, id]);
        await walk(id, `${prefix}${name}/`);
      } else if (kind === 'file') {
        const content = await read(id);
        const large = content.length > limits.fileBytes;
        const entry = large
          ? ({ type: 'oversized', size: content.length } as const)
          : ({ type: 'file', content } as const);
        entries.push([`${prefix}${name}`, { ...entry, oid: id }]);
      }
    }
  };
  const [, root = ''] = /^tree ([0-9a-f]{40})$/m.exec((await read(commit)).toString()) ?? [];
  const top = parseTree(await read(root), '').find(({ name }) => name === path);
  await walk(top?.oid ?? root, '');
  return { commit, subject: '', author: '', committedAt: '', entries: new Map(entries), trees: new Map(trees) };
}
