import { describe, expect, test } from 'vitest';
import {
  isDecided,
  keepOpen,
  readCredential,
  readCsrRequest,
  toOpenCsr,
} from '../../../src/admission/approver/csr-request.ts';
import { createEnrolmentKey } from '../../../src/admission/join/enrolment-key.ts';
import { MAX_PEM } from '../../../src/pki/parse-csr.ts';

const ID = 'authentication.kubernetes.io/credential-id';
const DIGEST = 'ab'.repeat(32);

const csr = (spec: object = {}, more: object = {}) => ({
  apiVersion: 'certificates.k8s.io/v1',
  kind: 'CertificateSigningRequest',
  metadata: { name: 'csr-1', uid: 'u1', resourceVersion: '7', labels: { huge: 'x' } },
  spec: { username: 'kubic:enrol:k', ...spec },
  ...more,
});

describe('a request', () => {
  test('is decided once it has any condition, or a certificate', () => {
    expect(isDecided(csr())).toBe(false);
    expect(isDecided(csr({}, { status: { conditions: [] } }))).toBe(false);
    expect(isDecided(csr({}, { status: { conditions: [{ type: 'Denied' }] } }))).toBe(true);
    expect(isDecided(csr({}, { status: { certificate: 'x' } }))).toBe(true);
  });

  test('that is undecided is kept by its names alone, and one that is decided not at all', () => {
    const kept = keepOpen(csr({ request: 'x'.repeat(1_000), groups: ['a'] }));
    expect(kept).toEqual({
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name: 'csr-1', uid: 'u1', resourceVersion: '7' },
      spec: { username: 'kubic:enrol:k', isTooLarge: false },
    });
    expect(kept && toOpenCsr(kept)).toEqual({
      name: 'csr-1',
      uid: 'u1',
      resourceVersion: '7',
      username: 'kubic:enrol:k',
      isTooLarge: false,
    });
    expect(keepOpen(csr({}, { status: { certificate: 'x' } }))).toBeUndefined();
  });

  test('is too large where its text could not be that of a request', () => {
    const size = (length: number) => keepOpen(csr({ request: 'x'.repeat(length) }))?.spec;
    const most = Math.ceil(MAX_PEM / 3) * 4;
    expect(size(most)).toMatchObject({ isTooLarge: false });
    expect(size(most + 1)).toMatchObject({ isTooLarge: true });
    expect(toOpenCsr({ ...csr(), spec: { isTooLarge: true } }).isTooLarge).toBe(true);
  });

  test('that lacks everything is read as one that has nothing', () => {
    const bare = { apiVersion: 'v1', kind: 'x', metadata: { name: 'a' } };
    expect(keepOpen(bare)).toEqual({ ...bare, spec: { username: '', isTooLarge: false } });
    expect(toOpenCsr(bare)).toEqual({ name: 'a', uid: '', resourceVersion: '', username: '', isTooLarge: false });
  });

  test('is read with what the API server recorded of the requester', async () => {
    const { csr: pem } = await createEnrolmentKey('w-1');
    const request = Buffer.from(pem).toString('base64');
    const spec = {
      request,
      signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      groups: ['g1', 'g2'],
      usages: ['client auth'],
      extra: { [ID]: [`X509SHA256=${DIGEST}`] },
    };
    expect(await readCsrRequest(csr(spec))).toMatchObject({
      name: 'csr-1',
      uid: 'u1',
      signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      username: 'kubic:enrol:k',
      groups: ['g1', 'g2'],
      credential: DIGEST,
      usages: ['client auth'],
      csr: { dnsNames: [], ipAddresses: [] },
    });
    const nothing = await readCsrRequest({ ...csr(), metadata: { name: 'a' }, spec: { groups: 'g', usages: {} } });
    expect(nothing).toMatchObject({ uid: '', signerName: '', username: '', groups: [], usages: [] });
    expect(nothing).not.toHaveProperty('credential');
  });
});

test('a credential is the digest of one client certificate, and nothing else', () => {
  const of = (...ids: unknown[]) => readCredential(csr({ extra: { [ID]: ids } }));
  expect(of(`X509SHA256=${DIGEST}`)).toBe(DIGEST);
  expect(of()).toBeUndefined();
  expect(of(`X509SHA256=${DIGEST}`, `X509SHA256=${DIGEST}`)).toBeUndefined();
  expect(of(`JTI=${DIGEST}`)).toBeUndefined();
  expect(of(`X509SHA256=${DIGEST}0`)).toBeUndefined();
  expect(of(7)).toBeUndefined();
  expect(readCredential(csr())).toBeUndefined();
});
