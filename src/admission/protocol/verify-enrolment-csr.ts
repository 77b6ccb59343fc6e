import { createPublicKey } from 'node:crypto';
import { fingerprintOf } from '../../pki/fingerprint.ts';
import { parseCsr } from '../../pki/parse-csr.ts';

export const ENROLMENT_GROUP = 'system:bootstrappers:kubic';
const USER_PREFIX = 'kubic:enrol:';

/** The user that an enrolment certificate names. */
export function enrolmentUser(fingerprint: string): string {
  return `${USER_PREFIX}${fingerprint}`;
}

/** The fingerprint in the name of an enrolment's user; undefined for other users. */
export function fingerprintOfUser(user: string): string | undefined {
  return user.startsWith(USER_PREFIX) ? user.slice(USER_PREFIX.length) : undefined;
}

/** What is wrong with a request for an enrolment certificate, or undefined when it may be issued to that identity. */
export async function explainEnrolmentCsr(pem: string, fingerprint: string): Promise<string | undefined> {
  const csr = await parseCsr(pem);
  if ('problem' in csr) return csr.problem;
  if (csr.commonName !== enrolmentUser(fingerprint)) return `its CN is not ${enrolmentUser(fingerprint)}`;
  if (csr.organisation !== ENROLMENT_GROUP) return `its O is not ${ENROLMENT_GROUP}`;
  if (csr.dnsNames.length + csr.ipAddresses.length > 0) return 'it asks for names or addresses';
  if (fingerprintOf(csr.spki) === fingerprint) return 'it is for the identity key itself; it has to be a fresh key';
  return isSuitableKey(csr.spki) ? undefined : 'its key is neither ECDSA P-256 nor Ed25519';
}

function isSuitableKey(spki: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  return key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
}
