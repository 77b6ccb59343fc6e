import { expect, test } from 'vitest';
import { settleAddresses } from '../../../src/admission/approver/address-holders.ts';
import type { CsrRequest } from '../../../src/admission/approver/csr-request.ts';
import {
  CLIENT_SIGNER,
  type CsrContext,
  decideCsr,
  SERVING_SIGNER,
} from '../../../src/admission/approver/decide-csr.ts';
import type { AcceptedNode } from '../../../src/definition/definition.ts';
import { acceptedNode, definitionOf } from '../definition-fixture.ts';

const KEY = `SHA256:${'k'.repeat(42)}A`;
const OTHER_KEY = `SHA256:${'o'.repeat(42)}A`;
const csr = {
  commonName: 'system:node:w-1',
  organisation: 'system:nodes',
  dnsNames: [],
  ipAddresses: [],
  spki: new Uint8Array(),
};
const request: CsrRequest = {
  name: 'csr-1',
  uid: 'u1',
  signerName: CLIENT_SIGNER,
  username: `kubic:enrol:${KEY}`,
  groups: ['system:bootstrappers:kubic', 'system:authenticated'],
  credential: 'c1',
  usages: ['digital signature', 'client auth'],
  csr,
};
const context: CsrContext = {
  definition: definitionOf([acceptedNode('cp-1', OTHER_KEY, 'control-plane'), acceptedNode('w-1', KEY)]),
  enrolment: { certificate: 'c1', expires: '2026-01-01T00:15:00Z' },
  nodes: [],
  holders: new Map(),
  apiServer: {
    dnsNames: ['cp-1', 'kubernetes', 'kubernetes.default.svc', 'api.public.example.com', '*.example.org'],
    ipAddresses: ['10.96.0.1', '10.250.0.11', '203.0.113.7'],
  },
  now: new Date('2026-01-01T00:00:00Z'),
};

test('a kubelet whose key is accepted gets a certificate for the name bound to it', () => {
  expect(decideCsr(request, context)).toEqual({ kind: 'approve' });
});

test('who enrolled gets a certificate of the signer that Kubernetes has for kubelets; other signers’ requests are somebody else’s', () => {
  const signedBy = (signerName: string) => decideCsr({ ...request, signerName }, context).kind;
  expect(signedBy('kubernetes.io/kube-apiserver-client-kubelet')).toBe('approve');
  for (const other of [
    'kubernetes.io/kubelet-serving',
    'kubernetes.io/kube-apiserver-client',
    'kubernetes.io/legacy-unknown',
    'example.com/mine',
    '',
  ])
    expect(signedBy(other)).toBe('ignore');
});

test('a kubelet with an RSA key, which asks for key encipherment too, gets one as well', () => {
  const usages = ['digital signature', 'key encipherment', 'client auth'];
  expect(decideCsr({ ...request, usages }, context)).toEqual({ kind: 'approve' });
});

test('the same request once more, after a crash, is approved again', () => {
  const enrolment = { certificate: 'c1', expires: '2026-01-01T00:15:00Z', usedBy: 'u1' };
  expect(decideCsr(request, { ...context, enrolment })).toEqual({ kind: 'approve' });
});

test('a Node of that name that is not Ready does not stand in the way', () => {
  const nodes = [{ name: 'w-1', ready: false, dnsNames: [], ipAddresses: [] }];
  expect(decideCsr(request, { ...context, nodes })).toEqual({ kind: 'approve' });
});

const broken: readonly (readonly [string, Partial<CsrRequest>, Partial<CsrContext>, RegExp])[] = [
  ['asked for with a bootstrap token', { username: 'system:bootstrap:abcdef' }, {}, /did not enrol/],
  ['asked for by an administrator', { username: 'kubernetes-admin', groups: ['system:masters'] }, {}, /did not enrol/],
  ['of a node that asks in the name of another', { username: 'system:node:w-2' }, {}, /did not enrol/],
  ['outside the group of enrolments', { groups: ['system:authenticated'] }, {}, /did not enrol/],
  ['of a key that nobody accepted', { username: `kubic:enrol:SHA256:${'x'.repeat(42)}A` }, {}, /not in the list/],
  [
    'of a key that is rejected',
    {},
    { definition: definitionOf([], [{ key: KEY, reason: 'stolen' }]) },
    /rejected: stolen/,
  ],
  [
    'of a key that is accepted and rejected',
    {},
    { definition: definitionOf([acceptedNode('w-1', KEY)], [{ key: KEY }]) },
    /rejected/,
  ],
  [
    'of a key that left the list',
    {},
    { definition: definitionOf([acceptedNode('w-1', OTHER_KEY)]) },
    /not in the list/,
  ],
  ['with another certificate than the one issued', { credential: 'c2' }, {}, /not the one issued/],
  ['when no certificate was issued', {}, { enrolment: undefined as never }, /not the one issued/],
  ['with an expired enrolment', {}, { now: new Date('2026-01-01T00:15:00Z') }, /expired/],
  [
    'with an enrolment that was used already',
    {},
    { enrolment: { certificate: 'c1', expires: '2026-01-01T00:15:00Z', usedBy: 'u0' } },
    /used for another request/,
  ],
  ['for another name', { csr: { ...csr, commonName: 'system:node:cp-1' } }, {}, /is bound to the name w-1/],
  ['for a name that begins alike', { csr: { ...csr, commonName: 'system:node:w-10' } }, {}, /is bound to the name w-1/],
  ['for an administrator', { csr: { ...csr, organisation: 'system:masters' } }, {}, /organisation is system:masters/],
  ['with a DNS name', { csr: { ...csr, dnsNames: ['a'] } }, {}, /no names or addresses/],
  ['with an address', { csr: { ...csr, ipAddresses: ['10.0.0.1'] } }, {}, /no names or addresses/],
  ['for a server', { usages: ['digital signature', 'server auth'] }, {}, /usages/],
  ['for more than a client', { usages: ['digital signature', 'client auth', 'cert sign'] }, {}, /usages/],
  ['that cannot be parsed', { csr: { problem: 'it is broken' } }, {}, /it is broken/],
  [
    'while a Ready node has the name',
    {},
    { nodes: [{ name: 'w-1', ready: true, dnsNames: [], ipAddresses: [] }] },
    /a Ready node has the name w-1/,
  ],
];

test.each(broken)('a request %s is denied, with the reason', (_what, change, changedContext, reason) => {
  const decision = decideCsr({ ...request, ...change }, { ...context, ...changedContext });
  expect(decision).toEqual({ kind: 'deny', reason: expect.stringMatching(reason) });
});

test('a request not made with a client certificate is denied', () => {
  const { credential: _, ...without } = request;
  expect(decideCsr(without, context)).toMatchObject({
    kind: 'deny',
    reason: expect.stringContaining('client certificate'),
  });
});

test("a node's renewal of its own certificate is left to the controller manager", () => {
  const renewal = { ...request, username: 'system:node:w-1', groups: ['system:nodes'] };
  expect(decideCsr(renewal, context)).toEqual({ kind: 'ignore' });
});

test('requests to other signers are left alone', () => {
  for (const signerName of ['kubernetes.io/kube-apiserver-client', 'example.com/own']) {
    expect(decideCsr({ ...request, signerName }, context)).toEqual({ kind: 'ignore' });
  }
});

const serving: CsrRequest = {
  ...request,
  signerName: SERVING_SIGNER,
  username: 'system:node:w-1',
  groups: ['system:nodes'],
  usages: ['digital signature', 'server auth'],
  csr: { ...csr, dnsNames: ['w-1'], ipAddresses: ['10.250.0.21', 'fd00::15'] },
};
const own = { name: 'w-1', ready: true, dnsNames: ['w-1'], ipAddresses: ['10.250.0.21', 'fd00:0::15'] };
type Reported = typeof own;

/** The decision where each node has just reported these. */
function decideServing(change: Partial<CsrRequest>, nodes: readonly Reported[], changed: Partial<CsrContext> = {}) {
  const { definition } = { ...context, ...changed };
  const holders = settleAddresses(changed.holders ?? new Map(), nodes, definition.accepted);
  return decideCsr({ ...serving, ...change }, { ...context, ...changed, nodes, holders });
}
const nodeWith = (dnsNames: readonly string[], ipAddresses: readonly string[]): Reported => ({
  ...own,
  dnsNames: [...dnsNames],
  ipAddresses: [...ipAddresses],
});
const servingWith = (dnsNames: readonly string[], ipAddresses: readonly string[]) => ({
  csr: { ...csr, dnsNames, ipAddresses },
});
/** The decision on a request for exactly what the node w-1 reports: that much a machine has in its own hand. */
const decideReported = (dnsNames: readonly string[], ipAddresses: readonly string[], changed?: Partial<CsrContext>) =>
  decideServing(servingWith(dnsNames, ipAddresses), [nodeWith(dnsNames, ipAddresses)], changed);

test("a serving certificate is approved for exactly the node's addresses, however they are spelt", () => {
  expect(decideServing({}, [own])).toEqual({ kind: 'approve' });
  expect(decideReported(['w-1', 'w-1.eu.example.com'], ['10.250.0.21'])).toEqual({ kind: 'approve' });
});

test('a node that reports an address as its host name gets a certificate for it', () => {
  const change = servingWith([], ['10.250.0.21']);
  expect(decideServing(change, [nodeWith(['10.250.0.21'], [])])).toEqual({ kind: 'approve' });
});

test("a control plane's kubelet gets a certificate for what the API server has, too", () => {
  const [dnsNames, ipAddresses] = [['cp-1'], ['10.250.0.11']];
  const names = { csr: { ...csr, commonName: 'system:node:cp-1', dnsNames, ipAddresses } };
  const cp = { ...own, name: 'cp-1', dnsNames, ipAddresses };
  expect(decideServing({ username: 'system:node:cp-1', ...names }, [cp])).toEqual({ kind: 'approve' });
});

test('a serving request waits until the node has reported its addresses', () => {
  expect(decideServing({}, [])).toEqual({ kind: 'wait' });
  expect(decideServing({}, [nodeWith([], [])])).toEqual({ kind: 'wait' });
});

test('serving requests of others than nodes are left alone', () => {
  expect(decideServing({ username: 'kubernetes-admin' }, [own])).toEqual({ kind: 'ignore' });
});

const brokenServing: readonly (readonly [string, Partial<CsrRequest>, RegExp])[] = [
  ['of a node that is not in the list', { username: 'system:node:w-9' }, /not in the list/],
  ['for another node', { csr: { ...csr, commonName: 'system:node:w-2', dnsNames: ['w-1'] } }, /asked/],
  ['for another organisation', { csr: { ...csr, organisation: 'system:masters', dnsNames: ['w-1'] } }, /organisation/],
  ['for a client', { usages: ['digital signature', 'client auth'] }, /usages/],
  [
    'with one name too many',
    servingWith(['w-1', 'w-1.example.com'], ['10.250.0.21', 'fd00::15']),
    /not the addresses.*w-1.example.com$/,
  ],
  ['with one address too many', servingWith(['w-1'], ['10.250.0.21', 'fd00::15', '10.250.0.22']), /10\.250\.0\.22$/],
  ['with one address too few', servingWith(['w-1'], ['10.250.0.21']), /not the addresses.*: fd00::15$/],
  ['without any', servingWith([], []), /no address/],
];

test.each(brokenServing)('a serving request %s is denied, with the reason', (_what, change, reason) => {
  expect(decideServing(change, [own])).toEqual({ kind: 'deny', reason: expect.stringMatching(reason) });
});

const OF_API_SERVER = /is an address of the API server or of Services$/;
const NO_MACHINE = /no address of one machine alone$/;
const NOT_PLAIN = /no plain name/;
const NOT_ITS_OWN = /not a name of the node w-1/;

test.each([
  ['the control plane endpoint', [], ['10.250.0.11'], OF_API_SERVER],
  ['the address of the API Service', [], ['10.96.0.1'], OF_API_SERVER],
  ['the address of any Service', [], ['10.96.200.7'], OF_API_SERVER],
  ["an address in the API server's certificate", [], ['203.0.113.7'], OF_API_SERVER],
  ["a name in the API server's certificate", ['api.public.example.com'], [], OF_API_SERVER],
  ['such a name in capitals', ['API.public.Example.com'], [], OF_API_SERVER],
  ['such a name with a dot at its end', ['api.public.example.com.'], [], OF_API_SERVER],
  ['a name that a wildcard of that certificate covers', ['w-1.example.org'], [], OF_API_SERVER],
  ['the name of a control plane', ['cp-1'], [], OF_API_SERVER],
  ['the name of the API Service', ['kubernetes.default.svc'], [], OF_API_SERVER],
  ['its short name', ['kubernetes.default'], [], OF_API_SERVER],
  ['the name of any Service', ['web.default.svc'], [], OF_API_SERVER],
  ['the full name of any Service', ['web.default.svc.cluster.local'], [], OF_API_SERVER],
  ['the name of a Service that is called like the node', ['w-1.default.svc'], [], OF_API_SERVER],
  ['that name in capitals', ['w-1.default.SVC'], [], OF_API_SERVER],
  ['the name of a Service in a namespace, as pods resolve it', ['w-1.default'], [], /may be the Service .*addresses:/],
  ['the name of a pod behind a Service, as pods resolve it', ['w-1.web.default'], [], /may be a pod .*addresses:/],
  ['that of another namespace of every cluster', ['w-1.dns.kube-system'], [], /may be a pod .*addresses:/],
  ['a name of the machine itself in many hosts files', ['ip6-localhost'], [], NO_MACHINE],
  ['a name that machines look for a proxy by', ['wpad.example.com'], [], NO_MACHINE],
  ['that of a pod', ['w-1.default.pod'], [], OF_API_SERVER],
  ['an address of pods', [], ['10.244.3.4'], /of pods.*addresses:/],
  ['a name in the cluster domain', ['w-1.cluster.local'], [], OF_API_SERVER],
  ['a wildcard', ['*.example.com'], [], NOT_PLAIN],
  ['a wildcard for Services', ['*.default.svc'], [], OF_API_SERVER],
  ['a wildcard below its own name', ['*.w-1.example.com'], [], NOT_PLAIN],
  ['its own name in capitals', ['W-1'], [], NOT_PLAIN],
  ['its own name with a dot at its end', ['w-1.'], [], NOT_PLAIN],
  ['an address as a name', ['10.250.0.99'], [], NOT_PLAIN],
  ['a name that begins alike', ['w-10.example.com'], [], NOT_ITS_OWN],
  ['the name of another machine', ['www.example.com'], [], NOT_ITS_OWN],
  ['a single label that is not its name', ['gateway'], [], NOT_ITS_OWN],
  ['this very machine, whichever it is', ['localhost'], [], NO_MACHINE],
  ['loopback', [], ['127.0.0.1'], NO_MACHINE],
  ['loopback in IPv6', [], ['::1'], NO_MACHINE],
  ['a link-local address', [], ['fe80::1'], NO_MACHINE],
  ['the address of a cloud for its machines', [], ['169.254.169.254'], NO_MACHINE],
  ['multicast', [], ['ff02::1'], NO_MACHINE],
  ['an IPv4 address in its old IPv6 form', [], ['::afa:b'], NO_MACHINE],
])('a node that reports %s gets no certificate for it', (_what, dnsNames, ipAddresses, reason) => {
  expect(decideReported(dnsNames, ipAddresses)).toEqual({ kind: 'deny', reason: expect.stringMatching(reason) });
});

test.each([
  ['an enrolment endpoint', { enrolmentEndpoints: ['[FD00:0::11]:9443'] }, [], ['fd00::11']],
  ['the host of the endpoint', { controlPlaneEndpoint: 'API.example.com:6443' }, ['api.example.com'], []],
  [
    'a name that the repository wants in the certificate',
    {
      kubeadm: {
        clusterConfiguration: { apiServer: { certSANs: ['w-1.example.com', '::ffff:198.51.100.1'] } },
      } as never,
    },
    ['w-1.example.com'],
    [],
  ],
  [
    'an address that it wants there, however it is spelt',
    { kubeadm: { clusterConfiguration: { apiServer: { certSANs: ['::ffff:198.51.100.1'] } } } as never },
    [],
    ['198.51.100.1'],
  ],
  [
    'a Service of the second family',
    { network: { ...definitionOf([]).cluster.network, serviceSubnet: '10.96.0.0/16,fd10::/108' } },
    [],
    ['fd10::1'],
  ],
])('a node that reports %s gets no certificate for it', (_what, changes, dnsNames, ipAddresses) => {
  const whole = { ...definitionOf([]).cluster, ...changes };
  const kubeadm = { ...definitionOf([]).cluster.kubeadm, ...whole.kubeadm };
  const definition = definitionOf(context.definition.accepted, [], { ...whole, kubeadm });
  const decision = decideReported(dnsNames, ipAddresses, { definition });
  expect(decision).toEqual({ kind: 'deny', reason: expect.stringMatching(OF_API_SERVER) });
});

test('a request for hundreds of addresses is denied', () => {
  const many = Array.from({ length: 33 }, (_, index) => `10.250.1.${index}`);
  expect(decideReported([], many)).toMatchObject({ kind: 'deny', reason: expect.stringContaining('more than 32') });
});

const W2 = { ...own, name: 'w-2', dnsNames: ['w-2'], ipAddresses: ['10.250.0.21'] };
const threeNodes = definitionOf([...context.definition.accepted, acceptedNode('w-2', `SHA256:${'p'.repeat(42)}A`)]);

test('whoever claims the address of another node is denied, and the other is not', () => {
  const holders = new Map([['w-1', ['10.250.0.21', 'fd00::15']]]);
  const changed = { definition: threeNodes, holders };
  const claim = {
    username: 'system:node:w-2',
    csr: { ...csr, commonName: 'system:node:w-2', dnsNames: ['w-2'], ipAddresses: ['10.250.0.21'] },
  };
  expect(decideServing({}, [W2, own], changed)).toEqual({ kind: 'approve' });
  expect(decideServing(claim, [W2, own], changed)).toEqual({
    kind: 'deny',
    reason: 'the node w-1 has the address 10.250.0.21 since before; `addresses:` in nodes.yaml says whose it is',
  });
});

test("a worker that claims a control plane's address has none of that control plane's requests denied", () => {
  const cp = { ...own, name: 'cp-1', dnsNames: ['cp-1'], ipAddresses: ['10.250.0.12'] };
  const claiming = nodeWith(['w-1'], ['10.250.0.12']);
  const holders = new Map([['w-1', ['10.250.0.12']]]);
  const names = { commonName: 'system:node:cp-1', dnsNames: ['cp-1'], ipAddresses: ['10.250.0.12'] };
  const request = { username: 'system:node:cp-1', csr: { ...csr, ...names } };
  expect(decideServing(request, [claiming, cp], { holders })).toEqual({ kind: 'approve' });
  const denied = decideServing(servingWith(['w-1'], ['10.250.0.12']), [claiming, cp], { holders });
  expect(denied).toMatchObject({ kind: 'deny', reason: expect.stringContaining('the node cp-1 has the address') });
});

test.each([
  ['called', acceptedNode('w-1.eu.example.com', undefined)],
  ['bound to', { ...acceptedNode('lb', undefined), addresses: ['10.250.0.9', 'W-1.eu.example.com'] }],
])('a node gets no certificate for what another one is %s in nodes.yaml', (_how, other) => {
  const [cp, w1] = context.definition.accepted as [AcceptedNode, AcceptedNode];
  const reason = `w-1.eu.example.com is the node ${other.name}’s in nodes.yaml`;
  for (const node of [w1, { ...w1, addresses: ['10.250.0.21', 'w-1.eu.example.com'] }]) {
    const definition = definitionOf([cp, node, other]);
    const decision = decideReported(['w-1', 'w-1.eu.example.com'], ['10.250.0.21'], { definition });
    expect(decision).toEqual({ kind: 'deny', reason });
    expect(decideReported(['w-1'], ['10.250.0.21'], { definition })).toEqual({ kind: 'approve' });
  }
});

test.each([
  ['all of them', ['w-1'], ['10.250.0.21', 'fd00::15'], undefined],
  ['some of them', [], ['fd00::15'], undefined],
  ['a name among them', ['ip-10-0-0-1.ec2.internal'], ['10.250.0.21'], undefined],
  ['another address', ['w-1'], ['10.250.0.22'], /10.250.0.22 is not among the `addresses`/],
  ['a name of two labels, and an address of pods, that are bound', ['w-1.local'], ['10.244.0.9'], undefined],
  ['another name', ['w-1.lan'], [], /w-1.lan is not among the `addresses`/],
  ['the API server', [], ['10.250.0.11'], OF_API_SERVER],
])('a node that is bound to addresses and asks for %s is answered by the list alone', (_what, dns, ips, reason) => {
  const addresses = ['10.250.0.21', 'FD00::15', 'ip-10-0-0-1.ec2.internal', '10.250.0.11', 'w-1.local', '10.244.0.9'];
  const [cp, w1] = context.definition.accepted as [AcceptedNode, AcceptedNode];
  const definition = definitionOf([cp, { ...w1, addresses }]);
  const decision = decideReported(dns, ips, { definition });
  expect(decision).toEqual(reason ? { kind: 'deny', reason: expect.stringMatching(reason) } : { kind: 'approve' });
});

test('what a stranger wrote into a request neither steers a terminal nor forges a line of the reason', () => {
  const hostile = '\u001b[2J\nsystem:node:w-1\u202e';
  const serving = { signerName: SERVING_SIGNER, groups: ['system:nodes'], username: `system:node:${hostile}` };
  const requests: readonly Partial<CsrRequest>[] = [
    { username: hostile },
    { csr: { ...csr, commonName: hostile } },
    { csr: { ...csr, organisation: hostile } },
    { usages: ['digital signature', hostile] },
    serving,
    { ...serving, username: 'system:node:w-1', csr: { ...csr, commonName: hostile } },
  ];
  for (const changes of requests) {
    const decision = decideCsr({ ...request, ...changes }, context);
    expect(decision.kind).toBe('deny');
    expect(decision).toMatchObject({ reason: expect.not.stringMatching(/[\p{Cc}\p{Cf}]/u) });
    expect(decision).toMatchObject({ reason: expect.stringContaining('\\u{1b}') });
  }
});
