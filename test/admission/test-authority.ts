import { webcrypto } from 'node:crypto';
import { loadX509 } from '../../src/pki/load-x509.ts';

export interface TestAuthority {
  /** PEM */
  readonly ca: string;
  /** Signs a PKCS#10 (PEM) as the cluster would; answers a PEM certificate. */
  readonly sign: (csr: string) => Promise<string>;
  /** A server certificate with its key, both PEM; with no subject at all for the name ''. */
  readonly serve: (name: string) => Promise<{ cert: string; key: string }>;
}

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A CA made for a test. */
export async function createTestAuthority(): Promise<TestAuthority> {
  const x509 = await loadX509();
  const newKeys = async () =>
    (await webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const keys = await newKeys();
  const dates = { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 900_000) };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...dates,
    serialNumber: '01',
    name: 'CN=kubernetes',
    signingAlgorithm: ECDSA,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  const issue = async (subject: string, publicKey: webcrypto.CryptoKey): Promise<string> => {
    const certificate = await x509.X509CertificateGenerator.create({
      ...dates,
      serialNumber: '02',
      subject,
      issuer: ca.subject,
      publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ECDSA,
    });
    return certificate.toString('pem');
  };
  return {
    ca: ca.toString('pem'),
    sign: async (csr) => {
      const request = new x509.Pkcs10CertificateRequest(csr);
      return issue(request.subject, await request.publicKey.export());
    },
    serve: async (name) => {
      const own = await newKeys();
      const der = await webcrypto.subtle.exportKey('pkcs8', own.privateKey);
      return {
        cert: await issue(name === '' ? '' : `CN=${name}`, own.publicKey),
        key: x509.PemConverter.encode(der, 'PRIVATE KEY'),
      };
    },
  };
}
