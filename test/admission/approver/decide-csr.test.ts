import { expect, test } from 'vitest';
import type { CsrRequest } from '../../../src/admission/approver/csr-request.ts';
import {
  CLIENT_SIGNER,
  type CsrContext,
  decideCsr,
  SERVING_SIGNER,
} from '../../../src/admission/approver/decide-csr.ts';
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
  now: new Date('2026-01-01T00:00:00Z'),
};

test('a kubelet whose key is accepted gets a certificate for the name bound to it', () => {
  expect(decideCsr(request, context)).toEqual({ kind: 'approve' });
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
const servingContext: CsrContext = { ...context, nodes: [own] };

test("a serving certificate is approved for exactly the node's addresses, however they are spelt", () => {
  expect(decideCsr(serving, servingContext)).toEqual({ kind: 'approve' });
});

test('a serving request waits until the node has reported its addresses', () => {
  expect(decideCsr(serving, { ...context, nodes: [] })).toEqual({ kind: 'wait' });
  expect(decideCsr(serving, { ...context, nodes: [{ ...own, dnsNames: [], ipAddresses: [] }] })).toEqual({
    kind: 'wait',
  });
});

test('serving requests of others than nodes are left alone', () => {
  expect(decideCsr({ ...serving, username: 'kubernetes-admin' }, servingContext)).toEqual({ kind: 'ignore' });
});

const nodeWith = (dnsNames: readonly string[], ipAddresses: readonly string[]) => ({ ...own, dnsNames, ipAddresses });
const servingWith = (dnsNames: readonly string[], ipAddresses: readonly string[]) => ({
  csr: { ...csr, dnsNames, ipAddresses },
});
const brokenServing: readonly (readonly [string, Partial<CsrRequest>, readonly (typeof own)[] | undefined, RegExp])[] =
  [
    ['of a node that is not in the list', { username: 'system:node:w-9' }, undefined, /not in the list/],
    ['for another node', { csr: { ...csr, commonName: 'system:node:w-2', dnsNames: ['w-1'] } }, undefined, /asked/],
    [
      'for another organisation',
      { csr: { ...csr, organisation: 'system:masters', dnsNames: ['w-1'] } },
      undefined,
      /organisation/,
    ],
    ['for a client', { usages: ['digital signature', 'client auth'] }, undefined, /usages/],
    [
      'with one name too many',
      servingWith(['w-1', 'x'], ['10.250.0.21', 'fd00::15']),
      undefined,
      /not the addresses.*x$/,
    ],
    ['with one address too few', servingWith(['w-1'], ['10.250.0.21']), undefined, /not the addresses/],
    ['without any', servingWith([], []), undefined, /no address/],
    [
      'for an address that another node has too',
      {},
      [own, { ...own, name: 'w-2', dnsNames: ['w-2'], ipAddresses: ['10.250.0.21'] }] as never,
      /node w-2 has the address/,
    ],
    [
      'for the control plane endpoint',
      servingWith([], ['10.250.0.11']),
      [nodeWith([], ['10.250.0.11'])] as never,
      /API server/,
    ],
    [
      'for the address of the API Service',
      servingWith([], ['10.96.0.1']),
      [nodeWith([], ['10.96.0.1'])] as never,
      /API server/,
    ],
    ['for loopback', servingWith([], ['127.0.0.1']), [nodeWith([], ['127.0.0.1'])] as never, /API server/],
    [
      'for the name of the API Service',
      servingWith(['kubernetes.default.svc'], []),
      [nodeWith(['kubernetes.default.svc'], [])] as never,
      /API server/,
    ],
    [
      'for the name of any Service',
      servingWith(['web.default.svc.cluster.local'], []),
      [nodeWith(['web.default.svc.cluster.local'], [])] as never,
      /API server/,
    ],
  ];

test.each(brokenServing)('a serving request %s is denied, with the reason', (_what, change, nodes, reason) => {
  const decision = decideCsr({ ...serving, ...change }, { ...servingContext, nodes: nodes ?? [own] });
  expect(decision).toEqual({ kind: 'deny', reason: expect.stringMatching(reason) });
});
