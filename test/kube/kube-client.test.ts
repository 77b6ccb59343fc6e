import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { createTestAuthority, type TestAuthority } from '../support/git-server-certificates.ts';

// An API server that misbehaves: what a real one cannot be made to do at will.

let authority: TestAuthority;
const endings: (() => unknown)[] = [];

beforeAll(async () => {
  authority = await createTestAuthority();
});

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const DISCOVERY = { resources: [{ name: 'secrets', kind: 'Secret', namespaced: true, verbs: ['get'] }] };
const SECRET = { apiVersion: 'v1', kind: 'Secret', namespace: 'default', name: 's' };

async function serve(answer: Answer): Promise<{ server: Server; url: string }> {
  const server = createServer(await authority.issue(['127.0.0.1']), (request, response) => {
    if (request.url === '/api/v1') response.end(JSON.stringify(DISCOVERY));
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function kubeconfig(url: string, ca = authority.certificate, user = '{token: first}'): string {
  const data = Buffer.from(ca).toString('base64');
  return `
current-context: c
clusters: [{name: c, cluster: {server: "${url}", certificate-authority-data: ${data}}}]
users: [{name: u, user: ${user}}]
contexts: [{name: c, context: {cluster: c, user: u}}]
`;
}

async function connect(answer: Answer): Promise<KubeClient> {
  const { url } = await serve(answer);
  const client = await createKubeClient({ text: kubeconfig(url) });
  endings.push(client.close);
  return client;
}

const json = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
  response.writeHead(status, headers).end(JSON.stringify(body));
};

test('a server that is busy is asked again when it says so', async () => {
  let asked = 0;
  const client = await connect((_, response) => {
    asked += 1;
    if (asked < 3) json(response, asked === 1 ? 429 : 503, {}, { 'retry-after': '0' });
    else json(response, 200, { ...SECRET, metadata: { name: 's' } });
  });
  expect((await client.get(SECRET))?.metadata.name).toBe('s');
  expect(asked).toBe(3);
});

test('a server that stays busy is an error after a few times', async () => {
  let asked = 0;
  const client = await connect((_, response) => {
    asked += 1;
    json(response, 429, {}, { 'retry-after': '0' });
  });
  await expect(client.get(SECRET)).rejects.toMatchObject({ code: 'kube.overloaded' });
  expect(asked).toBe(5);
});

test('a connection that the server closed while it lay idle is not an error', async () => {
  const sockets = new Set<string>();
  const client = await connect((request, response) => {
    sockets.add(`${request.socket.remotePort}`);
    // ends the connection after the answer without saying so: the next request on it meets a reset
    json(response, 200, { ...SECRET, metadata: { name: 's' } });
    request.socket.once('data', () => request.socket.destroy());
  });
  for (let round = 0; round < 5; round++) await client.get(SECRET);
  expect(sockets.size).toBeGreaterThan(1);
});

test('an answer without end is cut off', async () => {
  const client = await connect((_, response) => {
    const chunk = Buffer.alloc(1024 * 1024, 32);
    const more = (): void => {
      while (response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  await expect(client.get(SECRET)).rejects.toMatchObject({ code: 'kube.too-large' });
});

test('an answer that is no JSON is not repeated in the error', async () => {
  const client = await connect((_, response) => void response.end('<html>hunter2</html>'));
  const error = await client.get(SECRET).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'kube.unexpected' });
  expect(String(error)).not.toContain('hunter2');
});

test('a server that never answers is left after the time limit, and at once on a signal', async () => {
  const client = await connect(() => {});
  await expect(client.request({ method: 'GET', path: '/x', timeoutMs: 50 })).rejects.toMatchObject({
    code: 'kube.timeout',
  });
  const stop = new AbortController();
  const pending = client.get(SECRET, { signal: stop.signal });
  stop.abort();
  await expect(pending).rejects.toMatchObject({ code: 'agent.aborted' });
});

test('a time limit, or a signal, in the middle of an answer is what the error says', async () => {
  const client = await connect((_, response) => void response.writeHead(200).write('{"items": ['));
  const request = { method: 'GET', path: '/x' } as const;
  await expect(client.request({ ...request, timeoutMs: 300 })).rejects.toMatchObject({ code: 'kube.timeout' });
  const signal = AbortSignal.timeout(300);
  await expect(client.request({ ...request, signal })).rejects.toMatchObject({ code: 'agent.aborted' });
});

test('a connection that breaks in the middle of an answer is unreachable', async () => {
  const client = await connect((_, response) => {
    response.writeHead(200).write('{"items": [');
    setTimeout(() => response.destroy(), 100);
  });
  await expect(client.request({ method: 'GET', path: '/x' })).rejects.toMatchObject({ code: 'kube.unreachable' });
});

test('a watch says of a stream that breaks, or is no JSON, what happened to it', async () => {
  let watches = 0;
  const client = await connect((request, response) => {
    if (!request.url?.includes('watch=true'))
      return json(response, 200, { metadata: { resourceVersion: '1' }, items: [] });
    response.writeHead(200).write(watches++ === 0 ? 'no JSON\n' : '{');
    if (watches === 2) setTimeout(() => response.destroy(), 100);
  });
  const stop = new AbortController();
  const codes: unknown[] = [];
  const onError = (error: unknown): void => {
    codes.push((error as { code?: unknown }).code);
    if (codes.length === 2) stop.abort();
  };
  for await (const event of client.watch('v1', 'Secret', { signal: stop.signal, onError }))
    expect(event.type).toBe('listed');
  expect(codes).toEqual(['kube.unexpected', 'kube.unreachable']);
});

test('the reason of a watch that the server ends is told in a printable form', async () => {
  const client = await connect((request, response) => {
    if (!request.url?.includes('watch=true'))
      return json(response, 200, { metadata: { resourceVersion: '1' }, items: [] });
    response.end(`${JSON.stringify({ type: 'ERROR', object: { code: 500, reason: '\u001b[2J' } })}\n`);
  });
  const stop = new AbortController();
  const errors: unknown[] = [];
  const onError = (error: unknown): void => {
    errors.push(error);
    stop.abort();
  };
  for await (const event of client.watch('v1', 'Secret', { signal: stop.signal, onError }))
    expect(event.type).toBe('listed');
  expect(String(errors[0])).toContain('watch Secret: \\u{1b}[2J');
});

test('NODE_TLS_REJECT_UNAUTHORIZED in the environment does not make it talk to an impostor', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  endings.push(() => vi.unstubAllEnvs());
  let asked = 0;
  const { url } = await serve(() => {
    asked += 1;
  });
  const other = await createTestAuthority();
  const client = await createKubeClient({ text: kubeconfig(url, other.certificate) });
  endings.push(client.close);
  await expect(client.get(SECRET)).rejects.toMatchObject({ code: 'kube.untrusted' });
  expect(asked).toBe(0);
});

test('a server that another CA vouches for gets no request', async () => {
  const { url } = await serve((_, response) => json(response, 200, {}));
  const other = await createTestAuthority();
  const client = await createKubeClient({ text: kubeconfig(url, other.certificate) });
  endings.push(client.close);
  await expect(client.get(SECRET)).rejects.toMatchObject({ code: 'kube.untrusted' });
});

test('a port on which nobody listens is unreachable, by name', async () => {
  const { server, url } = await serve(() => {});
  server.close();
  const client = await createKubeClient({ text: kubeconfig(url) });
  await expect(client.get(SECRET)).rejects.toMatchObject({
    code: 'kube.unreachable',
    message: `the API server does not answer: ${new URL(url).host} (ECONNREFUSED)`,
  });
});

test('credentials that are refused are read anew, once, and used by all who wait', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kubic-kube-'));
  endings.push(() => rm(dir, { recursive: true }));
  const { url } = await serve((request, response) => {
    const known = request.headers.authorization === 'Bearer second';
    json(response, known ? 200 : 401, { ...SECRET, metadata: { name: 's' } });
  });
  const path = join(dir, 'kubeconfig');
  await writeFile(path, kubeconfig(url));
  const client = await createKubeClient({ path });
  endings.push(client.close);
  await expect(client.get(SECRET)).rejects.toMatchObject({ code: 'kube.unauthorized' });
  await writeFile(path, kubeconfig(url, authority.certificate, '{token: second}'));
  const found = await Promise.all(Array.from({ length: 5 }, () => client.get(SECRET)));
  expect(found.map((object) => object?.metadata.name)).toEqual(['s', 's', 's', 's', 's']);
});

/** A client whose kubeconfig is changed on disk while it runs. */
async function connectByFile(url: string, ca?: string) {
  const dir = await mkdtemp(join(tmpdir(), 'kubic-kube-'));
  endings.push(() => rm(dir, { recursive: true }));
  const path = join(dir, 'kubeconfig');
  await writeFile(path, kubeconfig(url, ca));
  const client = await createKubeClient({ path });
  endings.push(client.close);
  return { client, change: (next: string, nextCa?: string) => writeFile(path, kubeconfig(next, nextCa)) };
}

const answering: Answer = (_, response) => json(response, 200, { ...SECRET, metadata: { name: 's' } });

test('a server that is not trusted any more has the kubeconfig read anew: its CA may have been replaced', async () => {
  const { url } = await serve(answering);
  const { client, change } = await connectByFile(url, (await createTestAuthority()).certificate);
  await change(url);
  expect((await client.get(SECRET))?.metadata.name).toBe('s');
});

test('a server that does not answer any more has the kubeconfig read anew, once a minute at most', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  endings.push(() => vi.useRealTimers());
  const { url } = await serve(answering);
  const gone = await serve(() => {});
  gone.server.close();
  const { client, change } = await connectByFile(gone.url);
  await expect(client.get(SECRET)).rejects.toMatchObject({ code: 'kube.unreachable' });
  await change(url);
  await expect(client.get(SECRET)).rejects.toMatchObject({ code: 'kube.unreachable' });
  vi.advanceTimersByTime(60_000);
  expect((await client.get(SECRET))?.metadata.name).toBe('s');
});

test('a watch finds the server that the kubeconfig names meanwhile', async () => {
  const { url } = await serve((_, response) => json(response, 200, { metadata: { resourceVersion: '1' }, items: [] }));
  const { client, change } = await connectByFile(url, (await createTestAuthority()).certificate);
  await change(url);
  for await (const event of client.watch('v1', 'Secret', { signal: AbortSignal.timeout(10_000) })) {
    expect(event).toEqual({ type: 'listed', objects: [] });
    break;
  }
});

test('a Secret in an error of the server is named by its fields only', async () => {
  const causes = [{ field: 'data[a]', reason: 'FieldValueInvalid', message: 'Invalid value: "hunter2"' }];
  const client = await connect((_, response) =>
    json(response, 422, { reason: 'Invalid', message: 'Secret "s" is invalid: hunter2', details: { causes } }),
  );
  await expect(client.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } })).rejects.toMatchObject({
    code: 'kube.invalid',
    message: 'the API server finds the object invalid: create Secret s: data[a] FieldValueInvalid',
    facts: { fields: ['data[a]'] },
  });
});

test('what a server says is one bounded line without control characters', async () => {
  const client = await connect((_, response) => json(response, 403, { message: `no\u001b[2J\n${'x'.repeat(5000)}` }));
  const error = await client.request({ method: 'GET', path: '/x' }).catch((caught: unknown) => caught);
  expect(String(error)).not.toMatch(/\p{Cc}/u);
  expect(String(error).length).toBeLessThan(800);
});

test.for([
  ['exec', '{exec: {command: sh}}', 'kube.kubeconfig-refused'],
  ['auth-provider', '{auth-provider: {name: gcp}}', 'kube.kubeconfig-refused'],
  ['impersonation', '{token: x, as: admin}', 'kube.kubeconfig-refused'],
] as const)('a kubeconfig with %s is refused', async ([, user, code]) => {
  const text = kubeconfig('https://127.0.0.1:1', authority.certificate, user);
  await expect(createKubeClient({ text })).rejects.toMatchObject({ code });
});

test.for([
  ['insecure-skip-tls-verify', 'insecure-skip-tls-verify: true, server: "https://x"', 'kube.kubeconfig-refused'],
  ['a proxy', 'proxy-url: "http://p", server: "https://x"', 'kube.kubeconfig-refused'],
  ['plain http', 'server: "http://x"', 'kube.kubeconfig-refused'],
  ['no CA', 'server: "https://x"', 'kube.kubeconfig-invalid'],
] as const)('a kubeconfig with %s is refused', async ([, cluster, code]) => {
  const text = `{current-context: c, clusters: [{name: c, cluster: {${cluster}}}], users: [{name: u, user: {token: hunter2}}], contexts: [{name: c, context: {cluster: c, user: u}}]}`;
  await expect(createKubeClient({ text })).rejects.toMatchObject({ code });
});

test.for(['', 'a: [', '[]', 'current-context: x', '{current-context: 1, users: hunter2}'])(
  'a broken kubeconfig is said to be one, and not quoted: %j',
  async (text) => {
    const error = await createKubeClient({ text }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'kube.kubeconfig-invalid' });
    expect(String(error)).not.toContain('hunter2');
  },
);

test('a name never reaches another path', async () => {
  const paths: (string | undefined)[] = [];
  const client = await connect((request, response) => {
    paths.push(request.url);
    json(response, 404, { reason: 'NotFound' });
  });
  await client.get({ ...SECRET, name: '../../nodes?x=#y' });
  expect(paths).toEqual(['/api/v1/namespaces/default/secrets/..%2F..%2Fnodes%3Fx%3D%23y']);
  await expect(client.get({ ...SECRET, name: '..' })).rejects.toThrow('not a name');
});

test('a machine kubeconfig whose user says nothing is one without credentials', async () => {
  const seen: unknown[] = [];
  const { url } = await serve((request, response) => {
    seen.push(request.headers.authorization);
    json(response, 200, { ...SECRET, metadata: { name: 's' } });
  });
  const client = await createKubeClient({ text: kubeconfig(url, authority.certificate, '') });
  endings.push(client.close);
  await client.get(SECRET);
  expect(seen).toEqual([undefined]);
});
