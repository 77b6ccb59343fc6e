import { type Socket, connect as tcpConnect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { startEnrolmentServer } from '../../../src/admission/door/enrolment-server.ts';
import { createPendingQueue } from '../../../src/admission/door/pending-queue.ts';
import { createIdentityCertificate, tlsOptions } from '../../../src/admission/identity/tls-identity.ts';
import { createEnrolmentKey } from '../../../src/admission/join/enrolment-key.ts';
import { MAX_BODY_BYTES } from '../../../src/admission/protocol/enrolment-protocol.ts';
import { acceptedNode, definitionOf } from '../definition-fixture.ts';
import { newIdentity } from '../fixture-identity.ts';
import { createTestAuthority } from '../test-authority.ts';

const control = newIdentity();
const definition = definitionOf([acceptedNode('cp-1', control.fingerprint, 'control-plane')]);

async function serve(timeouts = { handshakeMs: 300, requestMs: 500 }, knownAddresses: readonly string[] = []) {
  const pending = createPendingQueue();
  let refreshes = 0;
  const server = await startEnrolmentServer({
    identity: control,
    listen: { host: '127.0.0.1', port: 0 },
    pending,
    currentDefinition: async () => definition,
    refresh: async () => {
      refreshes++;
      return definition;
    },
    loadClusterCA: async () => '',
    issueCertificate: () => Promise.reject(new Error('nobody is accepted')),
    onError: () => {},
    knownAddresses: () => knownAddresses,
    timeouts,
  });
  onTestFinished(() => server.close());
  return { port: server.port, pending, refreshes: () => refreshes };
}

async function openTls(port: number, identity = newIdentity()): Promise<TLSSocket> {
  const options = tlsOptions(identity, await createIdentityCertificate(identity));
  const socket = tlsConnect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Everything the server says until it ends the connection. */
function untilClosed(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (data: Buffer) => {
      text += data.toString();
    });
    socket.once('close', () => resolve(text));
  });
}

function post(body: string, length = Buffer.byteLength(body)): string {
  return `POST /v1/enrol HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${body}`;
}

test('a client without a certificate is cut off', async () => {
  const { port, pending } = await serve();
  const socket = tlsConnect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  socket.write(post('{}'));
  expect(await untilClosed(socket)).toBe('');
  expect(pending.list()).toEqual([]);
});

test('a client with a certificate that is no identity is cut off', async () => {
  const { port } = await serve();
  const stranger = await (await createTestAuthority()).serve('stranger');
  const socket = tlsConnect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...stranger });
  socket.write(post('{}'));
  expect(await untilClosed(socket)).toBe('');
});

test('a client whose certificate has no subject is cut off, and the server goes on', async () => {
  const { port } = await serve();
  const stranger = await (await createTestAuthority()).serve('');
  const socket = tlsConnect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...stranger });
  socket.write(post('{}'));
  expect(await untilClosed(socket)).toBe('');
  const next = await openTls(port);
  next.write(post('{}'));
  expect(await untilClosed(next)).toContain('HTTP/1.1 400');
});

test('a client that speaks TLS 1.2 only is cut off', async () => {
  const { port } = await serve();
  const identity = newIdentity();
  const options = {
    ...tlsOptions(identity, await createIdentityCertificate(identity)),
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
  } as const;
  const socket = tlsConnect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
  socket.write(post('{}'));
  expect(await untilClosed(socket)).toBe('');
});

test('a client that never begins the handshake is cut off', async () => {
  const { port } = await serve();
  expect(await untilClosed(tcpConnect(port, '127.0.0.1'))).toBe('');
});

test.each([
  ['the headers', 'POST /v1/enrol HTTP/1.1\r\nhost: x\r\n'],
  ['the body', post('{', 100)],
])('a client that never ends %s is cut off', async (_what, text) => {
  const { port } = await serve();
  const socket = await openTls(port);
  socket.write(text);
  expect(await untilClosed(socket)).toMatch(/^$|^HTTP\/1.1 408/);
});

test('a body over the limit is refused before it has been read', async () => {
  const { port } = await serve();
  const socket = await openTls(port);
  socket.write(post('x'.repeat(MAX_BODY_BYTES + 1), 1e12));
  expect(await untilClosed(socket)).toMatch(/^HTTP\/1.1 413/);
});

test.each([
  ['no JSON', 'hello', /not a JSON object/],
  ['a list', '[]', /not a JSON object/],
  ['no name', '{}', /no node name/],
  ['a name that is none', JSON.stringify({ name: '../\u001b[2J' }), /no node name/],
  ['no certificate request', JSON.stringify({ name: 'w-1' }), /certificate request is missing/],
  ['a bad certificate request', JSON.stringify({ name: 'w-1', csr: 'x' }), /not one PEM block/],
  ['deeply nested JSON', '['.repeat(60_000), /not a JSON object/],
])('a request with %s is refused with the reason', async (_what, body, reason) => {
  const { port } = await serve({ handshakeMs: 5_000, requestMs: 5_000 });
  const socket = await openTls(port);
  socket.write(post(body));
  const answer = await untilClosed(socket);
  expect(answer).toMatch(/^HTTP\/1.1 400/);
  expect(answer).toMatch(reason);
  expect(answer).not.toContain('\u001b');
});

test('what a machine says of itself is printable and short, whatever it sends', async () => {
  const { port, pending } = await serve({ handshakeMs: 5_000, requestMs: 5_000 });
  const identity = newIdentity();
  const { csr } = await createEnrolmentKey(identity.fingerprint);
  const facts = {
    hostname: `\u001b[31m${'h'.repeat(5_000)}`,
    addresses: Array.from({ length: 500 }, () => 'a'),
    osImage: { a: 1 },
  };
  const socket = await openTls(port, identity);
  socket.write(post(JSON.stringify({ name: 'w-1', csr, facts })));
  expect(await untilClosed(socket)).toMatch(/^HTTP\/1.1 202/);
  const [machine] = pending.list();
  expect(machine?.facts.hostname).toMatch(/^\?\[31mh+$/);
  expect(machine?.facts.hostname).toHaveLength(253);
  expect(machine?.facts).toMatchObject({ osImage: '', machineId: '' });
  expect(machine?.facts.addresses).toHaveLength(8);
});

test('one key that asks again and again is told to wait, and other keys are not', async () => {
  const { port, refreshes } = await serve({ handshakeMs: 5_000, requestMs: 5_000 });
  const identity = newIdentity();
  const { csr } = await createEnrolmentKey(identity.fingerprint);
  const sockets = await Promise.all(Array.from({ length: 12 }, () => openTls(port, identity)));
  for (const socket of sockets) socket.write(post(JSON.stringify({ name: 'w-1', csr })));
  const statuses = await Promise.all(sockets.map(async (socket) => (await untilClosed(socket)).slice(9, 12)));
  expect(statuses.toSorted((a, b) => Number(a) - Number(b))).toEqual([...Array(10).fill('202'), '429', '429']);
  expect(refreshes()).toBeLessThan(5); // the repository is not asked for each of them
  const other = newIdentity();
  const socket = await openTls(port, other);
  const request = { name: 'w-2', csr: (await createEnrolmentKey(other.fingerprint)).csr };
  socket.write(post(JSON.stringify(request)));
  expect(await untilClosed(socket)).toMatch(/^HTTP\/1.1 202/);
});

test('one address cannot hold more than its share of connections', async () => {
  const { port } = await serve({ handshakeMs: 60_000, requestMs: 60_000 });
  const sockets = Array.from({ length: 100 }, () => tcpConnect(port, '127.0.0.1'));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  const closed = await Promise.race([
    Promise.all(sockets.slice(64).map(untilClosed)).then(() => 'those over the share are closed'),
    Promise.any(sockets.slice(0, 64).map(untilClosed)).then(() => 'one within the share was closed'),
  ]);
  expect(closed).toBe('those over the share are closed');
});

test('strangers who hold all the connections they get keep no machine near a known Node out', async () => {
  const { port } = await serve({ handshakeMs: 20_000, requestMs: 20_000 }, ['127.0.9.1']);
  const open = (localAddress: string): Socket => {
    const socket = tcpConnect({ port, host: '127.0.0.1', localAddress });
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  const strangers = Array.from({ length: 320 }, (_, n) => open(`127.0.${1 + (n % 5)}.1`));
  await expect.poll(() => strangers.filter((socket) => socket.closed).length, { timeout: 10_000 }).toBe(320 - 192);
  const late = open('127.0.7.1');
  expect(await untilClosed(late)).toBe('');
  const identity = newIdentity();
  const options = tlsOptions(identity, await createIdentityCertificate(identity));
  const socket = tlsConnect({ socket: open('127.0.9.2'), rejectUnauthorized: false, ...options });
  socket.write(post('{}'));
  expect(await untilClosed(socket)).toContain('HTTP/1.1 400');
});

test('a stranger who keeps asking does not make the control plane read the repository each time', async () => {
  const { port, refreshes } = await serve({ handshakeMs: 5_000, requestMs: 5_000 });
  const until = performance.now() + 9_000;
  for (let asked = 0; performance.now() < until; asked++) {
    const identity = newIdentity();
    const { csr } = await createEnrolmentKey(identity.fingerprint);
    const socket = await openTls(port, identity);
    socket.write(post(JSON.stringify({ name: `w-${asked}`, csr })));
    expect(await untilClosed(socket)).toMatch(/^HTTP\/1.1 (202|503)/);
    await delay(40); // slower than its network may connect: a connection too many gets no answer
  }
  expect(refreshes()).toBeLessThanOrEqual(3);
});
