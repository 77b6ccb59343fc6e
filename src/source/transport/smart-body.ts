import type { IncomingMessage } from 'node:http';
import { KubicError } from '../../errors/kubic-error.ts';
import { printableLine } from '../../text/printable.ts';

/**
 * Yields an answer's body, at most `maxBytes` of it. Smart HTTP ends every answer to upload-pack with a flush packet
 * (`0000`, gitprotocol-pack(5)), so one that ends otherwise is cut short even where HTTP says it is whole; isomorphic-git
 * would take half a list of refs for all of it.
 *
 * @throws KubicError source.too-large, source.truncated, source.protocol (an ERR packet: the server's own words)
 */
export async function* readSmartBody(response: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array, void> {
  const smart = String(response.headers['content-type']).startsWith('application/x-git-upload-pack');
  let size = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (smart && size === 0) refuseErrorPacket(chunk);
    size += chunk.length;
    if (size > maxBytes) {
      throw new KubicError('source.too-large', { detail: `the answer exceeds ${maxBytes} bytes`, facts: { maxBytes } });
    }
    tail = Buffer.concat([tail, chunk.subarray(-4)]).subarray(-4);
    yield chunk;
  }
  if (smart && tail.toString('latin1') !== '0000') {
    throw new KubicError('source.truncated', { detail: `it ended after ${size} bytes`, facts: { bytes: size } });
  }
}

function refuseErrorPacket(chunk: Buffer): void {
  const match = /^[0-9a-f]{4}ERR ([^\n]*)/.exec(chunk.subarray(0, 1_000).toString('latin1'));
  if (match) throw new KubicError('source.protocol', { detail: `the server says: ${printableLine(match[1] ?? '')}` });
}
