import { expect, test } from 'vitest';
import { readGeneralNames } from '../../src/pki/general-names.ts';
import { parseCsr } from '../../src/pki/parse-csr.ts';
import { bytesOf, DNS, IP, newSigningKeys, requestPem, type San, textSan } from '../admission/san-request.ts';
import { opensslCsr } from './openssl-csr.ts';

const KUBELET = '/O=system:nodes/CN=system:node:w-1';

test("a kubelet's request is read", async () => {
  const csr = await parseCsr(opensslCsr(KUBELET, '-addext', 'subjectAltName=DNS:w-1,IP:10.0.0.1,IP:fd00::1'));
  expect(csr).toMatchObject({
    commonName: 'system:node:w-1',
    organisation: 'system:nodes',
    dnsNames: ['w-1'],
    ipAddresses: ['10.0.0.1', 'fd00::1'],
  });
});

const good = opensslCsr(KUBELET);
const der = Buffer.from(good.replace(/-----[^-]+-----/g, ''), 'base64');
const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
const forged = Buffer.from(der);
forged[der.length - 1] = (der[der.length - 1] ?? 0) ^ 1;
const renamed = Buffer.from(der);
renamed[der.indexOf('w-1')] = 'x'.charCodeAt(0);

test.each([
  ['no PEM', 'hello', /one PEM block/],
  ['two PEM blocks', good + good, /one PEM block/],
  ['text before the PEM', `x\n${good}`, /one PEM block/],
  ['a huge PEM', good + '\n'.repeat(20_000), /one PEM block/],
  [
    'bytes behind the request',
    pem(Buffer.concat([der, Buffer.from([0])])),
    /behind the request|not a certificate request/,
  ],
  ['a truncated request', pem(der.subarray(0, der.length - 9)), /not a certificate request/],
  ['a forged signature', pem(forged), /not signed by the key/],
  ['a changed name', pem(renamed), /not signed by the key/],
  ['a second organisation', opensslCsr(`/O=system:masters${KUBELET}`), /exactly one CN and one O/],
  ['a second common name', opensslCsr(`/CN=system:node:w-2${KUBELET}`), /exactly one CN and one O/],
  ['a multi-valued subject', opensslCsr('/O=system:nodes+CN=system:node:w-1'), /exactly one CN and one O/],
  ['an organisational unit', opensslCsr(`${KUBELET}/OU=x`), /exactly one CN and one O/],
  ['no subject', opensslCsr('/'), /exactly one CN and one O/],
  [
    'an e-mail address',
    opensslCsr(KUBELET, '-addext', 'subjectAltName=DNS:a,email:a@b'),
    /more than names and addresses/,
  ],
  ['a URI', opensslCsr(KUBELET, '-addext', 'subjectAltName=URI:spiffe://a'), /more than names and addresses/],
  ['the wish to be a CA', opensslCsr(KUBELET, '-addext', 'basicConstraints=CA:TRUE'), /more than names and addresses/],
])('a request with %s is refused', async (_what, text, reason) => {
  expect(await parseCsr(text)).toEqual({ problem: expect.stringMatching(reason) });
});

const mappedAddress = Buffer.concat([Buffer.alloc(10), Buffer.from('ffff', 'hex'), bytesOf('10.250.0.11')]);

test.each<readonly [string, San, RegExp]>([
  ['an IPv4 address written as IPv6', [IP, mappedAddress], /10\.250\.0\.11 is written as IPv6 in it/],
  ['an address of eight bytes', [IP, Buffer.alloc(8)], /an address in it has 8 bytes/],
  ['a name with a zero byte', textSan(DNS, 'a\0.b'), /not plain ASCII/],
  ['a name beyond ASCII', textSan(DNS, 'b\u00fccher', 'utf8'), /not plain ASCII/],
  ['an empty name', textSan(DNS, ''), /not plain ASCII/],
])('a request with %s is refused', async (_what, san, reason) => {
  const pemText = await requestPem([textSan(DNS, 'w-1'), san], await newSigningKeys());
  expect(await parseCsr(pemText)).toEqual({ problem: expect.stringMatching(reason) });
});

test.each([
  ['behind its names', '30058203772d3100'],
  ['of an indefinite length', '30808203772d310000'],
  ['whose name ends too late', '30058209772d31'],
  ['with a length longer than it need be', '3006828103772d31'],
  ['of another kind than a list', '31058203772d31'],
])('a list of names with bytes %s is none', (_what, hex) => {
  expect(readGeneralNames(Buffer.from('30058203772d31', 'hex'))).toHaveLength(1);
  expect(readGeneralNames(Buffer.from(hex, 'hex'))).toBeUndefined();
});
