import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderDiscoveryFile } from '../../../src/admission/join/discovery-file.ts';

const admission = {
  nodeName: 'w-1',
  role: 'worker',
  ca: 'the CA',
  controlPlaneEndpoint: 'api.example.com:6443',
  certificate: 'the certificate',
  privateKey: 'the key',
} as const;

test('the discovery file carries everything itself: kubeadm copies it', () => {
  const text = renderDiscoveryFile(admission);
  const base64 = (plain: string): string => Buffer.from(plain).toString('base64');
  expect(parse(text)).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'kubernetes',
        cluster: { server: 'https://api.example.com:6443', 'certificate-authority-data': base64('the CA') },
      },
    ],
    users: [
      {
        name: 'enrolment',
        user: { 'client-certificate-data': base64('the certificate'), 'client-key-data': base64('the key') },
      },
    ],
    contexts: [{ name: 'enrolment@kubernetes', context: { cluster: 'kubernetes', user: 'enrolment' } }],
    'current-context': 'enrolment@kubernetes',
  });
});
