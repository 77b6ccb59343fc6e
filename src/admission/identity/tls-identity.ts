import { constants, createHash, webcrypto, type X509Certificate } from 'node:crypto';
import type { SecureContextOptions, TLSSocket } from 'node:tls';
import { fingerprintOf, spkiOf } from '../../pki/fingerprint.ts';
import { loadX509 } from '../../pki/load-x509.ts';
import { printableLine } from '../../text/printable.ts';
import type { Identity } from './identity.ts';

const NAME = 'CN=kubic-init';

/** A self-signed certificate of the identity key (PEM). Peers look at its key alone: it never expires and names nobody. */
export async function createIdentityCertificate(identity: Identity): Promise<string> {
  const { X509CertificateGenerator } = await loadX509();
  const privateDer = identity.privateKey.export({ type: 'pkcs8', format: 'der' });
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey('pkcs8', privateDer, 'Ed25519', false, ['sign']),
    webcrypto.subtle.importKey('spki', identity.spki, 'Ed25519', true, ['verify']),
  ]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: createHash('sha256')
      .update(identity.spki)
      .digest('hex')
      .slice(0, 16)
      .replace(/^[89a-f]/, '7'),
    name: NAME,
    notBefore: new Date(0),
    notAfter: new Date('9999-12-31T23:59:59Z'),
    signingAlgorithm: 'Ed25519',
    keys: { privateKey, publicKey },
  });
  return certificate.toString('pem');
}

/** TLS 1.3 and nothing else; no tickets, so that each connection proves the possession of both keys anew. */
export function tlsOptions(identity: Identity, certificate: string): SecureContextOptions {
  return {
    cert: certificate,
    key: identity.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    minVersion: 'TLSv1.3',
    secureOptions: constants.SSL_OP_NO_TICKET,
    sigalgs: 'ed25519:ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256',
  };
}

export type Peer =
  | { readonly kind: 'identity'; readonly fingerprint: string }
  /** A certificate that kubic-init does not make: of a CA, of another program. */
  | { readonly kind: 'foreign'; readonly subject: string }
  | { readonly kind: 'none' };

/** Who is at the other end of a connection whose handshake is through: the handshake has proved that it holds the key. */
export function identifyPeer(socket: TLSSocket): Peer {
  if (socket.isSessionReused()) return { kind: 'none' };
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return { kind: 'none' };
  try {
    const key = certificate.publicKey;
    if (key.asymmetricKeyType !== 'ed25519' || !isOurs(certificate)) return describeForeign(certificate);
    return { kind: 'identity', fingerprint: fingerprintOf(spkiOf(key)) };
  } catch {
    return { kind: 'none' }; // a stranger's certificate, with a key that OpenSSL cannot read: nothing it says may end us
  }
}

/** Node answers undefined where a certificate has no subject, whatever its types say. */
function describeForeign({ subject }: { readonly subject?: string | undefined }): Peer {
  return { kind: 'foreign', subject: printableLine(subject ?? '') };
}

function isOurs(certificate: X509Certificate): boolean {
  return certificate.subject === NAME && certificate.issuer === NAME;
}
