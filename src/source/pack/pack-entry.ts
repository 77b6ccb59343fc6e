export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

/** An entry of a pack before its deltas are resolved. */
export interface PackEntry {
  readonly offset: number;
  readonly type: ObjectType | 'delta';
  /** Bytes after inflation; of a delta: of the delta itself. */
  readonly size: number;
  readonly base: number | string | undefined;
  readonly dataStart: number;
  readonly dataEnd: number;
}

const TYPES: Readonly<Record<number, ObjectType | 'delta'>> = {
  1: 'commit',
  2: 'tree',
  3: 'blob',
  4: 'tag',
  6: 'delta',
  7: 'delta',
};

/**
 * Parses what stands before an entry's data; formats as in gitformat-pack(5).
 *
 * @param head at least the first 64 bytes of the entry, or all that is left of the pack
 * @param end where its data ends at the latest
 */
export function parseEntry(head: Buffer, offset: number, end: number): PackEntry {
  let at = 0;
  const next = (): number => head.readUInt8(at++);
  let byte = next();
  const code = (byte >> 4) & 7;
  const type = TYPES[code];
  let size = byte & 15;
  for (let scale = 16; byte & 128; scale *= 128) {
    byte = next();
    size += (byte & 127) * scale;
  }
  if (type === undefined || !Number.isSafeInteger(size)) throw new Error(`no object at ${offset}`);
  let base: number | string | undefined;
  if (code === 6) {
    byte = next();
    let distance = byte & 127;
    while (byte & 128) {
      byte = next();
      distance = (distance + 1) * 128 + (byte & 127);
    }
    base = offset - distance;
  } else if (code === 7) {
    base = head.toString('hex', at, at + 20);
    at += 20;
  }
  return { offset, type, size, base, dataStart: offset + at, dataEnd: end };
}
