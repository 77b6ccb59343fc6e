import { X509Certificate } from 'node:crypto';
import type { Role } from '../../definition/definition.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { spkiOf } from '../../pki/fingerprint.ts';
import { hashOfCA } from '../../pki/hash-of-ca.ts';
import type { Accepted } from '../protocol/enrolment-protocol.ts';
import type { EnrolmentKey } from './enrolment-key.ts';

/** What a machine needs to join: verified, and good for 900 s. */
export interface Admission {
  readonly nodeName: string;
  readonly role: Role;
  /** The cluster CA, PEM: one certificate. */
  readonly ca: string;
  readonly controlPlaneEndpoint: string;
  /** Client certificate, PEM. */
  readonly certificate: string;
  /** The certificate's key, PKCS#8 PEM: a secret. */
  readonly privateKey: string;
}

/**
 * Checks that an answer fits together: the certificate is for our key and signed by the CA, and the CA is the one that the
 * repository names, where it names one.
 *
 * @throws KubicError admission.protocol, admission.other-ca
 */
export function verifyAdmission(answer: Accepted, key: EnrolmentKey, clusterCA: string | undefined): Admission {
  const [ca, certificate] = [parseCertificate(answer.ca), parseCertificate(answer.certificate)];
  if (!ca?.ca || !certificate) throw mismatch('it holds no CA or no certificate');
  if (!spkiOf(certificate.publicKey).equals(key.spki)) throw mismatch('the certificate is for another key');
  if (!certificate.verify(ca.publicKey)) throw mismatch('the certificate is not signed by the CA beside it');
  const found = hashOfCA(ca);
  if (clusterCA !== undefined && clusterCA !== found) {
    throw new KubicError('admission.other-ca', { detail: `it has ${found}`, facts: { declared: clusterCA, found } });
  }
  const { nodeName, role, controlPlaneEndpoint } = answer;
  return {
    nodeName,
    role,
    controlPlaneEndpoint,
    ca: ca.toString(),
    certificate: certificate.toString(),
    privateKey: key.privateKey,
  };
}

function parseCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function mismatch(detail: string): KubicError {
  return new KubicError('admission.protocol', { detail });
}
