import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { KubicError } from '../../src/errors/kubic-error.ts';
import { createFetchObjects, type FetchObjects } from '../../src/source/fetch/fetch-objects.ts';
import { childrenOf } from '../support/children-of.ts';
import { createSourceFixture, FETCH_COMMAND, failureOf, type SourceFixture } from './source-fixture.ts';

async function storeFile(fixture: SourceFixture, suffix: string): Promise<string> {
  const directory = join(fixture.storeDir, 'objects', 'pack');
  return join(directory, (await readdir(directory)).find((name) => name.endsWith(suffix)) ?? '');
}

async function flip(path: string, at: number): Promise<void> {
  const data = await readFile(path);
  const index = at < 0 ? data.length + at : at;
  data[index] = (data[index] ?? 0) ^ 0xff;
  await writeFile(path, data);
}

const damages: readonly [string, (fixture: SourceFixture) => Promise<void>][] = [
  ['a pack with a flipped byte', async (fixture) => flip(await storeFile(fixture, '.pack'), 40)],
  ['a pack cut short', async (fixture) => truncate(await storeFile(fixture, '.pack'), 30)],
  ['an empty pack', async (fixture) => truncate(await storeFile(fixture, '.pack'), 0)],
  ['a pack that is gone', async (fixture) => rm(await storeFile(fixture, '.pack'))],
  ['an index with a flipped byte', async (fixture) => flip(await storeFile(fixture, '.idx'), -60)],
  ['an empty index', async (fixture) => truncate(await storeFile(fixture, '.idx'), 0)],
  ['an index that is gone', async (fixture) => rm(await storeFile(fixture, '.idx'))],
  ['a ref of garbage', async (fixture) => writeFile(join(fixture.storeDir, 'refs/heads/fetched'), 'garbage')],
  ['a ref to nothing', async (fixture) => writeFile(join(fixture.storeDir, 'refs/heads/fetched'), 'ab'.repeat(20))],
  ['no objects', async (fixture) => rm(join(fixture.storeDir, 'objects'), { recursive: true })],
  [
    'a file in its place',
    async (fixture) => {
      await rm(fixture.storeDir, { recursive: true });
      await writeFile(fixture.storeDir, 'x');
    },
  ],
];

for (const [what, damage] of damages) {
  for (const moved of [false, true]) {
    test(`a store with ${what} is fetched anew, and says so (the head ${moved ? 'moved' : 'did not move'})`, async () => {
      await using fixture = await createSourceFixture();
      await fixture.source().fetchSnapshot();
      await damage(fixture);
      if (moved) await fixture.repository.commit({ files: { 'cluster.yaml': 'new' } });
      const { snapshot, notices } = await fixture.source().fetchSnapshot();
      expect(snapshot.commit).toBe(await fixture.repository.head());
      if (what !== 'a file in its place') expect(notices.join()).toMatch(/store was corrupt.*fetched anew/);
      expect((await fixture.source().fetchSnapshot()).notices).toEqual([]);
      expect(await fixture.repository.git(['-C', fixture.storeDir, 'fsck', '--no-dangling'])).toBe('');
    });
  }
}

for (const file of ['config', 'shallow', 'HEAD']) {
  test(`garbage in the store's ${file} does no lasting harm`, async () => {
    await using fixture = await createSourceFixture();
    await fixture.repository.commit({ files: { a: '1' } });
    await fixture.source().fetchSnapshot();
    await writeFile(join(fixture.storeDir, file), '\0garbage\n[[[\n');
    const head = await fixture.repository.commit({ files: { a: '2' } });
    const settled = await fixture
      .source()
      .fetchSnapshot()
      .catch(() => fixture.source().fetchSnapshot());
    expect(settled.snapshot.commit).toBe(head);
  });
}

test('a corrupt store that cannot be fetched anew is an error until it can, and no snapshot is made up', async () => {
  await using fixture = await createSourceFixture();
  const source = fixture.source();
  const { snapshot } = await source.fetchSnapshot();
  await source.markActedOn(snapshot.commit);
  await flip(await storeFile(fixture, '.pack'), 40);
  fixture.server.setFault({ type: 'status', status: 500, on: 'fetch' }); // the head is listed, and is the one acted on
  for (let i = 0; i < 2; i += 1) {
    expect((await failureOf(fixture.source().fetchSnapshot())).code).toBe('source.server-error');
  }
  fixture.server.setFault(undefined);
  expect((await fixture.source().fetchSnapshot()).snapshot).toEqual(snapshot);
});

for (const content of ['', '{', '{"commit":"main"}', '[]', 'null', `{"commit":"${'a'.repeat(40)}","usedRewind":7}`]) {
  test(`the state file ${JSON.stringify(content)} stops the source rather than let a rewind pass`, async () => {
    await using fixture = await createSourceFixture();
    const source = fixture.source();
    await source.markActedOn((await source.fetchSnapshot()).snapshot.commit);
    await writeFile(fixture.actedOnFile, content);
    const error = await failureOf(fixture.source().fetchSnapshot());
    expect(error).toMatchObject({ code: 'agent.state-corrupt', retry: 'never' });
    expect(error.hint).toContain(fixture.actedOnFile);
    await rm(fixture.actedOnFile);
    await fixture.source().fetchSnapshot();
  });
}

for (const first of [true, false]) {
  test(`a fetch killed before any of its file operations leaves a store that works or heals (${first ? 'first' : 'later'} fetch)`, async () => {
    await using fixture = await createSourceFixture();
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    console.log(`SEED=${seed}`);
    const random = createRandom(seed);
    const countFile = join(fixture.directory, 'count');
    const program = join(import.meta.dirname, 'killed-fetch-program.ts');
    const killedAt = (n: number): FetchObjects =>
      createFetchObjects({ command: [process.execPath, program, String(n), countFile] });
    const prepare = async (round: number): Promise<string> => {
      if (first) await rm(fixture.storeDir, { recursive: true, force: true });
      else await fixture.source().fetchSnapshot();
      return fixture.repository.commit({
        files: { 'cluster.yaml': `round ${round}`, [`f${round}`]: 'x'.repeat(100_000) },
      });
    };
    await prepare(0);
    await fixture.source({ fetchObjects: killedAt(0) }).fetchSnapshot();
    const operations = Number(await readFile(countFile, 'utf8'));
    expect(operations).toBeGreaterThan(10);
    let killed = 0;
    for (let round = 1; round <= 8; round += 1) {
      const head = await prepare(round);
      const n = 1 + Math.floor(random() * operations);
      const where = `SEED=${seed}: killed before operation ${n} of ${operations}`;
      // A pack arrives in more or fewer pieces, so the last operations may not come to pass
      const end = await fixture
        .source({ fetchObjects: killedAt(n) })
        .fetchSnapshot()
        .then(
          () => 'done',
          (error: KubicError) => `${error.code} ${error.facts.exit}`,
        );
      expect(['done', 'source.fetch-crashed SIGKILL'], where).toContain(end);
      if (end !== 'done') killed += 1;
      const source = fixture.source();
      expect((await source.fetchSnapshot()).snapshot.commit, where).toBe(head);
      await source.markActedOn(head);
    }
    expect(killed).toBeGreaterThan(0);
    expect(await fixture.repository.git(['-C', fixture.storeDir, 'fsck', '--no-dangling'])).toBe('');
    expect((await readdir(join(fixture.storeDir, 'objects', 'pack'))).filter((name) => name.endsWith('.tmp'))).toEqual(
      [],
    );
  }, 180_000);
}

test('the fetch process dies with its parent', async () => {
  await using fixture = await createSourceFixture();
  fixture.server.setFault({ type: 'hang', on: 'fetch' });
  const program = `
    import { createGitSource } from '${join(import.meta.dirname, '../../src/source/git-source.ts')}';
    import { createFetchObjects, type FetchObjects } from '${join(import.meta.dirname, '../../src/source/fetch/fetch-objects.ts')}';
    await createGitSource({
      repository: { url: '${fixture.url}', branch: 'main', path: '' },
      loadCredentials: async () => undefined,
      storeDir: '${fixture.storeDir}', actedOnFile: '${fixture.actedOnFile}',
      fetchObjects: createFetchObjects({ command: ${JSON.stringify(FETCH_COMMAND)} }),
    }).fetchSnapshot();`;
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { stdio: 'ignore' });
  await expect.poll(() => fixture.server.requests.at(-1)?.stage, { timeout: 20_000 }).toBe('fetch');
  const children = await childrenOf(parent.pid ?? 0);
  expect(children).toHaveLength(1);
  parent.kill('SIGKILL');
  await expect.poll(() => readFile(`/proc/${children[0]}/cmdline`, 'utf8').catch(() => '')).toBe('');
});

test('a full disk is agent.state-unwritable, and the source recovers when there is space', async () => {
  await using fixture = await createSourceFixture();
  await fixture.source().fetchSnapshot();
  const head = await fixture.repository.commit({ files: { big: randomBytes(300_000) } });
  // A small tmpfs over the store, in a mount namespace of the fetch process alone
  const script = 'mount -t tmpfs -o size=128k tmpfs "$0" && exec "$@"';
  const namespace = ['--user', '--map-root-user', '--mount', 'sh', '-c', script, fixture.storeDir] as const;
  const full = createFetchObjects({ command: ['unshare', ...namespace, ...FETCH_COMMAND] });
  const error = await failureOf(fixture.source({ fetchObjects: full }).fetchSnapshot());
  expect(error.code).toBe('agent.state-unwritable');
  expect(error.message).toContain('ENOSPC');
  expect((await fixture.source().fetchSnapshot()).snapshot.commit).toBe(head);
});

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
