import { generateKeyPairSync } from 'node:crypto';
import { fingerprintOf, spkiOf } from '../../src/admission/fingerprint.ts';
import type { Identity } from '../../src/admission/identity.ts';

/** An identity that no file holds. */
export function newIdentity(): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = spkiOf(publicKey);
  return { privateKey, spki, fingerprint: fingerprintOf(spki) };
}
