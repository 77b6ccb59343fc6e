import { generateKeyPairSync } from 'node:crypto';
import type { Identity } from '../../src/admission/identity/identity.ts';
import { fingerprintOf, spkiOf } from '../../src/pki/fingerprint.ts';

/** An identity that no file holds. */
export function newIdentity(): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = spkiOf(publicKey);
  return { privateKey, spki, fingerprint: fingerprintOf(spki) };
}
