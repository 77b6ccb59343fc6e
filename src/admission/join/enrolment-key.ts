import { webcrypto } from 'node:crypto';
import { loadX509 } from '../../pki/load-x509.ts';
import { ENROLMENT_GROUP, enrolmentUser } from '../protocol/verify-enrolment-csr.ts';

/** A key made for one enrolment, and the request to certify it. */
export interface EnrolmentKey {
  /** PKCS#8 PEM; it never leaves this machine. */
  readonly privateKey: string;
  /** DER of the public key. */
  readonly spki: Buffer;
  /** PKCS#10 PEM. */
  readonly csr: string;
}

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** ECDSA P-256, which every version of Kubernetes signs and client-go uses. */
export async function createEnrolmentKey(fingerprint: string): Promise<EnrolmentKey> {
  const { Pkcs10CertificateRequestGenerator, PemConverter } = await loadX509();
  const keys = (await webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ O: [ENROLMENT_GROUP] }, { CN: [enrolmentUser(fingerprint)] }],
    keys,
    signingAlgorithm: ECDSA,
  });
  return {
    privateKey: PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    spki: Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey)),
    csr: request.toString('pem'),
  };
}
