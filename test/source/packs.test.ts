import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { indexPack } from '../../src/source/pack/index-pack.ts';
import { createWorkBudget } from '../../src/source/pack/work-budget.ts';
import { type BuiltEntry, blobId, buildDelta, buildPack, sealPack } from '../support/pack-builder.ts';
import { codeOf, createPackFixture, inStore, type PackFixture } from './pack-fixture.ts';

let fixture: PackFixture;

beforeAll(async () => {
  fixture = await createPackFixture();
});

afterAll(() => fixture[Symbol.asyncDispose]());

const text = Buffer.from('one line\n'.repeat(20_000));
const longer = Buffer.concat([text, Buffer.from('more\n')]);
const longest = Buffer.concat([longer, Buffer.from('still\n')]);
const blob = (content: Uint8Array): BuiltEntry => ({ type: 'blob', content });
const delta = (base: string | number, from: Uint8Array, appended: string): BuiltEntry => ({
  type: 'delta',
  base,
  content: buildDelta(from, appended),
});

const twice: readonly [string, readonly BuiltEntry[]][] = [
  ['whole', [blob(text), blob(text), delta(1, text, 'more\n'), delta(2, longer, 'still\n')]],
  [
    'whole, behind what is made from it',
    [delta(blobId(text), text, 'more\n'), blob(text), blob(text), delta(0, longer, 'still\n')],
  ],
  [
    'whole and as a delta',
    [blob(text), delta(0, text, 'more\n'), blob(longer), delta(1, longer, 'still\n'), delta(2, longer, 'still\n')],
  ],
];
for (const [what, entries] of twice) {
  test(`a pack that holds an object twice (${what}) is read`, async () => {
    const gitdir = await fixture.receive(buildPack(entries));
    await inStore(gitdir, (objects) => {
      for (const content of [text, longer, longest]) {
        expect(objects.sizeOf(blobId(content))).toBe(content.length);
        expect(objects.read(blobId(content), 'blob', 1_000_000).equals(content)).toBe(true);
      }
    });
  });
}

test('objects that could be made from each other are made from the one that is whole', async () => {
  // text shorter by what the delta takes away: a delta from the longer one back to it
  const sizes = buildDelta(longer, '');
  const back = Buffer.concat([Buffer.from([...size(longer.length), ...size(text.length)]), sizes.subarray(6, -1)]);
  back.writeUInt16LE((text.length % 0x10000) & 0xffff, back.length - 2);
  const entries = [
    { type: 'delta', base: blobId(longer), content: back } as const,
    delta(blobId(text), text, 'more\n'),
    blob(text),
  ];
  for (const order of [entries, entries.toReversed(), [entries[1], entries[2], entries[0]] as BuiltEntry[]]) {
    await inStore(await fixture.receive(buildPack(order)), (objects) => {
      for (const content of [text, longer]) {
        expect(objects.read(blobId(content), 'blob', 1_000_000).equals(content)).toBe(true);
      }
    });
  }
});

function size(value: number): number[] {
  return value < 128 ? [value] : [128 | (value & 127), ...size(Math.floor(value / 128))];
}

const whole = buildPack([blob(text), delta(0, text, 'more\n')]);
const refused: readonly [string, Buffer, string][] = [
  ['with bytes behind its checksum', Buffer.concat([whole, Buffer.from('x')]), 'source.truncated'],
  [
    'with a wrong checksum',
    Buffer.concat([whole.subarray(0, -1), Buffer.from([(whole.at(-1) ?? 0) ^ 1])]),
    'source.truncated',
  ],
  ['without its checksum', whole.subarray(0, -20), 'source.truncated'],
  ['of one byte', Buffer.from('P'), 'source.truncated'],
  ['with bytes before its checksum', buildPack([blob(text)], Buffer.from('extra')), 'source.protocol'],
  ['that states one object more', sealPack(withCount(whole.subarray(0, -20), 3)), 'source.protocol'],
  ['that states one object less', sealPack(withCount(whole.subarray(0, -20), 1)), 'source.protocol'],
  ['that states half a million objects', sealPack(withCount(whole.subarray(0, -20), 500_001)), 'source.too-large'],
  ['cut short within an object', sealPack(whole.subarray(0, -30)), 'source.protocol'],
  ['of another version', sealPack(Buffer.from('PACK\0\0\0\x03\0\0\0\0', 'latin1')), 'source.protocol'],
  ['that is none', sealPack(Buffer.from('KCAP\0\0\0\x02\0\0\0\0', 'latin1')), 'source.protocol'],
  ['of a header alone that ends early', sealPack(Buffer.from('PACK\0\0', 'latin1')), 'source.protocol'],
  ['whose object is larger than it states', buildPack([{ ...blob(text), statedSize: 5 }]), 'source.protocol'],
  [
    'whose object is smaller than it states',
    buildPack([{ ...blob(text), statedSize: text.length + 1 }]),
    'source.protocol',
  ],
  [
    'whose large object is larger than it states',
    buildPack([{ ...blob(Buffer.alloc(3_000_000)), statedSize: 2_000_000 }]),
    'source.protocol',
  ],
  [
    'whose large object is smaller than it states',
    buildPack([{ ...blob(Buffer.alloc(3_000_000)), statedSize: 4_000_000 }]),
    'source.protocol',
  ],
];
for (const [what, data, code] of refused) {
  test(`a pack ${what} is ${code}, and nothing of it stays`, async () => {
    const gitdir = fixture.newPath();
    expect(await codeOf(() => fixture.receive(data, gitdir))).toBe(code);
    expect(await readdir(join(gitdir, 'objects', 'pack'))).toEqual([]);
  });
}

function withCount(body: Uint8Array, count: number): Buffer {
  const data = Buffer.from(body);
  data.writeUInt32BE(count, 8);
  return data;
}

test('a delta that does not fit its base, or starts from nothing, is left out, and the rest is read', async () => {
  const left = [
    delta(0, longer, 'x'),
    delta('ab'.repeat(20), text, 'x'),
    { ...delta(0, text, 'x'), content: Buffer.from('?') },
  ];
  const gitdir = await fixture.receive(buildPack([blob(text), ...left, delta(0, text, 'more\n')]));
  await inStore(gitdir, (objects) => {
    expect(objects.read(blobId(longer), 'blob', 1_000_000).equals(longer)).toBe(true);
    expect(objects.has(blobId(Buffer.concat([text, Buffer.from('x')])))).toBe(false);
  });
});

/** Each made from the one that lies behind it, the first of all at the end. */
function backwardChain(length: number): { readonly pack: Buffer; readonly last: Buffer } {
  let content = Buffer.from('begin\n');
  const entries: BuiltEntry[] = [blob(content)];
  for (let i = 0; i < length; i += 1) {
    entries.unshift(delta(blobId(content), content, `${i % 10}`));
    content = Buffer.concat([content, Buffer.from(`${i % 10}`)]);
  }
  return { pack: buildPack(entries), last: content };
}

test('twice as many deltas, each before its base, take twice as many steps and no more', async () => {
  const steps: number[] = [];
  for (const length of [300, 600]) {
    const path = fixture.newPath();
    await writeFile(path, backwardChain(length).pack);
    let count = 0;
    const budget = createWorkBudget();
    await indexPack(path, {
      exceeded: false,
      spend: (bytes) => {
        count += 1;
        budget.spend(bytes);
      },
    });
    steps.push(count);
  }
  expect((steps[1] ?? 0) / (steps[0] ?? 1)).toBeLessThan(2.2);
});

test('a long chain of deltas, each before its base, is read to its end', async () => {
  const { pack, last } = backwardChain(300);
  await inStore(await fixture.receive(pack), (objects) => {
    expect(objects.read(blobId(last), 'blob', 10_000).equals(last)).toBe(true);
  });
});

test('a pack that makes more of few bytes than the budget has is source.too-large', async () => {
  const zeros = Buffer.alloc(8_000_000);
  const packs = [
    buildPack([blob(zeros), blob(Buffer.alloc(7_000_000))]), // by inflation
    buildPack([blob(zeros), delta(0, zeros, 'a'), delta(0, zeros, 'b')]), // by deltas
  ];
  for (const data of packs) {
    const path = fixture.newPath();
    await writeFile(path, data);
    expect(data.length).toBeLessThan(30_000);
    expect(await codeOf(() => indexPack(path, createWorkBudget(12_000_000)))).toBe('source.too-large');
    expect(await codeOf(() => indexPack(path, createWorkBudget(40_000_000)))).toBeUndefined();
  }
});
