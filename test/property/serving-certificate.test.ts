import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { settleAddresses } from '../../src/admission/approver/address-holders.ts';
import { decideCsr, SERVING_SIGNER } from '../../src/admission/approver/decide-csr.ts';
import { parseCsr } from '../../src/pki/parse-csr.ts';
import { acceptedNode, definitionOf } from '../admission/definition-fixture.ts';
import {
  bytesOf,
  DIRECTORY,
  DNS,
  EMAIL,
  IP,
  newSigningKeys,
  REGISTERED,
  requestPem,
  type San,
  type SigningKeys,
  textSan as text,
  URI_NAME as URI,
} from '../admission/san-request.ts';
import { buildGoProgram } from '../support/go-program.ts';

// a worker may report what it likes; whatever it asks for, no client in Go may take it for the API server or a Service
const API_SERVER = {
  dnsNames: [
    'cp-1',
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
    'api.public.example.com',
    '*.wild.example.com',
  ],
  ipAddresses: ['10.96.0.1', '10.250.0.11', '203.0.113.7', 'fd00::11'],
};
const RESERVED_NAMES = [
  ...API_SERVER.dnsNames.filter((name) => !name.startsWith('*')),
  ...['w-1.wild.example.com', 'other.wild.example.com', 'lb.example.com', 'enrol.example.com'],
  ...[
    'web.default',
    'w-1.default',
    'w-1.default.pod',
    'web.default.svc',
    'w-1.default.svc',
    'hook.kube-system.svc.cluster.local',
    'w-1.default.svc.cluster.local',
  ],
];
const RESERVED_ADDRESSES = [...API_SERVER.ipAddresses, '10.96.12.34', '10.244.3.4', 'fd10::7', '127.0.0.1', '::1'];
const definition = definitionOf(
  [acceptedNode('cp-1', undefined, 'control-plane'), acceptedNode('w-1', undefined)],
  [],
  {
    controlPlaneEndpoint: 'lb.example.com:6443',
    enrolmentEndpoints: ['enrol.example.com:9443'],
    network: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16,fd10::/108', dnsDomain: 'cluster.local' },
  },
);

function spellingsOfName(name: string): readonly San[] {
  const [first = '', ...rest] = name.split('.');
  const parents = rest.map((_, index) => rest.slice(index).join('.'));
  const names = [
    ...[name, name.toUpperCase(), `${first.toUpperCase()}.${rest.join('.')}`, `${name}.`, `.${name}`, `${name}..`],
    ...['*', '*.', '*.*', `*.${name}`, `*${name}`, `${first}*`, `${first.slice(0, 1)}*.${rest.join('.')}`],
    ...parents.flatMap((parent) => [
      `*.${parent}`,
      `*.${parent}.`,
      `*.${parent}`.toUpperCase(),
      `*.*.${parent}`,
      `w-1.${parent}`,
    ]),
    ...[
      `${name}\0`,
      `\0${name}`,
      `${name}\0.w-1`,
      `w-1.${name}`,
      `${name} `,
      ` ${name}`,
      `${name}\n`,
      `${name}:6443`,
      `https://${name}`,
    ],
    ...[name.replace(/\./g, '%2e'), name.replace('e', '\u00e9'), `xn--${name}`],
  ];
  return [
    ...names.map((value) => text(DNS, value)),
    text(DNS, name.replaceAll('.', '\u3002'), 'utf8'),
    text(DNS, name.replaceAll('e', '\uff45'), 'utf8'),
    ...[`https://${name}`, `https://${name}:6443/`, name].map((value) => text(URI, value)),
    ...[`a@${name}`, name].map((value) => text(EMAIL, value)),
    [IP, Buffer.from(name)],
    [DIRECTORY, Buffer.from('3000', 'hex')],
    [REGISTERED, Buffer.from('2a0304', 'hex')],
  ];
}

function spellingsOfAddress(address: string): readonly San[] {
  const bytes = bytesOf(address);
  const mapped = Buffer.concat([Buffer.from('00000000000000000000ffff', 'hex'), bytes.subarray(0, 4)]);
  const compatible = Buffer.concat([Buffer.alloc(12), bytes.subarray(0, 4)]);
  const mask = Buffer.alloc(bytes.length, 0xff);
  const texts = [
    address,
    `[${address}]`,
    `::ffff:${address}`,
    `${address}.`,
    `*.${address}`,
    `${address}%1`,
    `0${address}`,
  ];
  return [
    [IP, bytes],
    [IP, mapped],
    [IP, compatible],
    [IP, Buffer.concat([bytes, mask])],
    [IP, bytes.subarray(1)],
    [IP, Buffer.alloc(0)],
    ...texts.flatMap((value) => [text(DNS, value), text(IP, value)]),
    text(URI, `https://[${address}]`),
  ];
}

const spellings = [...RESERVED_NAMES.flatMap(spellingsOfName), ...RESERVED_ADDRESSES.flatMap(spellingsOfAddress)];
const own: readonly San[] = [
  text(DNS, 'w-1'),
  text(DNS, 'w-1.example.com'),
  [IP, bytesOf('10.250.0.21')],
  [IP, bytesOf('fd00::21')],
];

let keys: SigningKeys;
let verifyNames: string;

beforeAll(async () => {
  keys = await newSigningKeys();
  verifyNames = buildGoProgram('verify-names');
}, 120_000);

const requestFor = (sans: readonly San[], commonName?: string): Promise<string> => requestPem(sans, keys, commonName);

/** Our decision where the node's Node object says whatever its request does: that much is in its own hand. */
async function decide(pem: string): Promise<string> {
  const csr = await parseCsr(pem);
  const names = 'problem' in csr ? { dnsNames: ['w-1'], ipAddresses: [] } : csr;
  const nodes = [{ name: 'w-1', ready: true, dnsNames: names.dnsNames, ipAddresses: names.ipAddresses }];
  const request = {
    name: 'csr-1',
    uid: 'u',
    signerName: SERVING_SIGNER,
    username: 'system:node:w-1',
    groups: ['system:nodes'],
    usages: ['digital signature', 'server auth'],
    csr,
  };
  const holders = settleAddresses(new Map(), nodes, definition.accepted);
  return decideCsr(request, { definition, nodes, holders, apiServer: API_SERVER, now: new Date() }).kind;
}

interface Answer {
  readonly problem?: string;
  readonly believed: readonly string[];
}

/** What Go's signer and Go's verifier make of each request: the reserved names that its holder would pass for. */
function askGo(requests: readonly string[], names: readonly string[]): readonly Answer[] {
  const input = requests.map((request) => JSON.stringify({ request, names })).join('\n');
  const output = execFileSync(verifyNames, { input: `${input}\n`, maxBuffer: 64 * 1024 * 1024 }).toString();
  const answers = output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
  expect(answers.length).toBe(requests.length);
  return answers;
}

/** Reserved names as clients may ask for them. */
const asked = [
  ...RESERVED_NAMES.flatMap((name) => [name, `${name}.`, name.toUpperCase()]),
  ...RESERVED_ADDRESSES.flatMap((address) => [
    address,
    `[${address}]`,
    ...(address.includes(':') ? [] : [`::ffff:${address}`]),
  ]),
];

/** Answers what Go did believe: without that the property would say nothing. */
async function expectNothingReserved(
  sets: readonly (readonly San[])[],
  commonName?: string,
): Promise<ReadonlySet<string>> {
  const requests = await Promise.all(sets.map((sans) => requestFor(sans, commonName)));
  const answers = askGo(requests, asked);
  const decisions = await Promise.all(requests.map(decide));
  const wrong = answers.flatMap(({ believed }, index) =>
    believed.length > 0 && decisions[index] !== 'deny' ? [{ names: sets[index]?.map(String), believed }] : [],
  );
  expect(wrong).toEqual([]);
  return new Set(answers.flatMap(({ believed }) => believed));
}

describe('a certificate that Go would take for the API server or a Service is denied', () => {
  test('in every spelling of every reserved name and address', async () => {
    const believed = await expectNothingReserved(spellings.map((san) => [san]));
    expect(asked.filter((name) => !believed.has(name))).toEqual([]);
  }, 120_000);

  test("in any company of the machine's own names", async () => {
    const some = fc.shuffledSubarray([...spellings], { minLength: 1, maxLength: 3 });
    const sets = fc.sample(fc.tuple(some, fc.shuffledSubarray([...own])), { numRuns: 400, seed: 9 });
    const believed = await expectNothingReserved(sets.map(([a, b]) => [...b, ...a]));
    expect(believed.size).toBeGreaterThan(asked.length / 2);
  });

  test.each(['cp-1', 'kubernetes.default.svc', '10.250.0.11', 'system:node:w-1\0.kubernetes.default.svc'])(
    'with the common name %s',
    async (commonName) => {
      await expectNothingReserved([own, own.slice(0, 1)], commonName);
      expect(await decide(await requestFor(own, commonName))).toBe('deny');
    },
  );
});

test('what is really its own is approved, and Go believes it', async () => {
  const sets = fc.sample(fc.shuffledSubarray([...own], { minLength: 1 }), { numRuns: 20, seed: 9 });
  const requests = await Promise.all(sets.map((sans) => requestFor(sans)));
  expect(await Promise.all(requests.map(decide))).toEqual(requests.map(() => 'approve'));
  const [whole] = askGo([await requestFor(own)], ['w-1', 'w-1.example.com', '10.250.0.21', 'fd00::21', 'cp-1']);
  expect(whole).toEqual({ believed: ['w-1', 'w-1.example.com', '10.250.0.21', 'fd00::21'] });
});
