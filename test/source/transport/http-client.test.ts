import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createHttpClient } from '../../../src/source/transport/http-client.ts';
import { createTestAuthority } from '../../support/git-server-certificates.ts';
import { createSourceFixture, failureOf } from '../source-fixture.ts';

test('a server that falls silent in the middle of an answer is too slow, not cut short', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' });
    response.write('001e# service=git-upload-pack\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createHttpClient({ limits: { maxBytes: 10_000, idleMs: 200, totalMs: 20_000 } });
  onTestFinished(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  const read = async (): Promise<void> => {
    const { body } = await client.request({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/info/refs`,
    });
    for await (const _ of body ?? []);
  };
  await expect(read()).rejects.toMatchObject({ code: 'source.too-slow' });
});

test('NODE_TLS_REJECT_UNAUTHORIZED in the environment does not make it talk to an impostor', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const authority = await createTestAuthority();
  await using fixture = await createSourceFixture({ tls: await authority.issue(['127.0.0.1']) });
  expect((await failureOf(fixture.source().fetchSnapshot())).code).toBe('source.tls');
});
