import { createHash, type KeyObject } from 'node:crypto';
import { KubicError } from '../errors/kubic-error.ts';

const PREFIX = 'SHA256:';
/** 43 characters of base64 hold 258 bits: the last two are zero in the one canonical spelling. */
const PATTERN = /^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/;

/** `SHA256:` and unpadded base64 of SHA-256 over a public key's SPKI (DER), written as OpenSSH writes fingerprints. */
export function fingerprintOf(spki: Uint8Array): string {
  return PREFIX + createHash('sha256').update(spki).digest('base64').replace(/=+$/, '');
}

/** The DER of a key's public half (SubjectPublicKeyInfo). */
export function spkiOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** True for text in the form of a fingerprint, as it is written in the node list. */
export function isFingerprint(text: string): boolean {
  return PATTERN.test(text);
}

/** @throws KubicError admission.fingerprint-invalid */
export function parseFingerprint(text: string): string {
  if (!isFingerprint(text))
    throw new KubicError('admission.fingerprint-invalid', { detail: JSON.stringify(text.slice(0, 80)) });
  return text;
}

/** The 32 bytes of a fingerprint in hex, which fits into names, labels and keys of Kubernetes. */
export function fingerprintHex(fingerprint: string): string {
  return Buffer.from(fingerprint.slice(PREFIX.length), 'base64').toString('hex');
}
