import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { createSourceFixture, failureOf, type SourceFixture } from './source-fixture.ts';

async function act(fixture: SourceFixture, acceptRewind?: string): Promise<string> {
  const source = fixture.source();
  const { snapshot } = await source.fetchSnapshot(acceptRewind === undefined ? {} : { acceptRewind });
  await source.markActedOn(snapshot.commit);
  return snapshot.commit;
}

test('a force-push is refused by an agent whose store was fetched anew', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  await repository.commit({ files: { a: '2' } });
  const actedOn = await act(fixture);
  await rm(fixture.storeDir, { recursive: true });
  const forced = await repository.forcePush({ files: { a: 'evil' } });
  const error = await failureOf(fixture.source().fetchSnapshot());
  expect(error).toMatchObject({ code: 'source.rewind', facts: { head: forced, actedOn } });
});

test('an old commit pushed again is refused', async () => {
  await using fixture = await createSourceFixture();
  const old = await fixture.repository.head();
  await fixture.repository.commit({ files: { a: '2' } });
  await act(fixture);
  await fixture.repository.git(['update-ref', 'refs/heads/main', old]);
  expect(await failureOf(fixture.source().fetchSnapshot())).toMatchObject({ code: 'source.rewind' });
});

test('many commits are no force-push for a store fetched anew: history is deepened until it shows', async () => {
  await using fixture = await createSourceFixture();
  await act(fixture);
  await rm(fixture.storeDir, { recursive: true });
  let head = '';
  for (let i = 0; i < 60; i += 1) head = await fixture.repository.commit({ files: { a: String(i) } });
  expect((await fixture.source().fetchSnapshot()).snapshot.commit).toBe(head);
});

test('a merge counts as a descendant of both its sides', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  const base = await repository.head();
  const ours = await repository.commit({ files: { a: 'ours' } });
  await act(fixture);
  const theirs = await repository.forcePush({ files: { b: 'theirs' } }, { from: base });
  const tree = await repository.git(['rev-parse', `${theirs}^{tree}`]);
  const merge = await repository.git(['commit-tree', tree, '-p', theirs, '-p', ours, '-m', 'Merge']);
  await repository.git(['update-ref', 'refs/heads/main', merge]);
  expect((await fixture.source().fetchSnapshot()).snapshot.commit).toBe(merge);
});

test('a rewind the administrator names passes, and what is pushed on top of it', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  await repository.commit({ files: { a: '2' } });
  await act(fixture);
  const forced = await repository.forcePush({ files: { a: 'mended' } });
  expect(await failureOf(fixture.source().fetchSnapshot({ acceptRewind: '0'.repeat(40) }))).toMatchObject({
    code: 'source.rewind',
  });
  const result = await fixture.source().fetchSnapshot({ acceptRewind: forced });
  expect(result.snapshot.commit).toBe(forced);
  expect(result.notices.join()).toContain('accepted a rewind');
  const onTop = await repository.commit({ files: { a: 'more' } });
  expect((await fixture.source().fetchSnapshot({ acceptRewind: forced })).snapshot.commit).toBe(onTop);
});

test('a rewind once accepted does not let the same commit come back later', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  await repository.commit({ files: { a: '2' } });
  await act(fixture);
  const forced = await repository.forcePush({ files: { a: 'mended' } });
  await act(fixture, forced);
  const onTop = await repository.commit({ files: { a: 'more' } });
  expect(await act(fixture, forced)).toBe(onTop);
  await repository.git(['update-ref', 'refs/heads/main', forced]);
  const error = await failureOf(fixture.source().fetchSnapshot({ acceptRewind: forced }));
  expect(error).toMatchObject({ code: 'source.rewind', facts: { head: forced, actedOn: onTop } });
});

test('a rewind once accepted stays used when another one was accepted since', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  await repository.commit({ files: { a: '2' } });
  await act(fixture);
  const first = await repository.forcePush({ files: { a: 'mended' } });
  await act(fixture, first);
  const second = await repository.forcePush({ files: { a: 'mended again' } });
  expect(await act(fixture, second)).toBe(second);
  await repository.git(['update-ref', 'refs/heads/main', first]);
  for (const acceptRewind of [first, second]) {
    const error = await failureOf(fixture.source().fetchSnapshot({ acceptRewind }));
    expect(error).toMatchObject({ code: 'source.rewind', facts: { head: first, actedOn: second } });
  }
});

test('a rewind is used up also where another head was read, or all forgotten, before it was acted on', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  await repository.commit({ files: { a: '2' } });
  await act(fixture);
  const forced = await repository.forcePush({ files: { a: 'mended' } });
  const source = fixture.source();
  await source.fetchSnapshot({ acceptRewind: forced });
  await repository.commit({ files: { a: 'more' } });
  await source.fetchSnapshot({ acceptRewind: forced }); // for whoever enrols meanwhile
  source.forget();
  await source.markActedOn(forced);
  const onTop = await act(fixture);
  await repository.git(['update-ref', 'refs/heads/main', forced]);
  const error = await failureOf(source.fetchSnapshot({ acceptRewind: forced }));
  expect(error).toMatchObject({ code: 'source.rewind', facts: { head: forced, actedOn: onTop } });
});

test('a rewind that was not needed when its commit came does not count later', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  const named = await repository.commit({ files: { a: '2' } });
  await act(fixture, named);
  await repository.commit({ files: { a: '3' } });
  await act(fixture, named);
  await repository.git(['update-ref', 'refs/heads/main', named]);
  const error = await failureOf(fixture.source().fetchSnapshot({ acceptRewind: named }));
  expect(error).toMatchObject({ code: 'source.rewind', facts: { head: named } });
});

test('what an agent before wrote of its last rewind is read, and kept', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  const old = await repository.head();
  const actedOn = await repository.commit({ files: { a: '2' } });
  await mkdir(dirname(fixture.actedOnFile), { recursive: true });
  await writeFile(fixture.actedOnFile, JSON.stringify({ commit: actedOn, usedRewind: old }));
  await repository.commit({ files: { a: '3' } });
  await act(fixture);
  await repository.git(['update-ref', 'refs/heads/main', old]);
  expect(await failureOf(fixture.source().fetchSnapshot({ acceptRewind: old }))).toMatchObject({
    code: 'source.rewind',
  });
});

test('a head that was never acted on does not become the anchor', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  const good = await act(fixture);
  await repository.commit({ files: { 'cluster.yaml': 'broken' } });
  await fixture.source().fetchSnapshot();
  const replaced = await repository.forcePush({ files: { a: 'instead' } }, { from: good });
  expect((await fixture.source().fetchSnapshot()).snapshot.commit).toBe(replaced);
});

test('packs that pile up are dropped, and descent is proven all the same', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  await act(fixture);
  let most = 0;
  for (let i = 0; i < 36; i += 1) {
    await repository.commit({ files: { a: String(i) } });
    await act(fixture);
    const packs = await repository.git(['-C', fixture.storeDir, 'count-objects', '-v']);
    most = Math.max(most, Number(/packs: (\d+)/.exec(packs)?.[1]));
  }
  expect(most).toBeGreaterThan(20);
  expect(most).toBeLessThanOrEqual(34);
}, 120_000);
