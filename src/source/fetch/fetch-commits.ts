import { KubicError } from '../../errors/kubic-error.ts';
import { createPackSink } from '../pack/pack-sink.ts';
import { createHttpClient } from '../transport/http-client.ts';
import type { Attempt } from './attempt.ts';

/** What to leave out: trees and files, or, where the server refuses that, files alone. */
const FILTERS = ['tree:0', 'blob:none'];
const UPLOAD_PACK = 'application/x-git-upload-pack';

/**
 * Fetches commits into the store without the files of history, however large those are. isomorphic-git knows no `filter`,
 * so the request is our own: one of upload-pack's protocol version 0 (gitprotocol-pack(5)), which every server answers.
 *
 * @param have a commit; what is in its history is left out too
 * @returns false where the server refuses the filters
 * @throws KubicError with a code of the source, or agent.state-unwritable
 */
export async function fetchCommits(attempt: Attempt, head: string, have: string | undefined): Promise<boolean> {
  for (const filter of FILTERS) {
    try {
      await request(attempt, formatRequest(head, filter, have));
      return true;
    } catch (error) {
      if (!(error instanceof KubicError) || error.code !== 'source.protocol') throw error;
    }
  }
  return false;
}

async function request(attempt: Attempt, body: Uint8Array): Promise<void> {
  const { remote } = attempt.job;
  const sink = createPackSink(attempt.store.gitdir);
  const http = createHttpClient({ ...remote, onPack: sink.write });
  try {
    const answer = await http.request({
      url: `${remote.url}/git-upload-pack`,
      method: 'POST',
      headers: { 'content-type': `${UPLOAD_PACK}-request`, accept: `${UPLOAD_PACK}-result` },
      body: [body] as unknown as AsyncIterableIterator<Uint8Array>, // isomorphic-git's type; what it passes is an array, too
    });
    for await (const _ of answer.body ?? []) {
      // NAK or ACK: the pack went to the sink
    }
    await sink.keep();
  } finally {
    attempt.requests += http.requests;
    http.close();
    await sink.discard();
  }
}

function formatRequest(head: string, filter: string, have: string | undefined): Buffer {
  const haves = have === undefined ? '' : formatLine(`have ${have}`);
  const want = formatLine(`want ${head} side-band-64k ofs-delta filter`);
  return Buffer.from(`${want}${formatLine(`filter ${filter}`)}0000${haves}${formatLine('done')}`);
}

/** A pkt-line: its length, this included, in four hex digits. */
function formatLine(text: string): string {
  return `${(text.length + 5).toString(16).padStart(4, '0')}${text}\n`;
}
