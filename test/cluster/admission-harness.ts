import { createHash, webcrypto, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { issueCertificate } from '../../src/admission/issue-certificate.ts';
import { createEnrolmentKey, type EnrolmentKey } from '../../src/admission/join/enrolment-key.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { loadX509 } from '../../src/pki/load-x509.ts';

/** A client with another identity than the kubeconfig's: a certificate with its key, or a token. */
export async function clientAs(
  kubeconfig: string,
  user: { certificate: string; key: string } | { token: string },
): Promise<KubeClient> {
  const config = parse(await readFile(kubeconfig, 'utf8')) as { contexts: { context: { cluster: string } }[] };
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const credentials =
    'token' in user
      ? user
      : { 'client-certificate-data': base64(user.certificate), 'client-key-data': base64(user.key) };
  const context = { cluster: config.contexts[0]?.context.cluster, user: 'u' };
  const contexts = [{ name: 'c', context }];
  const text = { ...config, users: [{ name: 'u', user: credentials }], contexts, 'current-context': 'c' };
  return createKubeClient({ text: JSON.stringify(text) });
}

export interface Enrolled {
  readonly certificate: string;
  readonly key: EnrolmentKey;
  readonly digest: string;
  readonly client: KubeClient;
}

/** What a machine with an accepted key gets from the enrolment server. */
export async function enrolled(admin: KubeClient, kubeconfig: string, fingerprint: string): Promise<Enrolled> {
  const key = await createEnrolmentKey(fingerprint);
  const certificate = await issueCertificate(key.csr, fingerprint, { client: admin });
  const digest = createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex');
  return { certificate, key, digest, client: await clientAs(kubeconfig, { certificate, key: key.privateKey }) };
}

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A kubelet's key and the request for its first client certificate, base64 as the API has it. */
export async function kubeletKey(nodeName: string): Promise<{ privateKey: string; request: string }> {
  const { Pkcs10CertificateRequestGenerator, PemConverter } = await loadX509();
  const keys = (await webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const name = [{ O: ['system:nodes'] }, { CN: [`system:node:${nodeName}`] }];
  const csr = await Pkcs10CertificateRequestGenerator.create({ name, keys, signingAlgorithm: ECDSA });
  return {
    privateKey: PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    request: Buffer.from(csr.toString('pem')).toString('base64'),
  };
}
