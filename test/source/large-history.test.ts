import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { SourceLimits } from '../../src/source/git-source.ts';
import { createSourceFixture, failureOf, type SourceFixture } from './source-fixture.ts';

const MIB = 1024 * 1024;
/** As the real bound is to 270 MB. */
const limits: Partial<SourceLimits> = { fetch: { maxBytes: 4 * MIB, idleMs: 30_000, totalMs: 60_000 } };

/** Settings of the server's repository, as `git config` takes them. */
type ServerSettings = Readonly<Record<string, string>>;
const FILTERS: ServerSettings = { 'uploadpack.allowFilter': 'true' };

async function createFixture(settings: ServerSettings): Promise<SourceFixture> {
  const fixture = await createSourceFixture();
  for (const [name, value] of Object.entries(settings)) await fixture.repository.git(['config', name, value]);
  return fixture;
}

async function act(fixture: SourceFixture, acceptRewind?: string): Promise<string> {
  const source = fixture.source({ limits });
  const { snapshot } = await source.fetchSnapshot(acceptRewind === undefined ? {} : { acceptRewind });
  await source.markActedOn(snapshot.commit);
  return snapshot.commit;
}

/** 6 MB that do not compress, committed by mistake and taken out again. */
async function commitByMistake({ repository }: SourceFixture): Promise<string> {
  await repository.commit({ files: { 'image.bin': randomBytes(6 * MIB) } }, 'Add the wrong file');
  return repository.commit({ remove: ['image.bin'] }, 'Take it out again');
}

const servers: readonly [string, ServerSettings][] = [
  ['that leaves trees and files out', FILTERS],
  ['that leaves files out, but no trees', { ...FILTERS, 'uploadpackfilter.tree.allow': 'false' }],
];
for (const [what, settings] of servers) {
  for (const stored of [true, false]) {
    test(`a large file in history holds nobody up on a server ${what} (the store is ${stored ? 'there' : 'lost'})`, async () => {
      await using fixture = await createFixture(settings);
      await act(fixture);
      const head = await commitByMistake(fixture);
      if (!stored) await rm(fixture.storeDir, { recursive: true });
      expect(await act(fixture)).toBe(head);
      const next = await fixture.repository.commit({ files: { a: '1' } });
      expect(await act(fixture)).toBe(next);
    });
  }
}

test('history too large for a server that cannot leave files out is an error with two ways on, and both lead on', async () => {
  await using fixture = await createFixture({});
  await act(fixture);
  const head = await commitByMistake(fixture);
  const error = await failureOf(fixture.source({ limits }).fetchSnapshot());
  expect(error).toMatchObject({ code: 'source.too-large', facts: { head } });
  expect(error.hint).toContain('uploadpack.allowFilter');
  expect(error.hint).toContain(`--accept-rewind ${head}`);
  expect(await act(fixture, head)).toBe(head);
  const again = await commitByMistake(fixture);
  expect(await failureOf(fixture.source({ limits }).fetchSnapshot())).toMatchObject({ code: 'source.too-large' });
  await fixture.repository.git(['config', 'uploadpack.allowFilter', 'true']);
  expect(await act(fixture)).toBe(again);
});

test('a server that says it can leave files out, and then does not, is asked for the files', async () => {
  await using fixture = await createFixture({ ...FILTERS, 'uploadpackfilter.allow': 'false' });
  await act(fixture);
  await fixture.repository.commit({ files: { a: '1' } });
  const head = await fixture.repository.commit({ files: { a: '2' } });
  expect(await act(fixture)).toBe(head);
});

test('a head that is too large at once is followed from commit to commit', async () => {
  await using fixture = await createFixture(FILTERS);
  for (const name of ['a', 'b', 'c']) {
    const head = await fixture.repository.commit({ files: { [`${name}.bin`]: randomBytes(3 * MIB) } });
    expect(await act(fixture)).toBe(head); // all three together would be too large
  }
});

test('a head that moved takes two requests more than one that did not, and a third where the store was lost', async () => {
  await using fixture = await createFixture(FILTERS);
  const source = fixture.source();
  await source.markActedOn((await source.fetchSnapshot()).snapshot.commit);
  for (const lost of [false, true]) {
    await fixture.repository.commit({ files: { a: `1 ${lost}` } });
    await fixture.repository.commit({ files: { a: `2 ${lost}` } });
    if (lost) await rm(fixture.storeDir, { recursive: true });
    const { snapshot, requests } = await source.fetchSnapshot();
    expect(requests).toBe(2 + 2 + Number(lost));
    await source.markActedOn(snapshot.commit);
  }
});

test('commits alone show a force-push, an old commit pushed again and an unrelated line', async () => {
  await using fixture = await createFixture(FILTERS);
  const { repository } = fixture;
  const first = await repository.head();
  await repository.commit({ files: { a: '1' } });
  await repository.commit({ files: { a: '2' } });
  const actedOn = await act(fixture);
  for (const from of [first, undefined]) {
    const forced = await repository.forcePush({ files: { a: 'evil' } }, from === undefined ? {} : { from });
    const error = await failureOf(fixture.source().fetchSnapshot());
    expect(error).toMatchObject({ code: 'source.rewind', facts: { head: forced, actedOn } });
  }
  await repository.git(['update-ref', 'refs/heads/main', first]);
  expect(await failureOf(fixture.source().fetchSnapshot())).toMatchObject({ code: 'source.rewind' });
  await repository.git(['update-ref', 'refs/heads/main', actedOn]);
  const head = await commitByMistake(fixture);
  expect(await act(fixture)).toBe(head);
});

test('a merge of an older line is proven by commits alone', async () => {
  await using fixture = await createFixture(FILTERS);
  const { repository } = fixture;
  const base = await repository.head();
  const ours = await repository.commit({ files: { a: 'ours' } });
  await act(fixture);
  const theirs = await repository.forcePush({ files: { b: 'theirs' } }, { from: base });
  const tree = await repository.git(['rev-parse', `${theirs}^{tree}`]);
  const merge = await repository.git(['commit-tree', tree, '-p', theirs, '-p', ours, '-m', 'Merge']);
  await repository.git(['update-ref', 'refs/heads/main', merge]);
  const head = await repository.commit({ files: { c: 'on top' } });
  expect(await act(fixture)).toBe(head);
});
