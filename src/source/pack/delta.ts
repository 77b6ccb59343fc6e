/** Sizes a delta states in its first bytes: of the object it starts from, and of the one it makes. */
export function readDeltaSizes(delta: Buffer): {
  readonly base: number;
  readonly result: number;
  readonly length: number;
} {
  let at = 0;
  const size = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = delta.readUInt8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const base = size();
  const result = size();
  return { base, result, length: at };
}

/**
 * Applies a delta of a pack (gitformat-pack(5), "Deltified representation"). The caller has bounded the result's size.
 *
 * @throws RangeError or Error when the delta does not fit its base
 */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  const sizes = readDeltaSizes(delta);
  if (sizes.base !== base.length) throw new Error('a delta belongs to another base');
  const result = Buffer.alloc(sizes.result);
  let at = sizes.length;
  let to = 0;
  /** Up to `count` little-endian bytes, present where the bits of `flags` say so. */
  const operand = (flags: number, count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i += 1) if (flags & (1 << i)) value += delta.readUInt8(at++) * 256 ** i;
    return value;
  };
  while (at < delta.length) {
    const op = delta.readUInt8(at++);
    let source = delta;
    let start = at;
    let length = op;
    if (op & 128) {
      source = base;
      start = operand(op, 4);
      length = operand(op >> 4, 3) || 0x10000;
    } else {
      at += op;
    }
    if (length === 0 || start + length > source.length || to + length > result.length)
      throw new Error('a delta is damaged');
    source.copy(result, to, start, start + length);
    to += length;
  }
  if (to !== result.length) throw new Error('a delta ends early');
  return result;
}
