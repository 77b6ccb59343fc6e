import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** An entry as it lies in a pack (gitformat-pack(5)); its base, where it has one, is an id or the index of an earlier entry. */
export interface BuiltEntry {
  readonly type: 'commit' | 'tree' | 'blob' | 'delta';
  readonly content: Uint8Array;
  readonly base?: string | number;
  /** Default: the size of the content. */
  readonly statedSize?: number;
}

const CODES = { commit: 1, tree: 2, blob: 3 } as const;
const OFS_DELTA = 6;
const REF_DELTA = 7;

/** A pack with whatever git would not write: what stands twice, states a wrong size, or is followed by `extra`. */
export function buildPack(entries: readonly BuiltEntry[], extra: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
  header.writeUInt32BE(entries.length, 8);
  const parts: Buffer[] = [header];
  const offsets: number[] = [];
  let size = header.length;
  for (const entry of entries) {
    const base = typeof entry.base === 'number' ? size - (offsets[entry.base] ?? 0) : entry.base;
    const built = formatEntry(entry, base);
    offsets.push(size);
    size += built.length;
    parts.push(built);
  }
  return sealPack(Buffer.concat([...parts, extra]));
}

/** Appends the checksum. */
export function sealPack(body: Uint8Array): Buffer {
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

function formatEntry({ type, content, statedSize }: BuiltEntry, base: string | number | undefined): Buffer {
  const code = type !== 'delta' ? CODES[type] : typeof base === 'number' ? OFS_DELTA : REF_DELTA;
  const head = formatHead(code, statedSize ?? content.length);
  const reference = typeof base === 'number' ? formatDistance(base) : Buffer.from(base ?? '', 'hex');
  return Buffer.concat([head, reference, deflateSync(content)]);
}

function formatHead(code: number, size: number): Buffer {
  const bytes = [(code << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push((bytes.pop() ?? 0) | 128, rest & 127);
  }
  return Buffer.from(bytes);
}

function formatDistance(distance: number): Buffer {
  const bytes = [distance & 127];
  for (let rest = Math.floor(distance / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest -= 1;
    bytes.unshift(128 | (rest & 127));
  }
  return Buffer.from(bytes);
}

/** A delta that copies the whole base, in pieces of 64 KiB and less, and appends. */
export function buildDelta(base: Uint8Array, appended: string): Buffer {
  const parts = [formatSize(base.length), formatSize(base.length + appended.length)];
  for (let at = 0; at < base.length; at += 0x10000) parts.push(formatCopy(at, Math.min(0x10000, base.length - at)));
  return Buffer.concat([...parts, Buffer.from([appended.length]), Buffer.from(appended)]);
}

function formatCopy(start: number, length: number): Buffer {
  const copy = Buffer.alloc(7);
  copy.writeUInt8(0b1_011_1111, 0); // four bytes of offset, two of length: 0x10000 is written as 0
  copy.writeUInt32LE(start, 1);
  copy.writeUInt16LE(length & 0xffff, 5);
  return copy;
}

function formatSize(size: number): Buffer {
  const bytes = [size & 127];
  for (let rest = Math.floor(size / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push((bytes.pop() ?? 0) | 128, rest & 127);
  }
  return Buffer.from(bytes);
}

/** The id Git gives a blob. */
export function blobId(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
