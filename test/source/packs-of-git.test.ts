import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDeltaSizes } from '../../src/source/pack/delta.ts';
import { indexPack } from '../../src/source/pack/index-pack.ts';
import { type ObjectType, parseEntry } from '../../src/source/pack/pack-entry.ts';
import { type ClusterRepository, createClusterRepository } from '../support/cluster-repository.ts';
import { runCommand } from '../support/command.ts';
import { codeOf, createPackFixture, inStore, type PackFixture } from './pack-fixture.ts';

let fixture: PackFixture;

beforeAll(async () => {
  fixture = await createPackFixture();
});

afterAll(() => fixture[Symbol.asyncDispose]());

/** What git sends for these revisions to a client that says it takes thin packs. */
async function packObjects(repository: ClusterRepository, revisions: string): Promise<Buffer> {
  const target = fixture.newPath();
  const script = 'git -C "$0" pack-objects --revs --thin --stdout -q > "$1"'; // a pack is no text
  await runCommand(['sh', '-c', script, repository.path, target], { input: revisions });
  return readFile(target);
}

/** Every object of a pack that git reads is read the same by us, and the index is git's. */
async function expectAsGitReads(repository: ClusterRepository): Promise<void> {
  const packs = join(repository.path, 'objects', 'pack');
  const pack = join(packs, (await readdir(packs)).find((name) => name.endsWith('.pack')) ?? '');
  const index = await readFile(pack.replace(/pack$/, 'idx'));
  expect((await indexPack(pack)).equals(index)).toBe(true);
  const listing = await repository.git(['cat-file', '--batch-check', '--batch-all-objects']);
  await inStore(repository.path, (objects) => {
    for (const line of listing.split('\n')) {
      const [oid = '', type = '', size = ''] = line.split(' ');
      expect(objects.sizeOf(oid)).toBe(Number(size));
      expect(objects.read(oid, type as ObjectType, 4_000_000)).toHaveLength(Number(size)); // its id is checked inside
    }
  });
}

/** Copies of 64 KiB in the deltas of a pack, which have no length in writing. */
async function countWholeCopies(repository: ClusterRepository): Promise<number> {
  const packs = join(repository.path, 'objects', 'pack');
  const name = (await readdir(packs)).find((candidate) => candidate.endsWith('.pack')) ?? '';
  const data = await readFile(join(packs, name));
  const listing = await repository.git(['verify-pack', '-v', join(packs, name)]);
  let count = 0;
  for (const [, offset = ''] of listing.matchAll(/^[0-9a-f]{40} \w+ +\d+ \d+ (\d+) \d+ [0-9a-f]{40}$/gm)) {
    const { dataStart } = parseEntry(data.subarray(Number(offset)), Number(offset), data.length);
    const delta = inflateSync(data.subarray(dataStart));
    for (let at = readDeltaSizes(delta).length; at < delta.length; ) {
      const op = delta.readUInt8(at);
      const operands = op.toString(2).split('1').length - 2;
      if (op >= 128 && (op & 0x70) === 0) count += 1;
      at += 1 + (op < 128 ? op : operands);
    }
  }
  return count;
}

test('deltas of the real git that copy 64 KiB at a time are read as git reads them', async () => {
  const repository = await createClusterRepository(fixture.newPath());
  const lines = Array.from({ length: 12_000 }, (_, i) => `line ${i} ${(i * 7_919) % 100_003}`);
  for (const change of ['first', 'second', 'third']) {
    lines[11_000] = change;
    await repository.commit({ files: { 'large.txt': lines.join('\n') } });
  }
  await repository.git(['repack', '-a', '-d', '-f', '-q']);
  expect(await countWholeCopies(repository)).toBeGreaterThan(2);
  await expectAsGitReads(repository);
});

test('a chain of 50 deltas of the real git is read as git reads it, whatever its bases are named by', async () => {
  const repository = await createClusterRepository(fixture.newPath());
  const lines = Array.from({ length: 400 }, (_, i) => `value ${i} ${(i * 7_919) % 1_000}`);
  let stream = '';
  for (let i = 0; i < 70; i += 1) {
    lines[i] = createHash('sha1').update(String(i)).digest('hex');
    const file = lines.join('\n');
    const commit = `commit refs/heads/main\ncommitter Ada <ada@example.com> ${i} +0000\ndata 1\n.\n`;
    stream += `${commit}M 100644 inline values.txt\ndata ${file.length}\n${file}\n`;
  }
  await repository.git(['fast-import', '--quiet', '--depth=50'], stream); // each from the one before; repack would balance them
  for (const offsets of [true, false]) {
    await repository.git(['-c', `repack.useDeltaBaseOffset=${offsets}`, 'repack', '-a', '-d', '-q', '--depth=50']);
    const packs = join(repository.path, 'objects', 'pack');
    const pack = (await readdir(packs)).find((name) => name.endsWith('.pack')) ?? '';
    expect(await repository.git(['verify-pack', '-v', join(packs, pack)])).toContain('chain length = 50');
    await expectAsGitReads(repository);
  }
});

test('a pack that needs an object from elsewhere is kept without what needs it, and that is missing', async () => {
  const repository = await createClusterRepository(fixture.newPath());
  const lines = Array.from({ length: 2_000 }, (_, i) => `line ${i} ${(i * 7_919) % 1_000}`);
  await repository.commit({ files: { a: lines.join('\n') } });
  const old = await repository.git(['rev-parse', 'main:a']);
  lines[7] = 'another';
  const head = await repository.commit({ files: { a: lines.join('\n') } });
  const [tree, changed] = await Promise.all(
    ['main^{tree}', 'main:a'].map((name) => repository.git(['rev-parse', name])),
  );
  const thin = await packObjects(repository, 'main\n^main~1\n');
  expect(thin.includes(Buffer.from(old, 'hex'))).toBe(true); // the base is named, and not there
  const gitdir = await fixture.receive(thin);
  await inStore(gitdir, async (objects) => {
    expect(objects.read(head, 'commit', 1_000).toString()).toContain(`tree ${tree}`);
    expect([objects.has(changed ?? ''), objects.has(old)]).toEqual([false, false]);
    expect(await codeOf(() => objects.read(changed ?? '', 'blob', 100_000))).toBe('source.store-corrupt');
  });
});

test('an empty pack of the real git is kept, and changes nothing of what was there', async () => {
  const repository = await createClusterRepository(fixture.newPath());
  const head = await repository.commit({ files: { a: '1' } });
  const gitdir = await fixture.receive(await packObjects(repository, 'main\n'));
  const empty = await packObjects(repository, '');
  expect(empty).toHaveLength(32);
  await fixture.receive(empty, gitdir);
  await inStore(gitdir, (objects) => {
    expect(objects.read(head, 'commit', 1_000).toString()).toContain('Change the cluster');
    expect(objects.has('0'.repeat(40))).toBe(false);
  });
});
