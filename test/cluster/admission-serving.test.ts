import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { applyAccess, observeAccess } from '../../src/admission/access/access.ts';
import { runCsrApprover } from '../../src/admission/approver/csr-approver.ts';
import type { AcceptedNode } from '../../src/definition/definition.ts';
import { listAt, textAt } from '../../src/json/at.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { acceptedNode, definitionOf } from '../admission/definition-fixture.ts';
import { newIdentity } from '../admission/fixture-identity.ts';
import { bytesOf, DNS, IP, newSigningKeys, requestPem, type San, textSan } from '../admission/san-request.ts';
import { startApiServer } from '../support/api-server.ts';
import { clientAs, enrolled, kubeletKey } from './admission-harness.ts';

const CSR = { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest' } as const;
const HOLDERS = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'kubic-init-addresses' };

interface Machine {
  readonly name: string;
  readonly fingerprint: string;
  /** Speaks as the kubelet. */
  readonly kubelet: KubeClient;
}

// the whole chain: a kubelet with its own certificate reports addresses and asks, the approver decides, the controller manager signs
let server: Awaited<ReturnType<typeof startApiServer>>;
let admin: KubeClient;
let counter = 0;
let accepted: readonly AcceptedNode[] = [];
const seen: string[] = [];
let stop = new AbortController();
let running: Promise<void>;

beforeAll(async () => {
  server = await startApiServer();
  admin = await createKubeClient({ path: server.kubeconfig });
  await applyAccess(admin, [], await observeAccess(admin, []));
  start();
});

function start(): void {
  stop = new AbortController();
  const certSANs = ['api.public.example.com', '203.0.113.7'];
  const current = async () => {
    const { kubeadm } = definitionOf([]).cluster;
    return definitionOf(accepted, [], {
      controlPlaneEndpoint: 'api.example.com:6443',
      kubeadm: { ...kubeadm, clusterConfiguration: { apiServer: { certSANs } } },
    });
  };
  running = runCsrApprover(
    {
      client: admin,
      loadApiServerCertificate: () => readFile(join(server.dir, 'pki/apiserver.crt'), 'utf8'),
      currentDefinition: current,
      refresh: current,
      onDecision: () => {},
      onError: (error) => seen.push(`${error.code} ${error.message}`),
    },
    stop.signal,
  );
}

afterAll(async () => {
  stop.abort();
  await running;
  admin.close();
  await server.stop();
});

/** A machine that is in the cluster: its kubelet's client certificate was approved by the approver itself. */
async function joinCluster(role: AcceptedNode['role'] = 'worker', addresses?: readonly string[]): Promise<Machine> {
  const name = `m-${++counter}`;
  const { fingerprint } = newIdentity();
  accepted = [...accepted, { ...acceptedNode(name, fingerprint, role), ...(addresses && { addresses }) }];
  const { client } = await enrolled(admin, server.kubeconfig, fingerprint);
  const key = await kubeletKey(name);
  const request = await ask(client, key.request, 'kubernetes.io/kube-apiserver-client-kubelet', 'client auth');
  const certificate = Buffer.from(textAt(await decided(request), 'status', 'certificate') ?? '', 'base64').toString();
  client.close();
  const kubelet = await clientAs(server.kubeconfig, { certificate, key: key.privateKey });
  onTestFinished(() => kubelet.close());
  await kubelet.create({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
  return { name, fingerprint, kubelet };
}

async function report({ name, kubelet }: Machine, addresses: readonly (readonly [string, string])[]): Promise<void> {
  const status = { addresses: addresses.map(([type, address]) => ({ type, address })) };
  await kubelet.patch({ apiVersion: 'v1', kind: 'Node', name }, { status }, { subresource: 'status' });
}

async function ask(client: KubeClient, request: string, signerName: string, auth: string): Promise<string> {
  const name = `csr-${++counter}`;
  await client.create({
    ...CSR,
    metadata: { name },
    spec: { request, signerName, usages: ['digital signature', auth] },
  });
  return name;
}

/** The request of a kubelet with just these names: the verdict and, where there is one, the certificate. */
async function askFor(
  machine: Machine,
  sans: readonly San[],
): Promise<{ verdict: string; certificate?: X509Certificate }> {
  const pem = await requestPem(sans, await newSigningKeys(), `system:node:${machine.name}`);
  const request = Buffer.from(pem).toString('base64');
  const object = await decided(await ask(machine.kubelet, request, 'kubernetes.io/kubelet-serving', 'server auth'));
  const [condition] = listAt(object, 'status', 'conditions');
  const verdict = `${textAt(condition, 'type')}: ${textAt(condition, 'message')}`;
  const signed = textAt(object, 'status', 'certificate');
  return { verdict, ...(signed && { certificate: new X509Certificate(Buffer.from(signed, 'base64')) }) };
}

/** The object once somebody has decided on it and, where it was approved, signed it. */
async function decided(name: string): Promise<KubeObject> {
  const signal = AbortSignal.timeout(30_000);
  for await (const event of admin.watch(CSR.apiVersion, CSR.kind, { fieldSelector: `metadata.name=${name}`, signal })) {
    const object = event.type === 'listed' ? event.objects[0] : event.object;
    const [condition] = listAt(object, 'status', 'conditions');
    if (!object || !condition) continue;
    if (textAt(condition, 'type') !== 'Approved' || textAt(object, 'status', 'certificate')) return object;
  }
  throw new Error(`nobody decided on ${name}: ${seen.join('; ')}`);
}

const dns = (name: string): San => textSan(DNS, name);
const ip = (address: string): San => [IP, bytesOf(address)];
const mapped = (address: string): San => [
  IP,
  Buffer.concat([Buffer.alloc(10), Buffer.from('ffff', 'hex'), bytesOf(address)]),
];

test("a kubelet's certificate for its own name and addresses is approved and signed by the cluster", async () => {
  const machine = await joinCluster();
  await report(machine, [
    ['Hostname', machine.name],
    ['InternalIP', '10.250.0.21'],
    ['InternalIP', 'fd00::21'],
  ]);
  const { verdict, certificate } = await askFor(machine, [dns(machine.name), ip('10.250.0.21'), ip('fd00::21')]);
  expect(verdict).toMatch(/^Approved/);
  expect(certificate?.checkHost(machine.name)).toBe(machine.name);
  expect(certificate?.checkIP('10.250.0.21')).toBe('10.250.0.21');
  expect(certificate?.checkIP('fd00::21')).toBe('fd00::21');
  expect((await admin.get(HOLDERS))?.data).toMatchObject({ [machine.name]: '10.250.0.21 fd00::21' });
});

test.each<readonly [string, readonly (readonly [string, string])[], readonly San[], RegExp]>([
  [
    'the address of the API Service',
    [['InternalIP', '10.96.0.1']],
    [ip('10.96.0.1')],
    /10\.96\.0\.1 is an address of the API server/,
  ],
  [
    'that address, mapped',
    [['InternalIP', '::ffff:10.96.0.1']],
    [mapped('10.96.0.1')],
    /10\.96\.0\.1 is written as IPv6/,
  ],
  ['loopback, which its certificate carries here', [['InternalIP', '127.0.0.1']], [ip('127.0.0.1')], /127\.0\.0\.1/],
  [
    'an address among certSANs',
    [['ExternalIP', '203.0.113.7']],
    [ip('203.0.113.7')],
    /203\.0\.113\.7 is an address of the API server/,
  ],
  [
    'that address, mapped',
    [['ExternalIP', '::ffff:203.0.113.7']],
    [mapped('203.0.113.7')],
    /203\.0\.113\.7 is written as IPv6/,
  ],
  [
    'a name among certSANs',
    [['ExternalDNS', 'api.public.example.com']],
    [dns('api.public.example.com')],
    /api\.public\.example\.com is an address of the API server/,
  ],
  [
    'the endpoint',
    [['ExternalDNS', 'api.example.com']],
    [dns('api.example.com')],
    /api\.example\.com is an address of the API server/,
  ],
  [
    'a wildcard that covers it',
    [['ExternalDNS', '*.example.com']],
    [dns('*.example.com')],
    /\*\.example\.com is no plain name/,
  ],
  [
    'a wildcard that covers Services',
    [['InternalDNS', '*.default.svc']],
    [dns('*.default.svc')],
    /\*\.default\.svc is an address of the API server/,
  ],
  [
    'the API Service',
    [['InternalDNS', 'kubernetes.default.svc']],
    [dns('kubernetes.default.svc')],
    /kubernetes\.default\.svc is an address/,
  ],
])('a worker that reports %s and asks for it is denied', async (_what, reported, sans, reason) => {
  const machine = await joinCluster();
  await report(machine, reported);
  const { verdict, certificate } = await askFor(machine, sans);
  expect(verdict).toMatch(/^Denied/);
  expect(verdict).toMatch(reason);
  expect(certificate).toBeUndefined();
});

test("a worker that reports what the API server's certificate carries gets none of it", async () => {
  const own = new X509Certificate(await readFile(join(server.dir, 'pki/apiserver.crt')));
  const names = [...(own.subjectAltName ?? '').matchAll(/(DNS|IP Address):([^,]+)/g)];
  expect(names.length).toBeGreaterThan(4);
  const machine = await joinCluster();
  for (const [, kind, name] of names) {
    await report(machine, [[kind === 'DNS' ? 'InternalDNS' : 'InternalIP', name ?? '']]);
    const { verdict } = await askFor(machine, [kind === 'DNS' ? dns(name ?? '') : ip(name ?? '')]);
    expect(verdict).toMatch(/^Denied: .*(of the API server|of one machine alone)/);
  }
});

test('whoever claims the address of another is denied, and told whose it is; the other is not', async () => {
  const [first, second, controlPlane] = [await joinCluster(), await joinCluster(), await joinCluster('control-plane')];
  await report(first, [['InternalIP', '10.250.0.31']]);
  expect((await askFor(first, [ip('10.250.0.31')])).verdict).toMatch(/^Approved/);
  await report(second, [['InternalIP', '10.250.0.31']]);
  expect((await askFor(second, [ip('10.250.0.31')])).verdict).toContain(
    `the node ${first.name} has the address 10.250.0.31`,
  );
  expect((await askFor(first, [ip('10.250.0.31')])).verdict).toMatch(/^Approved/);
  await report(controlPlane, [['InternalIP', '10.250.0.31']]);
  expect((await askFor(controlPlane, [ip('10.250.0.31')])).verdict).toMatch(/^Approved/);
  expect((await askFor(first, [ip('10.250.0.31')])).verdict).toContain(`the node ${controlPlane.name} has the address`);
});

test('a worker that nodes.yaml binds to addresses gets these and no others, whatever is reported', async () => {
  const bound = await joinCluster('worker', ['10.250.0.41']);
  await report(bound, [['InternalIP', '10.250.0.42']]);
  expect((await askFor(bound, [ip('10.250.0.42')])).verdict).toMatch(
    /^Denied: 10\.250\.0\.42 is not among the `addresses`/,
  );
  expect((await askFor(bound, [dns(bound.name), ip('10.250.0.41')])).verdict).toMatch(/^Approved/);
});

test('requests of megabytes are denied unread, and one that came behind them is signed all the same', async () => {
  const [flooding, machine] = [await joinCluster(), await joinCluster()];
  stop.abort();
  await running; // what an approver meets that starts afterwards
  const huge = `-----BEGIN CERTIFICATE REQUEST-----\n${'A'.repeat(1_000_000)}`;
  const pem = await requestPem([dns('x')], await newSigningKeys(), `system:node:${flooding.name}`);
  const request = Buffer.from(`${huge}\n${pem}`).toString('base64');
  const flood = await Promise.all(
    Array.from({ length: 60 }, () => ask(flooding.kubelet, request, 'kubernetes.io/kubelet-serving', 'server auth')),
  );
  await report(machine, [['InternalIP', '10.250.0.51']]);
  const before = seen.length;
  start();
  expect((await askFor(machine, [ip('10.250.0.51')])).verdict).toMatch(/^Approved/);
  for (const name of flood) {
    const [condition] = listAt(await decided(name), 'status', 'conditions');
    expect(textAt(condition, 'message')).toBe('its request is larger than that of any kubelet');
  }
  expect(seen.slice(before)).toEqual([]);
});
