import { expect, test } from 'vitest';
import { applyDelta, readDeltaSizes } from '../../../src/source/pack/delta.ts';

const base = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251));

/** Sizes of base and result as a delta states them, then its instructions. */
function delta(result: number, ...instructions: readonly number[]): Buffer {
  const size = (value: number): number[] =>
    value < 128 ? [value] : [128 | (value & 127), ...size(Math.floor(value / 128))];
  return Buffer.from([...size(base.length), ...size(result), ...instructions]);
}

test('a copy names its place in up to four bytes and its length in up to three, the lowest first', () => {
  const copies: readonly [number, number, readonly number[]][] = [
    [0, 5, [0b1_001_0000, 5]],
    [7, 5, [0b1_001_0001, 7, 5]],
    [0x0200, 5, [0b1_001_0010, 2, 5]],
    [0x0207, 0x0105, [0b1_011_0011, 7, 2, 5, 1]],
    [0x010000, 0x0100, [0b1_010_0100, 1, 1]],
    [0x010001, 0x010203, [0b1_111_0101, 1, 1, 3, 2, 1]],
  ];
  for (const [start, length, instruction] of copies) {
    expect(applyDelta(base, delta(length, ...instruction))).toEqual(base.subarray(start, start + length));
  }
});

test('a copy without a length, or of length zero, is one of 64 KiB', () => {
  for (const instruction of [
    [0b1_000_0001, 9],
    [0b1_011_0001, 9, 0, 0],
    [0b1_111_0001, 9, 0, 0, 0],
  ]) {
    expect(applyDelta(base, delta(0x10000, ...instruction))).toEqual(base.subarray(9, 9 + 0x10000));
  }
});

test('copies and new bytes follow each other', () => {
  const made = applyDelta(base, delta(7, 0b1_001_0001, 10, 2, 3, 100, 101, 102, 0b1_001_0000, 2));
  expect([...made]).toEqual([10, 11, 100, 101, 102, 0, 1]);
});

const broken: readonly [string, Buffer][] = [
  ['for another base', Buffer.from([5, 1, 1, 0])],
  ['that copies from beyond its base', delta(2, 0b1_001_0100, 4, 2)],
  ['whose copy begins in its base and ends beyond it', delta(9, 0b1_001_0111, 0x3c, 0x0d, 3, 9)],
  ['that makes more than it states', delta(1, 2, 1, 2)],
  ['that copies more than it states', delta(1, 0b1_001_0000, 2)],
  ['that makes less than it states', delta(3, 2, 1, 2)],
  ['that makes nothing', delta(3)],
  ['with an instruction of zero, which is reserved', delta(1, 0, 1, 0)],
  ['whose new bytes are cut short', delta(9, 9, 1, 2)],
  ['whose copy is cut short', delta(5, 0b1_001_0001, 7)],
  ['that ends within a size', Buffer.from([128, 128])],
  ['of nothing', Buffer.alloc(0)],
];
for (const [what, data] of broken) {
  test(`a delta ${what} is refused`, () => {
    expect(() => applyDelta(base, data)).toThrow();
  });
}

test('the sizes of a delta are read without applying it, also beyond 32 bits', () => {
  expect(readDeltaSizes(delta(300))).toEqual({ base: 200_000, result: 300, length: 5 });
  expect(readDeltaSizes(Buffer.from([1, 0x80, 0x80, 0x80, 0x80, 0x40])).result).toBe(2 ** 34);
});
