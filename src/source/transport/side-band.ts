import { KubicError } from '../../errors/kubic-error.ts';
import { printableLine } from '../../text/printable.ts';

/**
 * Takes the pack out of an answer to upload-pack: band 1 goes to `onPack` as it arrives, the rest (shallow, ACK, NAK) is
 * yielded on. isomorphic-git, which would hold the pack in memory several times, then sees an answer without one.
 *
 * @throws KubicError source.protocol for what is no pkt-line, or in the server's own words for band 3
 */
export async function* divertPack(
  body: AsyncIterable<Uint8Array>,
  onPack: (data: Uint8Array) => Promise<void>,
): AsyncGenerator<Uint8Array, void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of body) {
    rest = Buffer.concat([rest, chunk]);
    let at = 0;
    for (let end = endOfLine(rest, at); end !== undefined; end = endOfLine(rest, at)) {
      const line = rest.subarray(at, end);
      at = end;
      const band = line[4];
      if (band === 1) await onPack(line.subarray(5));
      else if (band === 3) throw new KubicError('source.protocol', { detail: serverText(line.subarray(5)) });
      else if (band !== 2) yield line;
    }
    rest = rest.subarray(at);
  }
}

/** Where the pkt-line at `at` ends, or undefined when it is not all there yet. */
function endOfLine(data: Buffer, at: number): number | undefined {
  if (data.length < at + 4) return undefined;
  const digits = data.toString('latin1', at, at + 4);
  if (!/^[0-9a-f]{4}$/i.test(digits))
    throw new KubicError('source.protocol', { detail: 'no pkt-line where one must be' });
  const end = at + Math.max(4, Number.parseInt(digits, 16)); // 0000 and 0001 are lines of their own
  return data.length < end ? undefined : end;
}

function serverText(data: Uint8Array): string {
  return `the server says: ${printableLine(Buffer.from(data).toString('utf8'))}`;
}
