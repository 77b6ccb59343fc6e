import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { createIdentityCertificate, tlsOptions } from '../../../src/admission/identity/tls-identity.ts';
import { askControlPlane } from '../../../src/observe/machine/ask-control-plane.ts';
import { newIdentity } from '../../admission/fixture-identity.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function startControlPlane(): Promise<number> {
  const identity = newIdentity();
  return listen(createTlsServer(tlsOptions(identity, await createIdentityCertificate(identity))));
}

test('a control plane that completes a handshake is seen, whatever its certificate', async () => {
  expect(await askControlPlane(`127.0.0.1:${await startControlPlane()}`)).toBe('answers');
});

test('one that lets the first handshake hang is asked again', async () => {
  const port = await startControlPlane();
  let connections = 0;
  const slow = createServer((socket) => {
    socket.on('error', () => {});
    connections += 1;
    if (connections === 1) return;
    const onward = connect(port, '127.0.0.1');
    socket.pipe(onward).pipe(socket);
  });
  expect(await askControlPlane(`127.0.0.1:${await listen(slow)}`, undefined, 200)).toBe('answers');
});

test('a load balancer that accepts and closes, and one where nobody listens, are none', async () => {
  const balancer = createServer((socket) => socket.destroy());
  const port = await listen(balancer);
  expect(await askControlPlane(`127.0.0.1:${port}`, undefined, 50)).toBe('silent');
  balancer.close();
  expect(await askControlPlane(`127.0.0.1:${port}`)).toBe('refuses');
});

test('a name that does not resolve tells nothing of who is there', async () => {
  const asked = askControlPlane('no-such-name.invalid:6443', undefined, 50);
  await expect(asked).rejects.toMatchObject({ code: 'kubeadm.endpoint-unresolved' });
});

test('a stop ends the asking', async () => {
  const port = await listen(createServer((socket) => socket.destroy()));
  const stop = AbortSignal.timeout(50);
  await expect(askControlPlane(`127.0.0.1:${port}`, stop, 60_000)).rejects.toMatchObject({ name: 'AbortError' });
});
