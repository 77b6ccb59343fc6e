import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectKubeClient } from '../../../src/kube/create-kube-client.ts';
import { loadUserRoute } from '../../../src/kube/user/load-user-route.ts';
import { createTestAuthority } from '../../support/git-server-certificates.ts';
import { directoryWith, kubeconfigOf, selected } from './user-kubeconfig-files.ts';

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A SOCKS5 proxy without a password (RFC 1928) that leads everybody to one port. */
function createSocksProxy(port: number, asked: string[]): Server {
  return createServer(async (socket) => {
    socket.on('error', () => socket.destroy());
    await once(socket, 'data');
    socket.write(Buffer.from([5, 0]));
    const [request] = (await once(socket, 'data')) as [Buffer];
    const isName = request[3] === 3;
    asked.push(isName ? request.subarray(5, 5 + (request[4] ?? 0)).toString() : [...request.subarray(4, 8)].join('.'));
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
      socket.pipe(upstream).pipe(socket);
    });
    upstream.on('error', () => socket.destroy());
  });
}

test('a SOCKS proxy is gone through, and the server behind it is checked and is shown our certificate', async () => {
  const [authority, other] = [await createTestAuthority(), await createTestAuthority()];
  const own = await authority.issue(['ada']);
  const seen: unknown[] = [];
  const options = { ...(await authority.issue(['api.test'])), ca: authority.certificate, requestCert: true };
  const server = createHttpsServer(options, (request, response) => {
    seen.push([request.headers.authorization, (request.socket as unknown as { authorized: boolean }).authorized]);
    response.end('{}');
  });
  const asked: string[] = [];
  const proxy = await listen(createSocksProxy(await listen(server), asked));
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const configOf = (ca: string, name = 'api.test') =>
    kubeconfigOf(
      {
        server: 'https://192.0.2.7:6443',
        'tls-server-name': name,
        'certificate-authority-data': base64(ca),
        'proxy-url': `socks5://127.0.0.1:${proxy}`,
      },
      { token: 't', 'client-certificate-data': base64(own.cert), 'client-key-data': base64(own.key) },
    );
  const directory = await directoryWith({
    config: configOf(authority.certificate),
    impostor: configOf(other.certificate),
    otherName: configOf(authority.certificate, 'other.test'),
  });
  const ask = async (name: string): Promise<unknown> => {
    const load = () => loadUserRoute(selected(directory, name), { env: {}, warn: () => {}, timeoutMs: 1_000 });
    const client = await connectKubeClient(load);
    onTestFinished(client.close);
    return client.request({ method: 'GET', path: '/version' });
  };
  expect(await ask('config')).toEqual({});
  expect(seen).toEqual([['Bearer t', true]]);
  expect(asked).toEqual(['192.0.2.7']);
  await expect(ask('impostor')).rejects.toMatchObject({ code: 'kube.untrusted' });
  await expect(ask('otherName')).rejects.toMatchObject({ code: 'kube.untrusted' });
  expect(seen).toHaveLength(1);
});

test.each(['ftp://p', 'p:3128', 'file:///x'])('a proxy that is none is refused, and not quoted: %s', async (proxy) => {
  const cluster = { server: 'https://192.0.2.7', 'proxy-url': `${proxy}hunter2` };
  const directory = await directoryWith({ config: kubeconfigOf(cluster, {}) });
  const options = { env: {}, warn: () => {}, timeoutMs: 1_000 };
  const error = await loadUserRoute(selected(directory), options).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'kube.kubeconfig-invalid' });
  expect(String(error)).not.toContain('hunter2');
});
