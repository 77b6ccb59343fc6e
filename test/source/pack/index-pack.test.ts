import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { indexPack } from '../../../src/source/pack/index-pack.ts';
import { openObjects } from '../../../src/source/pack/object-reader.ts';
import type { ObjectType } from '../../../src/source/pack/pack-entry.ts';
import { formatPackIndex, parsePackIndex } from '../../../src/source/pack/pack-index.ts';
import { type ClusterRepository, createClusterRepository } from '../../support/cluster-repository.ts';

let directory: string;
let repository: ClusterRepository;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-pack-'));
  repository = await createClusterRepository(join(directory, 'r.git'));
  let text = Array.from({ length: 3_000 }, (_, i) => `value ${i} ${(i * 7919) % 1000}`).join('\n');
  for (let i = 0; i < 12; i += 1) {
    text = text.replace(`value ${i * 50} `, `changed ${i} `);
    await repository.commit({
      files: { 'big.txt': text, [`d${i}/f`]: `small ${i}`, 'large.bin': Buffer.alloc(2_000_000, i) },
    });
  }
}, 60_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

async function packOf(...flags: readonly string[]): Promise<string> {
  await repository.git([...flags, 'repack', '-a', '-d', '-f', '--depth=30', '--window=50', '-q']);
  const packs = join(repository.path, 'objects', 'pack');
  return join(packs, (await readdir(packs)).find((name) => name.endsWith('.pack')) ?? '');
}

for (const [what, flag] of [
  ['offsets', 'repack.useDeltaBaseOffset=true'],
  ['ids', 'repack.useDeltaBaseOffset=false'],
] as const) {
  test(`the index of a pack whose deltas name their bases by ${what} is git's, byte for byte`, async () => {
    const pack = await packOf('-c', flag);
    expect(await repository.git(['verify-pack', '-v', pack])).toMatch(/chain length = \d/);
    expect((await indexPack(pack)).equals(await readFile(pack.replace(/pack$/, 'idx')))).toBe(true);
  });

  test(`every object of a pack whose deltas name their bases by ${what} is read as git reads it`, async () => {
    await packOf('-c', flag);
    const objects = openObjects(repository.path);
    const listing = await repository.git(['cat-file', '--batch-check', '--batch-all-objects']);
    for (const line of listing.split('\n')) {
      const [oid = '', type = '', size = ''] = line.split(' ');
      expect(objects.sizeOf(oid)).toBe(Number(size));
      expect(objects.read(oid, type as ObjectType, 4_000_000)).toHaveLength(Number(size)); // its id is checked inside
    }
    objects.close();
  });
}

test('an index that is whole but points to another object is found out', async () => {
  const pack = await packOf();
  const index = parsePackIndex(await readFile(pack.replace(/pack$/, 'idx')), 'index');
  const [a, b] = await Promise.all([repository.git(['rev-parse', 'main']), repository.git(['rev-parse', 'main~1'])]);
  const lying = formatPackIndex(
    [
      { oid: a, offset: index.locate(b) ?? 0, crc: 0 },
      { oid: b, offset: index.locate(a) ?? 0, crc: 0 },
    ],
    index.packChecksum,
  );
  const gitdir = join(directory, 'lying');
  await mkdir(join(gitdir, 'objects', 'pack'), { recursive: true });
  await copyFile(pack, join(gitdir, 'objects', 'pack', 'pack-a.pack'));
  await writeFile(join(gitdir, 'objects', 'pack', 'pack-a.idx'), lying);
  const objects = openObjects(gitdir);
  expect(() => objects.read(a, 'commit', 4_000)).toThrow(expect.objectContaining({ code: 'source.store-corrupt' }));
  objects.close();
});

test('a pack damaged anywhere gives an error with a code or an object that is not read', async () => {
  const pack = await packOf();
  const data = await readFile(pack);
  for (let i = 0; i < 25; i += 1) {
    const damaged = Buffer.from(data);
    const at = (i * 104_729) % (data.length - 20);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << (i % 8));
    const path = join(directory, 'damaged.pack');
    await writeFile(path, damaged);
    const result = await indexPack(path).catch((error: { readonly code: string }) => error.code);
    if (typeof result === 'string') expect(['source.protocol', 'source.too-large']).toContain(result);
    else expect(result.equals(await readFile(pack.replace(/pack$/, 'idx')))).toBe(false);
  }
});
