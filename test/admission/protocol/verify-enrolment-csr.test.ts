import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEnrolmentKey } from '../../../src/admission/join/enrolment-key.ts';
import { explainEnrolmentCsr } from '../../../src/admission/protocol/verify-enrolment-csr.ts';
import { fingerprintOf, spkiOf } from '../../../src/pki/fingerprint.ts';
import { opensslCsr } from '../../pki/openssl-csr.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const FINGERPRINT = `SHA256:${'k'.repeat(42)}A`;
const ENROLMENT = `/O=system:bootstrappers:kubic/CN=kubic:enrol:${FINGERPRINT}`;

test('the request that an agent makes is good for its own identity only', async () => {
  const { csr } = await createEnrolmentKey(FINGERPRINT);
  expect(await explainEnrolmentCsr(csr, FINGERPRINT)).toBeUndefined();
  expect(await explainEnrolmentCsr(csr, `SHA256:${'x'.repeat(42)}A`)).toMatch(/its CN is not/);
});

test.each([
  ['another group', `/O=system:masters/CN=kubic:enrol:${FINGERPRINT}`, [], /its O is not/],
  ['a node as its name', '/O=system:nodes/CN=system:node:w-1', [], /its CN is not/],
  ['a name', ENROLMENT, ['-addext', 'subjectAltName=DNS:w-1'], /names or addresses/],
  ['an address', ENROLMENT, ['-addext', 'subjectAltName=IP:10.0.0.1'], /names or addresses/],
  ['an RSA key', ENROLMENT, ['-newkey', 'rsa:2048'], /neither ECDSA P-256 nor Ed25519/],
  ['another curve', ENROLMENT, ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], /neither ECDSA/],
])('an enrolment request with %s is refused', async (_what, subject, more, reason) => {
  expect(await explainEnrolmentCsr(opensslCsr(subject, ...more), FINGERPRINT)).toMatch(reason);
});

test('a request to certify the identity key itself is refused', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const file = join(await temporaryDirectory(), 'key.pem');
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const fingerprint = fingerprintOf(spkiOf(publicKey));
  const subject = `/O=system:bootstrappers:kubic/CN=kubic:enrol:${fingerprint.replace(/[/+]/g, '\\$&')}`;
  expect(await explainEnrolmentCsr(opensslCsr(subject, '-key', file), fingerprint)).toMatch(/fresh key/);
});
