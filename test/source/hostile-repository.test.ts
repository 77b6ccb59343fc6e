import { expect, test } from 'vitest';
import { parseTree } from '../../src/source/tree/tree.ts';
import type { ClusterRepository } from '../support/cluster-repository.ts';
import { createSourceFixture, failureOf } from './source-fixture.ts';

/** Commits a tree with names no git would write, as bytes. */
async function commitTree(
  repository: ClusterRepository,
  entries: readonly (readonly [string, Buffer])[],
): Promise<void> {
  const blob = await repository.git(['hash-object', '-w', '--stdin'], 'x');
  const content = Buffer.concat(
    entries.flatMap(([mode, name]) => [Buffer.from(`${mode} `), name, Buffer.from([0]), Buffer.from(blob, 'hex')]),
  );
  const tree = await repository.git(['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'], content);
  const commit = await repository.git(['commit-tree', tree, '-p', 'main', '-m', 'Hostile']);
  await repository.git(['update-ref', 'refs/heads/main', commit]);
}

const names: readonly [string, Buffer][] = [
  ['a dot', Buffer.from('.')],
  ['two dots', Buffer.from('..')],
  ['a Git directory', Buffer.from('.GIT')],
  ['a slash', Buffer.from('a/../../etc')],
  ['a backslash', Buffer.from('a\\b')],
  ['a line feed', Buffer.from('a\nb')],
  ['an escape sequence', Buffer.from('a\u001b[2Jb')],
  ['a turned writing direction', Buffer.from('a\u202eb')],
  ['a broken UTF-8 sequence', Buffer.from([0x61, 0xff])],
  ['256 bytes', Buffer.alloc(256, 'a')],
];

for (const [what, name] of names) {
  test(`a name with ${what} is source.tree-invalid, and a commit without it recovers`, async () => {
    await using fixture = await createSourceFixture();
    const good = await fixture.repository.git(['rev-parse', 'main^{tree}']);
    await commitTree(fixture.repository, [['100644', name]]);
    const error = await failureOf(fixture.source().fetchSnapshot());
    expect(error.code).toBe('source.tree-invalid');
    expect(error.message).not.toMatch(/\p{Cc}/u);
    const mended = await fixture.repository.git(['commit-tree', good, '-p', 'main', '-m', 'Mend']);
    await fixture.repository.git(['update-ref', 'refs/heads/main', mended]);
    expect((await fixture.source().fetchSnapshot()).snapshot.commit).toBe(mended);
  });
}

test('a name that is there twice, or an unknown mode, is source.tree-invalid', async () => {
  await using fixture = await createSourceFixture();
  await commitTree(fixture.repository, [
    ['100644', Buffer.from('a')],
    ['100644', Buffer.from('a')],
  ]);
  expect((await failureOf(fixture.source().fetchSnapshot())).message).toContain("'a' is there twice");
  await commitTree(fixture.repository, [['140000', Buffer.from('socket')]]);
  expect((await failureOf(fixture.source().fetchSnapshot())).message).toContain('unknown mode');
});

test('a tree that is malformed is source.tree-invalid', () => {
  const entry = Buffer.concat([Buffer.from('100644 a\0'), Buffer.alloc(20)]);
  for (const broken of [
    entry.subarray(0, -1),
    Buffer.concat([entry, Buffer.from('100644')]),
    Buffer.from('100644 \0'.padEnd(28)),
  ]) {
    expect(() => parseTree(broken, '')).toThrow(expect.objectContaining({ code: 'source.tree-invalid' }));
  }
  expect(parseTree(entry, '')).toHaveLength(1);
});

test('links and submodules are reported as such, and lead nowhere', async () => {
  await using fixture = await createSourceFixture();
  await fixture.repository.commit({
    symlinks: { 'addons/etc': '/etc' },
    submodules: { 'addons/sub': 'ab'.repeat(20) },
  });
  const { snapshot } = await fixture.source().fetchSnapshot();
  expect(snapshot.entries.get('addons/etc')).toMatchObject({ type: 'symlink' });
  expect(snapshot.entries.get('addons/sub')).toEqual({ type: 'submodule', oid: 'ab'.repeat(20) });
  expect([...snapshot.entries.keys()].filter((path) => path.startsWith('addons/etc/'))).toEqual([]);
});

test('only what is below the path counts, and paths are relative to it', async () => {
  await using fixture = await createSourceFixture();
  await fixture.repository.commit({
    files: { 'prod/cluster.yaml': 'p', 'prod/addons/a/a.yaml': 'a', 'big.bin': Buffer.alloc(5_000_000) },
  });
  for (const path of ['prod', './prod/', 'prod//']) {
    const { snapshot } = await fixture.source({ path }).fetchSnapshot();
    expect([...snapshot.entries.keys()]).toEqual(['addons/a/a.yaml', 'cluster.yaml']);
    expect([...snapshot.trees.keys()]).toEqual(['addons', 'addons/a']);
  }
});

test('a path that is missing, a file or a link is source.path-missing, with the directories there are', async () => {
  await using fixture = await createSourceFixture();
  await fixture.repository.commit({ symlinks: { link: 'addons' } });
  const error = await failureOf(fixture.source({ path: 'prod' }).fetchSnapshot());
  expect(error).toMatchObject({ code: 'source.path-missing', facts: { directories: ['addons'] } });
  expect((await failureOf(fixture.source({ path: 'cluster.yaml' }).fetchSnapshot())).message).toContain('is a file');
  expect((await failureOf(fixture.source({ path: 'link' }).fetchSnapshot())).message).toContain('is a symlink');
  expect((await failureOf(fixture.source({ path: '../machine' }).fetchSnapshot())).code).toBe('source.path-missing');
});

test('a file of 100 MB is oversized, and the agent does not grow by it', async () => {
  await using fixture = await createSourceFixture();
  // Zeros, so that the test's own server does not have to hold it
  await fixture.repository.commit({ files: { 'big.bin': Buffer.alloc(100_000_000) } });
  const source = fixture.source();
  const before = process.memoryUsage();
  const { snapshot } = await source.fetchSnapshot();
  expect(snapshot.entries.get('big.bin')).toMatchObject({ type: 'oversized', size: 100_000_000 });
  const after = process.memoryUsage();
  expect(after.external + after.heapUsed - before.external - before.heapUsed).toBeLessThan(50_000_000);
});

test('a large file that changes a little is oversized too, by the size its delta makes', async () => {
  await using fixture = await createSourceFixture();
  const text = Array.from({ length: 600_000 }, (_, i) => `line ${i} of a file that is far too large`).join('\n');
  await fixture.repository.commit({ files: { 'big.txt': text } });
  await fixture.source().fetchSnapshot();
  await fixture.repository.commit({ files: { 'big.txt': `${text}\nmore` } });
  await fixture.repository.commit({ files: { 'big.txt': `${text}\nmore still` } });
  await fixture.repository.git(['gc', '--quiet']);
  const { snapshot } = await fixture.source().fetchSnapshot();
  expect(snapshot.entries.get('big.txt')).toMatchObject({ type: 'oversized', size: text.length + 11 });
});

const limits = { entries: 50, fileBytes: 1_000, totalBytes: 3_000, depth: 4 };
const excesses: readonly [string, Record<string, string>][] = [
  ['too many files', Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}`, String(i)]))],
  [
    'too many bytes together',
    Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`f${i}`, String(i).repeat(900)])),
  ],
  ['directories nested too deep', { 'a/b/c/d/e/f/g': 'x' }],
];

for (const [what, files] of excesses) {
  test(`${what} is source.too-large, and waits for the next commit`, async () => {
    await using fixture = await createSourceFixture();
    await fixture.repository.commit({ files });
    const source = fixture.source({ limits: { snapshot: limits } });
    expect(await failureOf(source.fetchSnapshot())).toMatchObject({ code: 'source.too-large', retry: 'next-commit' });
    const head = await fixture.repository.commit({ remove: Object.keys(files) });
    expect((await source.fetchSnapshot()).snapshot.commit).toBe(head);
  });
}

test('a tree that contains itself many times over is bounded', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  let tree = await repository.git(['rev-parse', 'main^{tree}']);
  for (let level = 0; level < 10; level += 1) {
    const lines = Array.from({ length: 10 }, (_, i) => `040000 tree ${tree}\td${i}\n`).join('');
    tree = await repository.git(['mktree'], lines);
  }
  const commit = await repository.git(['commit-tree', tree, '-p', 'main', '-m', 'Bomb']);
  await repository.git(['update-ref', 'refs/heads/main', commit]);
  expect((await failureOf(fixture.source().fetchSnapshot())).code).toBe('source.too-large');
});

test('a commit without files is an empty snapshot', async () => {
  await using fixture = await createSourceFixture();
  await fixture.repository.commit({ remove: ['cluster.yaml', 'addons'] });
  expect((await fixture.source().fetchSnapshot()).snapshot.entries.size).toBe(0);
});

test('paths are in byte order, whatever they hold', async () => {
  await using fixture = await createSourceFixture();
  const names = ['a-b/x', 'a.yaml', 'a/x', 'ä/x', '\u{1f600}', '\uffee'];
  await fixture.repository.forcePush({ files: Object.fromEntries(names.map((name) => [name, name])) });
  const { snapshot } = await fixture.source().fetchSnapshot();
  expect([...snapshot.entries.keys()]).toEqual(['a-b/x', 'a.yaml', 'a/x', 'ä/x', '\uffee', '\u{1f600}']);
});
