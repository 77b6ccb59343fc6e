import { createHash } from 'node:crypto';

/** What the index of a pack says of one object. */
export interface IndexedObject {
  readonly oid: string;
  readonly offset: number;
  /** CRC-32 of the entry as it lies in the pack. */
  readonly crc: number;
}

export interface PackIndex {
  readonly packChecksum: Buffer;
  locate(oid: string): number | undefined;
  /** Where the entry after `offset` begins; undefined for the last one. */
  nextOffset(offset: number): number | undefined;
}

const MAGIC = 0xff744f63;
const FANOUT = 8;
const NAMES = FANOUT + 256 * 4;
const OID = 20;

/**
 * Writes the index of a pack, version 2 as in gitformat-pack(5); packs stay far below the 2 GiB of small offsets. Of an
 * object that is there twice the first one is found.
 */
export function formatPackIndex(objects: readonly IndexedObject[], packChecksum: Buffer): Buffer {
  const sorted = objects.toSorted((a, b) => (a.oid < b.oid ? -1 : Number(a.oid > b.oid)));
  const count = sorted.length;
  const data = Buffer.alloc(NAMES + count * (OID + 8) + 2 * OID);
  data.writeUInt32BE(MAGIC, 0);
  data.writeUInt32BE(2, 4);
  const fanout = new Uint32Array(256);
  for (const [i, { oid, crc, offset }] of sorted.entries()) {
    const first = Number.parseInt(oid.slice(0, 2), 16);
    fanout[first] = (fanout[first] ?? 0) + 1;
    data.write(oid, NAMES + i * OID, 'hex');
    data.writeUInt32BE(crc, NAMES + count * OID + i * 4);
    data.writeUInt32BE(offset, NAMES + count * (OID + 4) + i * 4);
  }
  let sum = 0;
  for (const [i, here] of fanout.entries()) {
    sum += here;
    data.writeUInt32BE(sum, FANOUT + i * 4);
  }
  packChecksum.copy(data, data.length - 2 * OID);
  createHash('sha1')
    .update(data.subarray(0, -OID))
    .digest()
    .copy(data, data.length - OID);
  return data;
}

/** @throws Error when the index is damaged; `name` is for the message */
export function parsePackIndex(data: Buffer, name: string): PackIndex {
  const sum = createHash('sha1').update(data.subarray(0, -OID)).digest();
  if (data.length < NAMES + 2 * OID || !sum.equals(data.subarray(-OID))) throw new Error(`${name} is damaged`);
  if (data.readUInt32BE(0) !== MAGIC || data.readUInt32BE(4) !== 2) throw new Error(`${name} is no version 2 index`);
  const count = data.readUInt32BE(NAMES - 4);
  const offsetsAt = NAMES + count * (OID + 4);
  if (data.length !== offsetsAt + count * 4 + 2 * OID) throw new Error(`${name} has another size than it states`);
  const offsets = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) offsets[i] = data.readUInt32BE(offsetsAt + i * 4);
  const sorted = offsets.toSorted();
  return {
    packChecksum: data.subarray(-2 * OID, -OID),
    locate: (oid) => {
      const wanted = Buffer.from(oid, 'hex');
      const nameAt = (i: number): Buffer => data.subarray(NAMES + i * OID, NAMES + (i + 1) * OID);
      const at = findFirst(count, (i) => Buffer.compare(nameAt(i), wanted) >= 0);
      return at < count && nameAt(at).equals(wanted) ? offsets[at] : undefined;
    },
    nextOffset: (offset) => {
      const at = findFirst(count, (i) => (sorted[i] ?? 0) >= offset);
      if (sorted[at] !== offset) throw new Error(`${name} knows no object at ${offset}`);
      return sorted[at + 1];
    },
  };
}

/** The first of `count` that fits, where all after it fit too; `count` where none does. */
function findFirst(count: number, fits: (i: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
