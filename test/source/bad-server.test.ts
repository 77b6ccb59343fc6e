import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SourceLimits } from '../../src/source/git-source.ts';
import { startGitServer } from '../support/git-server.ts';
import type { Fault } from '../support/git-server-faults.ts';
import { createSourceFixture, failureOf } from './source-fixture.ts';

const quick = { maxBytes: 1_000_000, idleMs: 700, totalMs: 2_000 };
const limits: Partial<SourceLimits> = { listing: quick, fetch: quick };

const faults: readonly [string, Fault, string][] = [
  ['that refuses the client', { type: 'status', status: 401 }, 'source.unauthorized'],
  ['that forbids reading', { type: 'status', status: 403 }, 'source.unauthorized'],
  ['without the repository', { type: 'status', status: 404 }, 'source.not-found'],
  ['that fails', { type: 'status', status: 500 }, 'source.server-error'],
  ['that asks to wait', { type: 'status', status: 429 }, 'source.server-error'],
  ['that hangs', { type: 'hang' }, 'source.unreachable'],
  ['that hangs before the pack', { type: 'hang', on: 'fetch' }, 'source.unreachable'],
  ['in a trickle', { type: 'slow', bytesPerSecond: 30 }, 'source.too-slow'],
  ['whose pack comes in a trickle', { type: 'slow', bytesPerSecond: 30, on: 'fetch' }, 'source.too-slow'],
  ['whose advertisement is cut short', { type: 'truncate', bytes: 20, on: 'info-refs' }, 'source.truncated'],
  ['whose list of refs is empty', { type: 'truncate', bytes: 0, on: 'ls-refs' }, 'source.truncated'],
  ['whose list of refs is cut short', { type: 'truncate', bytes: 63, on: 'ls-refs' }, 'source.truncated'],
  ['whose pack is cut short', { type: 'truncate', bytes: 200, on: 'fetch' }, 'source.truncated'],
  ['whose pack has a wrong byte', { type: 'garble', on: 'fetch' }, 'source.truncated'],
  ['whose pack lacks its last byte', { type: 'reset', bytes: 300, on: 'fetch' }, 'source.truncated'],
  ['that cuts the connection', { type: 'reset', bytes: 10, on: 'info-refs' }, 'source.truncated'],
  ['that is a web page', { type: 'body', body: '<html>Sign in</html>' }, 'source.protocol'],
  ['that is a web page halfway', { type: 'body', body: '<html>Sign in</html>', on: 'fetch' }, 'source.protocol'],
  ['that sends without an end', { type: 'endless', on: 'ls-refs' }, 'source.too-large'],
  ['that sends a pack without an end', { type: 'endless', on: 'fetch' }, 'source.too-large'],
  ['that redirects elsewhere', { type: 'redirect', location: 'http://127.0.0.2:9/x' }, 'source.redirected'],
  ['that redirects to nowhere', { type: 'redirect', location: 'http://[' }, 'source.redirected'],
];

for (const [what, fault, code] of faults) {
  test(`a server ${what} is ${code}, and the source recovers by itself`, async () => {
    await using fixture = await createSourceFixture();
    const source = fixture.source({ limits });
    fixture.server.setFault(fault);
    expect((await failureOf(source.fetchSnapshot())).code).toBe(code);
    fixture.server.setFault(undefined);
    expect((await source.fetchSnapshot()).notices).toEqual([]);
  });
}

test('a server that is down costs nothing of what was fetched before', async () => {
  await using fixture = await createSourceFixture();
  const source = fixture.source();
  const { snapshot } = await source.fetchSnapshot();
  await source.markActedOn(snapshot.commit);
  await fixture.server.close();
  expect((await failureOf(fixture.source().fetchSnapshot())).code).toBe('source.unreachable');
  const back = await startGitServer({ root: join(fixture.directory, 'root') });
  onTestFinished(back.close);
  const repository = { url: `${back.url}/fleet.git`, branch: 'main', path: '' };
  expect(await fixture.source({ repository }).fetchSnapshot()).toEqual({
    snapshot,
    moved: false,
    requests: 2, // it only listed: the objects come from the disk
    notices: [],
  });
});

test('a name that does not resolve is source.unreachable', async () => {
  await using fixture = await createSourceFixture();
  const repository = { url: 'http://git.invalid/fleet.git', branch: 'main', path: '' };
  const error = await failureOf(fixture.source({ repository, limits }).fetchSnapshot());
  expect(error.code).toBe('source.unreachable');
});

test('a repository that moved on the same server is followed there', async () => {
  await using fixture = await createSourceFixture();
  fixture.server.setFault({ type: 'moved', from: '/old.git', to: '/fleet.git' });
  const old = { url: `${fixture.server.url}/old.git`, branch: 'main', path: '' };
  const { snapshot } = await fixture.source({ repository: old }).fetchSnapshot();
  expect(snapshot.commit).toBe(await fixture.repository.head());
});

test('redirects in a circle end', async () => {
  await using fixture = await createSourceFixture();
  fixture.server.setFault({ type: 'redirect', location: '/fleet.git/info/refs?service=git-upload-pack' });
  expect((await failureOf(fixture.source().fetchSnapshot())).message).toContain('again and again');
});

test('an aborted fetch ends at once with agent.aborted', async () => {
  await using fixture = await createSourceFixture();
  fixture.server.setFault({ type: 'hang', on: 'fetch' });
  const abort = new AbortController();
  const fetching = failureOf(fixture.source().fetchSnapshot({ signal: abort.signal }));
  await expect.poll(() => fixture.server.requests.at(-1)?.stage, { timeout: 20_000 }).toBe('fetch');
  abort.abort();
  expect((await fetching).code).toBe('agent.aborted');
});

test('a branch that is not there is named beside those that are', async () => {
  await using fixture = await createSourceFixture();
  await fixture.repository.git(['branch', 'main2', 'main']);
  const error = await failureOf(fixture.source({ branch: 'mai' }).fetchSnapshot());
  expect(error).toMatchObject({ code: 'source.branch-missing', facts: { branches: ['main', 'main2'] } });
});

test('a tag of the same name is not taken for the branch', async () => {
  await using fixture = await createSourceFixture();
  await fixture.repository.git(['tag', 'main', await fixture.repository.head()]);
  const head = await fixture.repository.commit({ files: { a: '1' } });
  expect((await fixture.source().fetchSnapshot()).snapshot.commit).toBe(head);
});

test('an empty repository says so, and is read once something is pushed', async () => {
  await using fixture = await createSourceFixture();
  await fixture.repository.git(['update-ref', '-d', 'refs/heads/main']);
  const source = fixture.source();
  expect((await failureOf(source.fetchSnapshot())).code).toBe('source.empty-repository');
  const head = await fixture.repository.forcePush({ files: { a: '1' } });
  expect((await source.fetchSnapshot()).snapshot.commit).toBe(head);
});
