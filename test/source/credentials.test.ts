import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createFetchObjects } from '../../src/source/fetch/fetch-objects.ts';
import type { Credentials } from '../../src/source/repository.ts';
import { type GitServerAuth, startGitServer } from '../support/git-server.ts';
import { createTestAuthority } from '../support/git-server-certificates.ts';
import { createSourceFixture, FETCH_COMMAND, failureOf } from './source-fixture.ts';

const basic = { type: 'basic', username: 'reader', password: 'pässword:with colon' } as const;
const token = { type: 'token', token: 't0ken-of-the-repository' } as const;

for (const credentials of [basic, token]) {
  test(`${credentials.type} credentials open a private repository without an extra request`, async () => {
    await using fixture = await createSourceFixture({ auth: credentials });
    await fixture.source({ loadCredentials: async () => credentials }).fetchSnapshot();
    expect(fixture.server.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
}

test('wrong credentials are source.unauthorized and appear nowhere in the error', async () => {
  await using fixture = await createSourceFixture({ auth: token });
  const wrong = { type: 'token', token: 'hunter2-hunter2' } as const;
  const error = await failureOf(fixture.source({ loadCredentials: async () => wrong }).fetchSnapshot());
  expect(error.code).toBe('source.unauthorized');
  expect(JSON.stringify([error, error.message, error.stack, String(error.cause)])).not.toContain('hunter2');
});

test('a rotated token counts at the next sync', async () => {
  await using fixture = await createSourceFixture({ auth: token });
  let current: Credentials = { type: 'token', token: 'old' };
  const source = fixture.source({ loadCredentials: async () => current });
  expect((await failureOf(source.fetchSnapshot())).code).toBe('source.unauthorized');
  current = token;
  await source.fetchSnapshot();
});

test('credentials are not sent to the target of a redirect', async () => {
  await using fixture = await createSourceFixture({ auth: token });
  const thief = await startGitServer({ root: fixture.directory });
  try {
    fixture.server.setFault({ type: 'redirect', location: `${thief.url}/fleet.git/info/refs?service=git-upload-pack` });
    const error = await failureOf(fixture.source({ loadCredentials: async () => token }).fetchSnapshot());
    expect(error.code).toBe('source.redirected');
    expect(error.message).toContain(`${thief.url}/fleet.git`);
    expect(thief.requests).toEqual([]);
  } finally {
    await thief.close();
  }
});

test('secrets are not in the arguments or the environment of the fetch process', async () => {
  await using fixture = await createSourceFixture({ auth: token as GitServerAuth });
  fixture.server.setFault({ type: 'hang', on: 'fetch' });
  const abort = new AbortController();
  const fetching = failureOf(
    fixture.source({ loadCredentials: async () => token }).fetchSnapshot({ signal: abort.signal }),
  );
  await expect.poll(() => fixture.server.requests.at(-1)?.stage, { timeout: 20_000 }).toBe('fetch');
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const file of ['cmdline', 'environ']) {
      expect(await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')).not.toContain(token.token);
    }
  }
  abort.abort();
  await fetching;
});

test('a server with a certificate of a private authority is trusted by the CA file, and only by it', async () => {
  const authority = await createTestAuthority();
  await using fixture = await createSourceFixture({ tls: await authority.issue(['127.0.0.1']) });
  const untrusted = await failureOf(fixture.source().fetchSnapshot());
  expect(untrusted.code).toBe('source.tls');
  expect(untrusted.hint).toContain('caFile');
  const caFile = join(fixture.directory, 'ca.crt');
  expect((await failureOf(fixture.source({ caFile }).fetchSnapshot())).code).toBe('source.tls');
  await writeFile(caFile, (await createTestAuthority()).certificate);
  expect((await failureOf(fixture.source({ caFile }).fetchSnapshot())).code).toBe('source.tls');
  await writeFile(caFile, authority.certificate);
  await fixture.source({ caFile }).fetchSnapshot();
});

test('an authority that Node is told of by its environment is trusted in the fetch, too, as in the listing', async () => {
  const authority = await createTestAuthority();
  await using fixture = await createSourceFixture({ tls: await authority.issue(['127.0.0.1']) });
  const caFile = join(fixture.directory, 'ca.pem');
  await writeFile(caFile, authority.certificate);
  const fetchObjects = createFetchObjects({ command: FETCH_COMMAND });
  // the environment counts from the start of a process: here the listing is given the file instead
  const source = fixture.source({
    caFile,
    fetchObjects: (job, signal) => fetchObjects({ ...job, remote: { ...job.remote, ca: undefined } }, signal),
  });
  expect((await failureOf(source.fetchSnapshot())).code).toBe('source.tls');
  vi.stubEnv('NODE_EXTRA_CA_CERTS', caFile);
  try {
    expect((await source.fetchSnapshot()).snapshot.commit).toBe(await fixture.repository.head());
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a certificate for another name is source.tls', async () => {
  const authority = await createTestAuthority();
  await using fixture = await createSourceFixture({ tls: await authority.issue(['elsewhere.example']) });
  const caFile = join(fixture.directory, 'ca.crt');
  await writeFile(caFile, authority.certificate);
  expect((await failureOf(fixture.source({ caFile }).fetchSnapshot())).code).toBe('source.tls');
});

for (const url of [
  'ssh://git@host/x.git',
  'git@host:x.git',
  'file:///etc',
  'https://user:s3cret@host/x.git',
  'https://host/x.git?private_token=s3cret',
]) {
  test(`the URL ${url.replace('s3cret', '…')} is refused without showing a secret`, async () => {
    await using fixture = await createSourceFixture();
    const error = await failureOf((async () => fixture.source({ repository: { url, branch: 'main', path: '' } }))());
    expect(error.code).toBe('source.url-invalid');
    expect(error.message).not.toContain('s3cret');
  });
}
