import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { applyAccess, observeAccess } from '../../src/admission/access/access.ts';
import { runCsrApprover } from '../../src/admission/approver/csr-approver.ts';
import { createPendingQueue } from '../../src/admission/door/pending-queue.ts';
import { loadEnrolment } from '../../src/admission/enrolment-records.ts';
import { loadPending, publishPending } from '../../src/admission/pending.ts';
import type { AcceptedNode, Definition } from '../../src/definition/definition.ts';
import { listAt, textAt } from '../../src/json/at.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { acceptedNode, definitionOf } from '../admission/definition-fixture.ts';
import { newIdentity } from '../admission/fixture-identity.ts';
import { startApiServer } from '../support/api-server.ts';
import { clientAs, type Enrolled, enrolled, kubeletKey } from './admission-harness.ts';

const CSR = { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest' } as const;
const RBAC = 'rbac.authorization.k8s.io/v1';
const TOKEN_GROUP = {
  apiGroup: 'rbac.authorization.k8s.io',
  kind: 'Group',
  name: 'system:bootstrappers:kubeadm:default-node-token',
};

// of its own: what is tested here is the whole cluster's access
let server: Awaited<ReturnType<typeof startApiServer>>;
let admin: KubeClient;
let counter = 0;

beforeAll(async () => {
  server = await startApiServer();
  admin = await createKubeClient({ path: server.kubeconfig });
});

afterAll(async () => {
  admin.close();
  await server.stop();
});

interface Approver {
  accept(node: AcceptedNode): void;
  readonly decisions: readonly string[];
}

/** Runs the approver for one test, over a list that the test changes. */
function startApprover(): Approver {
  let definition: Definition = definitionOf([]);
  let committed = definition;
  const decisions: string[] = [];
  const stop = new AbortController();
  const running = runCsrApprover(
    {
      client: admin,
      loadApiServerCertificate: async () => undefined,
      currentDefinition: async () => definition,
      refresh: async () => {
        definition = committed;
        return definition;
      },
      onDecision: ({ name }, { kind }) => decisions.push(`${name} ${kind}`),
      onError: (error) => decisions.push(`${error.code} ${error.message}`),
    },
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    await running;
  });
  return {
    accept: (node) => {
      committed = definitionOf([...committed.accepted, node]);
    },
    decisions,
  };
}

function newMachine() {
  const name = `w-${++counter}`;
  return { name, fingerprint: newIdentity().fingerprint };
}

async function request(client: KubeClient, nodeName: string, change: object = {}): Promise<string> {
  const name = `csr-${++counter}`;
  await client.create({
    ...CSR,
    metadata: { name },
    spec: {
      request: (await kubeletKey(nodeName)).request,
      signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      usages: ['digital signature', 'client auth'],
      ...change,
    },
  });
  return name;
}

/** The object once somebody has decided on it and, where it was approved, signed it. */
async function decided(name: string): Promise<KubeObject> {
  const timeout = AbortSignal.timeout(30_000);
  for await (const event of admin.watch(CSR.apiVersion, CSR.kind, {
    fieldSelector: `metadata.name=${name}`,
    signal: timeout,
  })) {
    const object = event.type === 'listed' ? event.objects[0] : event.object;
    const [condition] = listAt(object, 'status', 'conditions');
    if (!object || !condition) continue;
    if (textAt(condition, 'type') !== 'Approved' || textAt(object, 'status', 'certificate')) return object;
  }
  throw new Error(`nobody decided on ${name}`);
}

function verdict(object: KubeObject): string {
  const [condition] = listAt(object, 'status', 'conditions');
  return `${textAt(condition, 'type')}: ${textAt(condition, 'message')}`;
}

/** Roles that kubeadm's phases make in a real cluster; here no kubeadm ran. */
async function grant(accepted: readonly AcceptedNode[] = []): Promise<void> {
  await applyAccess(admin, accepted, await observeAccess(admin, accepted));
}

async function enrol(machine: { fingerprint: string }): Promise<Enrolled> {
  const result = await enrolled(admin, server.kubeconfig, machine.fingerprint);
  onTestFinished(() => result.client.close());
  return result;
}

beforeEach(() => grant());

test('an enrolment certificate is signed by the cluster for 900 s, recorded, and its request removed', async () => {
  const machine = newMachine();
  const { certificate, digest } = await enrol(machine);
  const parsed = new X509Certificate(certificate);
  expect(parsed.subject.replaceAll('\\', '')).toBe(
    `O=system:bootstrappers:kubic\nCN=kubic:enrol:${machine.fingerprint}`,
  );
  const seconds = (Date.parse(parsed.validTo) - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(800);
  expect(seconds).toBeLessThanOrEqual(901);
  expect(await loadEnrolment(admin, machine.fingerprint)).toMatchObject({ certificate: digest });
  const left = await admin.list(CSR.apiVersion, CSR.kind);
  expect(left.filter((object) => object.metadata.name.startsWith('kubic-enrol-'))).toEqual([]);
});

test('enrolments at the same time are all recorded, and those that expired are forgotten', async () => {
  const machines = Array.from({ length: 5 }, newMachine);
  const results = await Promise.all(machines.map(enrol));
  const records = await Promise.all(machines.map(({ fingerprint }) => loadEnrolment(admin, fingerprint)));
  expect(records.map((record) => record?.certificate)).toEqual(results.map(({ digest }) => digest));
});

test('a kubelet whose key is accepted gets its certificate, also when the commit is newer than what was read', async () => {
  const approver = startApprover();
  const machine = newMachine();
  const { client } = await enrol(machine);
  approver.accept(acceptedNode(machine.name, machine.fingerprint));
  const object = await decided(await request(client, machine.name));
  expect(verdict(object)).toBe('Approved: the key is accepted and bound to this name');
  const pem = Buffer.from(textAt(object, 'status', 'certificate') ?? '', 'base64').toString();
  expect(new X509Certificate(pem).subject).toBe(`O=system:nodes\nCN=system:node:${machine.name}`);
});

test('a kubelet whose key nobody accepted is denied, with a reason it can read itself', async () => {
  startApprover();
  const machine = newMachine();
  const { client } = await enrol(machine);
  const name = await request(client, machine.name);
  await decided(name);
  const own = await client.get({ ...CSR, name });
  expect(own && verdict(own)).toBe(`Denied: the key ${machine.fingerprint} is not in the list of accepted nodes`);
});

test('a kubelet that asks for the name of another is denied', async () => {
  const approver = startApprover();
  const [machine, other] = [newMachine(), newMachine()];
  approver.accept(acceptedNode(machine.name, machine.fingerprint));
  approver.accept(acceptedNode(other.name, other.fingerprint));
  const { client } = await enrol(machine);
  expect(verdict(await decided(await request(client, other.name)))).toContain(`is bound to the name ${machine.name}`);
});

test('a machine that asks again and again keeps no other one waiting', async () => {
  const approver = startApprover();
  const [noisy, machine] = [newMachine(), newMachine()];
  const [{ client: flooding }, { client }] = await Promise.all([enrol(noisy), enrol(machine)]);
  const flood = await Promise.all(Array.from({ length: 20 }, () => request(flooding, noisy.name)));
  approver.accept(acceptedNode(machine.name, machine.fingerprint));
  expect(verdict(await decided(await request(client, machine.name)))).toMatch(/^Approved/);
  const denied = approver.decisions.filter((decision) => decision.endsWith('deny'));
  expect(denied.length).toBeLessThan(flood.length);
});

test('an enrolment is good for one certificate', async () => {
  const approver = startApprover();
  const machine = newMachine();
  approver.accept(acceptedNode(machine.name, machine.fingerprint));
  const { client } = await enrol(machine);
  expect(verdict(await decided(await request(client, machine.name)))).toMatch(/^Approved/);
  expect(verdict(await decided(await request(client, machine.name)))).toMatch(/^Denied: the enrolment was used/);
});

test('a new enrolment takes the place of the one before', async () => {
  const approver = startApprover();
  const machine = newMachine();
  approver.accept(acceptedNode(machine.name, machine.fingerprint));
  const first = await enrol(machine);
  const second = await enrol(machine);
  expect(verdict(await decided(await request(first.client, machine.name)))).toMatch(/^Denied: the certificate/);
  expect(verdict(await decided(await request(second.client, machine.name)))).toMatch(/^Approved/);
});

test('a kubelet is denied while a Ready node has its name, and not once that Node is gone', async () => {
  const approver = startApprover();
  const machine = newMachine();
  approver.accept(acceptedNode(machine.name, machine.fingerprint));
  await admin.create({ apiVersion: 'v1', kind: 'Node', metadata: { name: machine.name } });
  await admin.patch(
    { apiVersion: 'v1', kind: 'Node', name: machine.name },
    { status: { conditions: [{ type: 'Ready', status: 'True', lastHeartbeatTime: new Date().toISOString() }] } },
    { subresource: 'status' },
  );
  const { client } = await enrol(machine);
  expect(verdict(await decided(await request(client, machine.name)))).toMatch(/^Denied: a Ready node has the name/);
  await admin.delete({ apiVersion: 'v1', kind: 'Node', name: machine.name });
  expect(verdict(await decided(await request(client, machine.name)))).toMatch(/^Approved/);
});

test('the holder of a bootstrap token is denied, and requests to other signers are left alone', async () => {
  startApprover();
  await admin.create({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'bootstrap.kubernetes.io/token',
    metadata: { name: 'bootstrap-token-abcdef', namespace: 'kube-system' },
    stringData: {
      'token-id': 'abcdef',
      'token-secret': '0123456789abcdef',
      'usage-bootstrap-authentication': 'true',
      'auth-extra-groups': 'system:bootstrappers:kubic',
    },
  });
  const client = await clientAs(server.kubeconfig, { token: 'abcdef.0123456789abcdef' });
  onTestFinished(() => client.close());
  await expect.poll(() => client.get({ apiVersion: 'v1', kind: 'Node', name: 'x' }).catch(() => 'no')).toBeDefined();
  expect(verdict(await decided(await request(client, 'x')))).toMatch(/^Denied: .*did not enrol/);
  const other = await request(client, 'x', { signerName: 'example.com/own' });
  await decided(await request(client, 'x'));
  expect((await admin.get({ ...CSR, name: other }))?.status).toEqual({});
});

test('what came while no approver ran is decided when one starts', async () => {
  const machine = newMachine();
  const { client } = await enrol(machine);
  const name = await request(client, machine.name);
  startApprover();
  expect(verdict(await decided(name))).toMatch(/^Denied/);
});

test('accepted nodes renew their certificates without an agent, and others do not', async () => {
  const approver = startApprover();
  const [accepted, removed] = [newMachine(), newMachine()];
  const clients: KubeClient[] = [];
  for (const machine of [accepted, removed]) {
    approver.accept(acceptedNode(machine.name, machine.fingerprint));
    clients.push(await nodeClient(machine));
  }
  await grant([acceptedNode(accepted.name, accepted.fingerprint)]);
  const [renewal, refused] = await Promise.all([
    request(clients[0] as KubeClient, accepted.name),
    request(clients[1] as KubeClient, removed.name),
  ]);
  expect(verdict(await decided(renewal))).toMatch(/^Approved: Auto approving self kubelet client certificate/);
  expect((await admin.get({ ...CSR, name: refused }))?.status).toEqual({});
});

/** A client with the kubelet's own certificate, got the way a kubelet gets it. */
async function nodeClient(machine: { name: string; fingerprint: string }): Promise<KubeClient> {
  const { client } = await enrol(machine);
  const key = await kubeletKey(machine.name);
  const object = await decided(await request(client, machine.name, { request: key.request }));
  expect(verdict(object)).toMatch(/^Approved/);
  const certificate = Buffer.from(textAt(object, 'status', 'certificate') ?? '', 'base64').toString();
  const node = await clientAs(server.kubeconfig, { certificate, key: key.privateKey });
  onTestFinished(() => node.close());
  return node;
}

test('what kubeadm grants for its own admission is found and removed, and the rest is left', async () => {
  const binding = (kind: string, name: string, subjects: readonly object[], namespace?: string): KubeObject => ({
    apiVersion: RBAC,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects,
  });
  const nodes = { ...TOKEN_GROUP, name: 'system:nodes' };
  await admin.create(binding('ClusterRoleBinding', 'kubeadm:node-autoapprove-bootstrap', [TOKEN_GROUP]));
  await admin.create(binding('ClusterRoleBinding', 'kubeadm:node-autoapprove-certificate-rotation', [nodes]));
  await admin.create(binding('ClusterRoleBinding', 'kubeadm:kubelet-bootstrap', [TOKEN_GROUP]));
  await admin.create(binding('ClusterRoleBinding', 'kubeadm:cluster-admins', [nodes]));
  await admin.create(binding('RoleBinding', 'kube-proxy', [TOKEN_GROUP, nodes], 'kube-system'));
  await admin.create({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'bootstrap.kubernetes.io/token',
    metadata: { name: 'bootstrap-token-abcdef', namespace: 'kube-system' },
    stringData: { 'token-id': 'abcdef', 'token-secret': '0123456789abcdef' },
  });
  const { remove } = await observeAccess(admin, []);
  expect(remove.toSorted()).toEqual([
    'ClusterRoleBinding kubeadm:kubelet-bootstrap',
    'ClusterRoleBinding kubeadm:node-autoapprove-bootstrap',
    'ClusterRoleBinding kubeadm:node-autoapprove-certificate-rotation',
    'Secret kube-system/bootstrap-token-abcdef',
  ]);
  await grant();
  expect(await observeAccess(admin, [])).toEqual({ apply: [], remove: [] });
  expect(
    await admin.get({ apiVersion: RBAC, kind: 'ClusterRoleBinding', name: 'kubeadm:cluster-admins' }),
  ).toBeDefined();
});

test('our own bindings are put back whatever was made of them', async () => {
  const accepted = [acceptedNode('w-a', newIdentity().fingerprint)];
  await grant(accepted);
  const ref = { apiVersion: RBAC, kind: 'ClusterRoleBinding', name: 'kubic:node-renewal' };
  await admin.patch(ref, { subjects: [{ ...TOKEN_GROUP, name: 'system:authenticated' }] });
  await admin.delete({ apiVersion: RBAC, kind: 'ClusterRoleBinding', name: 'kubic:get-nodes' });
  const bootstrapper = { apiVersion: RBAC, kind: 'ClusterRoleBinding', name: 'kubic:node-bootstrapper' };
  await admin.delete(bootstrapper);
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' };
  await admin.create({
    apiVersion: RBAC,
    kind: 'ClusterRoleBinding',
    metadata: { name: bootstrapper.name },
    roleRef,
    subjects: [TOKEN_GROUP],
  });
  const { apply } = await observeAccess(admin, accepted);
  expect(apply.toSorted()).toEqual([
    'ClusterRoleBinding kubic:get-nodes',
    'ClusterRoleBinding kubic:node-bootstrapper',
    'ClusterRoleBinding kubic:node-renewal',
  ]);
  await grant(accepted);
  expect(await observeAccess(admin, accepted)).toEqual({ apply: [], remove: [] });
});

test('only what was planned is changed', async () => {
  const accepted = [acceptedNode('w-b', newIdentity().fingerprint)];
  await grant([]);
  await applyAccess(admin, accepted, { apply: ['ClusterRoleBinding kubic:get-nodes'], remove: [] });
  expect((await observeAccess(admin, accepted)).apply).toEqual(['ClusterRoleBinding kubic:node-renewal']);
});

test('who waits can be read in the cluster, and nothing is written while nothing changes', async () => {
  const pending = createPendingQueue();
  const fingerprint = newIdentity().fingerprint;
  const facts = {
    hostname: 'ip-7',
    machineId: 'm',
    osImage: 'os',
    kernel: 'k',
    addresses: ['10.0.0.7'],
    agentVersion: '1',
  };
  pending.put({ fingerprint, name: 'w-7', address: '10.0.0.7', facts });
  const stop = new AbortController();
  let writes = 0;
  const counting: KubeClient = {
    ...admin,
    apply: (object, options) => {
      writes++;
      return admin.apply(object, options);
    },
  };
  const publisher = { name: 'cp-1', fingerprint: newIdentity().fingerprint };
  const running = publishPending({ client: counting, pending, publisher, onError: () => {} }, stop.signal);
  await expect
    .poll(async () => (await loadPending(admin))?.pending)
    .toMatchObject([{ fingerprint, name: 'w-7', facts }]);
  expect((await loadPending(admin))?.publisher).toEqual(publisher);
  pending.put({ fingerprint, name: 'w-7', address: '10.0.0.7', facts });
  pending.remove(fingerprint);
  const since = performance.now();
  await expect.poll(async () => (await loadPending(admin))?.pending, { timeout: 20_000 }).toEqual([]);
  expect(performance.now() - since).toBeGreaterThan(5_000); // what changes often is written every 10 s
  stop.abort();
  await running;
  expect(writes).toBe(2);
});
