import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { readApiServerNames } from '../../../src/admission/approver/api-server-names.ts';
import { loadX509 } from '../../../src/pki/load-x509.ts';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A certificate with these names, or with none at all, PEM. */
async function certificate(...names: { type: 'dns' | 'ip'; value: string }[]): Promise<string> {
  const x509 = await loadX509();
  const keys = (await webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const extensions = names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : [];
  const options = { serialNumber: '01', name: 'CN=kube-apiserver', keys, signingAlgorithm: ECDSA, extensions };
  return (await x509.X509CertificateGenerator.createSelfSigned(options)).toString('pem');
}

test('the names and addresses of the API server are those of its first certificate', async () => {
  const [first, second] = [
    await certificate({ type: 'dns', value: 'kubernetes' }, { type: 'ip', value: '10.96.0.1' }),
    await certificate({ type: 'dns', value: 'other' }),
  ];
  const names = { dnsNames: ['kubernetes'], ipAddresses: ['10.96.0.1'] };
  expect(await readApiServerNames(first)).toEqual(names);
  expect(await readApiServerNames(`# a chain\n${first}\n${second}\n`)).toEqual(names);
});

test('where nothing can be told of them it is an error: nobody gets a serving certificate then', async () => {
  const told = (pem?: string) => readApiServerNames(pem).catch((error: unknown) => error);
  const refused = (message: string) => expect.objectContaining({ code: 'admission.api-certificate', message });
  const summary = "the API server's certificate cannot be read";
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
  expect(await told()).toEqual(refused(`${summary}: there is no certificate`));
  expect(await told('')).toEqual(refused(`${summary}: there is no certificate`));
  expect(await told(broken)).toMatchObject({ code: 'admission.api-certificate' });
  expect(await told(await certificate())).toEqual(refused(`${summary}: it carries no names`));
});
