import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer as createTcpServer, connect as tcpConnect } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer, connect as tlsConnect } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type EnrolmentServerDeps, startEnrolmentServer } from '../../src/admission/door/enrolment-server.ts';
import { createPendingQueue } from '../../src/admission/door/pending-queue.ts';
import type { Identity } from '../../src/admission/identity/identity.ts';
import { createIdentityCertificate, tlsOptions } from '../../src/admission/identity/tls-identity.ts';
import { type EnrolDeps, type EnrolmentState, enrol, registerMachine } from '../../src/admission/join/enrol.ts';
import { createEnrolmentKey } from '../../src/admission/join/enrolment-key.ts';
import type { Definition } from '../../src/definition/definition.ts';
import { spkiOf } from '../../src/pki/fingerprint.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { fetchDesired } from '../../src/sync/fetch-desired.ts';
import { createSourceFixture } from '../source/source-fixture.ts';
import { acceptedNode, definitionOf } from './definition-fixture.ts';
import { listening } from './door/listening.ts';
import { newIdentity } from './fixture-identity.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { createTestAuthority } from './test-authority.ts';

const authority = await createTestAuthority();
const control = newIdentity();
const machine = newIdentity();
const controlPlane = acceptedNode('cp-1', control.fingerprint, 'control-plane');
const accepting = definitionOf([controlPlane, acceptedNode('w-1', machine.fingerprint)]);
const unknowing = definitionOf([controlPlane]);

/** The files of a repository that declares the accepted machines. */
function filesOf({ cluster, accepted }: Definition): Record<string, string> {
  const head = (kind: string) => ({ apiVersion: 'kubic.suse.com/v1beta1', kind });
  const { kubernetesVersion, seeder, controlPlaneEndpoint, network } = cluster;
  const spec = { kubernetesVersion, seeder, controlPlaneEndpoint, network };
  const nodes = accepted.map(({ name, key, role }) => ({ name, key, role }));
  return {
    'cluster.yaml': JSON.stringify({ ...head('Cluster'), metadata: { name: cluster.name }, spec }),
    'nodes.yaml': JSON.stringify({ ...head('NodeList'), accepted: nodes }),
  };
}

async function serve(definition: Definition, deps: Partial<EnrolmentServerDeps> = {}) {
  const pending = createPendingQueue();
  const errors: string[] = [];
  const issued: string[] = [];
  const server = await startEnrolmentServer({
    identity: control,
    listen: { host: '127.0.0.1', port: 0 },
    pending,
    currentDefinition: async () => definition,
    refresh: async () => definition,
    loadClusterCA: async () => authority.ca,
    issueCertificate: (csr, fingerprint) => {
      issued.push(fingerprint);
      return authority.sign(csr);
    },
    onError: (error) => errors.push(error.code),
    ...deps,
  });
  onTestFinished(() => server.close());
  return { endpoint: `127.0.0.1:${server.port}`, port: server.port, pending, errors, issued };
}

function client(identity: Identity = machine, deps: Partial<EnrolDeps> = {}) {
  const states: EnrolmentState[] = [];
  const progress: string[] = [];
  return {
    states,
    identity,
    definition: accepting,
    signal: new AbortController().signal,
    seen: progress,
    onEnrolment: (state: EnrolmentState) => void states.push(state),
    progress: (text: string) => void progress.push(text),
    ...deps,
  };
}

const spec = (...endpoints: readonly string[]) => ({ nodeName: 'w-1', endpoints, pins: [control.fingerprint] });

test('an accepted machine gets its name, the CA and a certificate for a key that never left it', async () => {
  const server = await serve(accepting);
  const deps = client();
  const admission = await enrol(spec(server.endpoint), deps);
  expect(admission).toMatchObject({ nodeName: 'w-1', role: 'worker', controlPlaneEndpoint: '10.250.0.11:6443' });
  const certificate = new X509Certificate(admission.certificate);
  expect(certificate.subject.replaceAll('\\', '')).toBe(
    `O=system:bootstrappers:kubic\nCN=kubic:enrol:${machine.fingerprint}`,
  );
  expect(admission.privateKey).toContain('PRIVATE KEY');
  expect(deps.states).toEqual([{ state: 'accepted', message: 'accepted as w-1' }]);
  expect(server.pending.list()).toEqual([]);
});

test('a machine that asks again before it had its answer is issued the last certificate last; others do not wait', async () => {
  const other = newIdentity();
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const server = await serve(
    definitionOf([controlPlane, acceptedNode('w-1', machine.fingerprint), acceptedNode('w-2', other.fingerprint)]),
    {
      issueCertificate: async (csr, fingerprint) => {
        begun.push(fingerprint);
        await new Promise<void>((resolve) => ends.push(resolve));
        return authority.sign(csr);
      },
    },
  );
  const first = enrol(spec(server.endpoint), client());
  await vi.waitFor(() => expect(begun).toEqual([machine.fingerprint]));
  const second = enrol(spec(server.endpoint), client());
  const beside = enrol({ ...spec(server.endpoint), nodeName: 'w-2' }, client(other));
  await vi.waitFor(() => expect(begun).toContain(other.fingerprint));
  expect(begun).toEqual([machine.fingerprint, other.fingerprint]);
  ends.shift()?.();
  await first;
  await vi.waitFor(() => expect(begun).toHaveLength(3));
  for (const end of ends) end();
  await Promise.all([second, beside]);
});

test('a machine that nobody knows waits, with what helps to recognise it', async () => {
  const server = await serve(unknowing);
  const state = await registerMachine(spec(server.endpoint), client());
  expect(state).toEqual({ state: 'pending', message: `waiting until ${machine.fingerprint} is accepted as w-1` });
  expect(server.pending.list()).toMatchObject([
    { fingerprint: machine.fingerprint, name: 'w-1', address: '127.0.0.1' },
  ]);
  expect(server.pending.list()[0]?.facts.kernel).not.toBe('');
  expect(server.issued).toEqual([]);
});

test('an accept that was committed a moment ago counts: the head is read before the answer', async () => {
  const server = await serve(unknowing, { refresh: async () => accepting, currentDefinition: async () => accepting });
  await expect(enrol(spec(server.endpoint), client())).resolves.toMatchObject({ nodeName: 'w-1' });
});

test('an accept that was committed since the head was read for another question counts as well', async () => {
  let head = unknowing;
  let known = unknowing;
  const refresh = async () => {
    known = head;
    return known;
  };
  const server = await serve(unknowing, { refresh, currentDefinition: async () => known });
  await expect(registerMachine(spec(server.endpoint), client())).resolves.toMatchObject({ state: 'pending' });
  head = accepting;
  await expect(enrol(spec(server.endpoint), client())).resolves.toMatchObject({ nodeName: 'w-1' });
});

test('without a fresh head nobody gets a certificate', async () => {
  const refresh = () => Promise.reject(new Error('Git is down'));
  const server = await serve(accepting, { refresh });
  await expect(enrol(spec(server.endpoint), client())).rejects.toMatchObject({ code: 'admission.busy' });
  expect(server.issued).toEqual([]);
});

test('a Git server that hangs keeps no machine waiting: each is told, and no other reading is begun beside', async () => {
  await using fixture = await createSourceFixture();
  await fixture.repository.commit({ files: filesOf(accepting), remove: ['addons'] });
  const source = fixture.repositorySource();
  const settings = { repository: { url: fixture.url } } as Settings;
  let reading = new AbortController();
  const refresh = async () =>
    (await fetchDesired({ source, settings, signal: reading.signal, emit: () => {} })).definition;
  const known = await refresh();
  fixture.server.clear();
  fixture.server.setFault({ type: 'hang' });
  const server = await serve(known, { refresh, patienceMs: 300 });
  const cannotRead = {
    code: 'admission.busy',
    message: expect.stringContaining('the cluster repository cannot be read'),
  };
  const ask = () => expect(enrol(spec(server.endpoint), client())).rejects.toMatchObject(cannotRead);
  await Promise.all([ask(), ask()]);
  // for whom it does not know it would have the head read anew: not while that is still under way
  const asking = registerMachine({ ...spec(server.endpoint), nodeName: 'w-9' }, client(newIdentity()));
  await expect(asking).resolves.toMatchObject({ state: 'pending' });
  await ask();
  expect(fixture.server.requests).toHaveLength(1);
  expect(server.issued).toEqual([]);

  fixture.server.setFault(undefined);
  reading.abort();
  reading = new AbortController();
  await vi.waitFor(() => enrol(spec(server.endpoint), client()), { timeout: 20_000, interval: 1_000 });
  expect(server.issued).toEqual([machine.fingerprint]);
});

test('a rejected machine is told why, also when it is accepted as well', async () => {
  const rejected = [{ key: machine.fingerprint, name: 'w-1', reason: 'stolen' }];
  const server = await serve(definitionOf(accepting.accepted, rejected));
  const deps = client();
  await expect(enrol(spec(server.endpoint), deps)).rejects.toMatchObject({ code: 'admission.rejected' });
  expect(deps.states).toMatchObject([{ state: 'rejected', message: expect.stringContaining('stolen') }]);
  expect(server.issued).toEqual([]);
});

test('a wrong key under a good name stays out, and both sides see both fingerprints and what to commit', async () => {
  const other = newIdentity();
  const server = await serve(accepting);
  const deps = client(other);
  const error = await enrol(spec(server.endpoint), deps).catch((thrown: unknown) => thrown);
  const yaml = `- {name: w-1, key: "${other.fingerprint}", role: worker}`;
  expect(error).toMatchObject({ code: 'admission.key-conflict', facts: { commit: yaml } });
  expect(deps.states[0]?.message).toContain(machine.fingerprint);
  expect(deps.states[0]?.message).toContain(other.fingerprint);
  expect(deps.states[0]?.message).toContain(yaml);
  expect(server.pending.list()).toMatchObject([{ fingerprint: other.fingerprint, boundKey: machine.fingerprint }]);
  expect(server.issued).toEqual([]);
});

test('a machine whose hostname is another name gets the name its key is bound to', async () => {
  const server = await serve(accepting);
  const state = await registerMachine({ ...spec(server.endpoint), nodeName: 'IP-10-0-0-7.example.com' }, client());
  expect(state).toEqual({ state: 'accepted', message: 'accepted as w-1' });
});

test('a join under another name than the one bound to the key is an error', async () => {
  const server = await serve(accepting);
  const asked = { ...spec(server.endpoint), nodeName: 'w-2' };
  await expect(enrol(asked, client())).rejects.toMatchObject({ code: 'admission.name-mismatch' });
});

test('a server whose key the repository does not know gets not a byte of the request', async () => {
  let received = 0;
  const stranger = newIdentity();
  const tls = createTlsServer({
    ...tlsOptions(stranger, await createIdentityCertificate(stranger)),
    requestCert: true,
    rejectUnauthorized: false,
  });
  tls.on('secureConnection', (socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      received += data.length;
    });
  });
  const port = await listening(tls);
  await expect(enrol(spec(`127.0.0.1:${port}`), client())).rejects.toMatchObject({
    code: 'admission.server-not-accepted',
    facts: { found: stranger.fingerprint },
  });
  expect(received).toBe(0);
});

test('a load balancer that ends TLS is named as such', async () => {
  const tls = createTlsServer(await authority.serve('lb.example.com'));
  tls.on('secureConnection', (socket) => socket.on('error', () => {}));
  const port = await listening(tls);
  await expect(enrol(spec(`127.0.0.1:${port}`), client())).rejects.toMatchObject({
    code: 'admission.tls-terminated',
    message: expect.stringContaining('lb.example.com'),
  });
});

test('a certificate with an Ed25519 key that kubic-init did not make is another program, not another control plane', async () => {
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const file = join(await temporaryDirectory(), 'key.pem');
  await writeFile(file, key);
  const args = ['req', '-x509', '-key', file, '-subj', '/CN=proxy.example.com'];
  const cert = execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  const tls = createTlsServer({ key, cert });
  tls.on('secureConnection', (socket) => socket.on('error', () => {}));
  const port = await listening(tls);
  await expect(enrol(spec(`127.0.0.1:${port}`), client())).rejects.toMatchObject({ code: 'admission.tls-terminated' });
});

test('a load balancer that passes TCP through makes no difference', async () => {
  const server = await serve(accepting);
  const proxy = createTcpServer((socket) => {
    const upstream = tcpConnect(server.port, '127.0.0.1');
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  const port = await listening(proxy);
  await expect(enrol(spec(`127.0.0.1:${port}`), client())).resolves.toMatchObject({ nodeName: 'w-1' });
});

test('endpoints are tried in turn until one answers', async () => {
  const server = await serve(accepting);
  const deps = client();
  await expect(enrol(spec('127.0.0.1:1', server.endpoint), deps)).resolves.toMatchObject({ nodeName: 'w-1' });
  expect(deps.seen[0]).toContain('127.0.0.1:1');
});

test('when nobody answers that is a temporary error, and the status says so', async () => {
  const deps = client();
  await expect(enrol(spec('127.0.0.1:1'), deps)).rejects.toMatchObject({
    code: 'admission.unreachable',
    retry: 'soon',
  });
  expect(deps.states).toMatchObject([{ state: 'unreachable' }]);
});

test('a port that speaks another protocol is an unreachable endpoint', async () => {
  const tcp = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.end('SSH-2.0-OpenSSH\r\n');
  });
  const port = await listening(tcp);
  await expect(enrol(spec(`127.0.0.1:${port}`), client())).rejects.toMatchObject({ code: 'admission.unreachable' });
});

test('a clock that is off by more than five minutes is told, and nothing is joined with it', async () => {
  const server = await serve(accepting, { now: () => Date.now() + 6 * 60_000 });
  const deps = client();
  await expect(enrol(spec(server.endpoint), deps)).rejects.toMatchObject({
    code: 'admission.clock-skew',
    message: expect.stringContaining('6 minutes behind'),
  });
  expect(deps.states[0]?.message).toContain('6 minutes behind');
});

test('a CA other than the one the repository names is refused', async () => {
  const server = await serve(accepting);
  const other = definitionOf(accepting.accepted, [], { clusterCA: `sha256:${'0'.repeat(64)}` });
  const deps = client(machine, { definition: other });
  await expect(enrol(spec(server.endpoint), deps)).rejects.toMatchObject({ code: 'admission.other-ca' });
  const spki = spkiOf(new X509Certificate(authority.ca).publicKey);
  const clusterCA = `sha256:${createHash('sha256').update(spki).digest('hex')}`;
  const same = client(machine, { definition: definitionOf([], [], { clusterCA }) });
  await expect(enrol(spec(server.endpoint), same)).resolves.toMatchObject({ nodeName: 'w-1' });
});

test('a certificate for another key than ours is refused', async () => {
  const { csr } = await createEnrolmentKey(machine.fingerprint);
  const server = await serve(accepting, { issueCertificate: () => authority.sign(csr) });
  await expect(enrol(spec(server.endpoint), client())).rejects.toMatchObject({ code: 'admission.protocol' });
});

test('a certificate that the CA beside it did not sign is refused', async () => {
  const other = await createTestAuthority();
  const server = await serve(accepting, { issueCertificate: (csr) => other.sign(csr) });
  await expect(enrol(spec(server.endpoint), client())).rejects.toMatchObject({ code: 'admission.protocol' });
});

test('what goes wrong on the control plane is told there, and the machine learns only to come back', async () => {
  const issueCertificate = () => Promise.reject(new Error('secret detail'));
  const server = await serve(accepting, { issueCertificate });
  const error = await enrol(spec(server.endpoint), client()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'admission.busy' });
  expect(String(error)).not.toContain('secret detail');
  expect(server.errors).toEqual(['agent.internal']);
});

test('a control plane whose own key has left the list admits nobody', async () => {
  const server = await serve(definitionOf([acceptedNode('w-1', machine.fingerprint)]));
  await expect(enrol(spec(server.endpoint), client())).rejects.toMatchObject({ code: 'admission.busy' });
  expect(server.issued).toEqual([]);
});

test('an abort ends an enrolment at once', async () => {
  const abort = new AbortController();
  const server = await serve(accepting, { issueCertificate: () => new Promise(() => abort.abort()) });
  const deps = client(machine, { signal: abort.signal });
  await expect(enrol(spec(server.endpoint), deps)).rejects.toMatchObject({ code: 'agent.aborted' });
});

test('a port that is taken is an error with its address', async () => {
  const { port } = await serve(accepting);
  const listen = { host: '127.0.0.1', port };
  await expect(serve(accepting, { listen })).rejects.toMatchObject({ code: 'admission.listen-failed' });
});

test('a second connection never resumes the session of the first', async () => {
  const server = await serve(accepting);
  const certificate = await createIdentityCertificate(machine);
  let session: Buffer | undefined;
  for (const attempt of [1, 2]) {
    const options = { ...tlsOptions(machine, certificate), ...(session && { session }) };
    const socket = tlsConnect({ host: '127.0.0.1', port: server.port, rejectUnauthorized: false, ...options });
    let reused: boolean | undefined;
    socket.once('secureConnect', () => {
      reused = socket.isSessionReused();
    });
    socket.on('session', (data: Buffer) => {
      session = data;
    });
    const answer = await roundTrip(socket, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 404/);
    expect([attempt, reused]).toEqual([attempt, false]);
  }
});

test('only POST enrols: another method is told so, and nobody waits for it', async () => {
  const server = await serve(unknowing);
  const certificate = await createIdentityCertificate(machine);
  const options = { ...tlsOptions(machine, certificate), host: '127.0.0.1', port: server.port };
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const socket = tlsConnect({ ...options, rejectUnauthorized: false });
    const answer = await roundTrip(socket, `${method} /v1/enrol HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 405/);
  }
  expect(server.pending.list()).toEqual([]);
});

function roundTrip(socket: import('node:net').Socket, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    socket.on('data', (data: Buffer) => {
      answer += data.toString();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
    socket.write(text);
  });
}
