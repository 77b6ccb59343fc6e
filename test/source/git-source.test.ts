import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createSourceFixture, failureOf } from './source-fixture.ts';

test('a first sync reads the branch from the object database', async () => {
  await using fixture = await createSourceFixture();
  const { snapshot, moved } = await fixture.source().fetchSnapshot();
  expect(moved).toBe(true);
  expect(snapshot).toMatchObject({
    commit: await fixture.repository.head(),
    subject: 'Begin',
    author: 'Ada Admin <ada@example.com>',
  });
  expect([...snapshot.entries.keys()]).toEqual(['addons/web/web.yaml', 'cluster.yaml']);
  expect(Buffer.from((snapshot.entries.get('cluster.yaml') as { content: Uint8Array }).content).toString()).toBe(
    'kind: Cluster\n',
  );
  expect(snapshot.trees.get('addons/web')).toBe(await fixture.repository.git(['rev-parse', 'main:addons/web']));
});

test('a sync with nothing to do makes one ls-remote of two requests', async () => {
  await using fixture = await createSourceFixture();
  const source = fixture.source();
  const { snapshot } = await source.fetchSnapshot();
  await source.markActedOn(snapshot.commit);
  fixture.server.clear();
  const again = await source.fetchSnapshot();
  expect(again).toMatchObject({ moved: false, requests: 2, notices: [] });
  expect(again.snapshot).toBe(snapshot);
  expect(fixture.server.requests.map(({ stage }) => stage)).toEqual(['info-refs', 'ls-refs']);
});

test('a restarted agent reads an unmoved head from its store without fetching it', async () => {
  await using fixture = await createSourceFixture();
  const { snapshot } = await fixture.source().fetchSnapshot();
  const again = await fixture.source().fetchSnapshot();
  expect(again.requests).toBe(2);
  expect(again.snapshot).toEqual(snapshot);
});

test('two quick commits are no force-push', async () => {
  await using fixture = await createSourceFixture();
  const source = fixture.source();
  await source.markActedOn((await source.fetchSnapshot()).snapshot.commit);
  await fixture.repository.commit({ files: { 'nodes.yaml': 'a' } });
  const head = await fixture.repository.commit({ files: { 'nodes.yaml': 'b' } });
  expect((await source.fetchSnapshot()).snapshot.commit).toBe(head);
});

test('a force-push is refused, with both commits named, until the old line goes on', async () => {
  await using fixture = await createSourceFixture();
  const { repository } = fixture;
  const source = fixture.source();
  const first = (await source.fetchSnapshot()).snapshot.commit;
  const second = await repository.commit({ files: { a: '2' } });
  await source.markActedOn((await source.fetchSnapshot()).snapshot.commit);
  const forced = await repository.forcePush({ files: { a: 'evil' } }, { from: first });
  for (let i = 0; i < 2; i += 1) {
    const error = await failureOf(source.fetchSnapshot());
    expect(error).toMatchObject({ code: 'source.rewind', facts: { head: forced, actedOn: second } });
    expect(error.hint).toContain(`acceptRewind: ${forced}`);
  }
  await repository.git(['update-ref', 'refs/heads/main', second]);
  const third = await repository.commit({ files: { a: '3' } });
  expect((await source.fetchSnapshot()).snapshot.commit).toBe(third);
});

test('several processes that fetch into one store at once all get the head, whatever they clear away at their beginning', async () => {
  await using fixture = await createSourceFixture();
  for (let round = 0; round < 5; round++) {
    await fixture.repository.commit({ files: { 'cluster.yaml': `round ${round}` } });
    await rm(fixture.storeDir, { recursive: true, force: true }); // a first fetch resets the store
    const fetched = await Promise.all(Array.from({ length: 4 }, () => fixture.source().fetchSnapshot()));
    const head = await fixture.repository.head();
    expect(fetched.map(({ snapshot }) => snapshot.commit)).toEqual([head, head, head, head]);
    expect(fetched.flatMap(({ notices }) => notices)).toEqual([]);
  }
});
