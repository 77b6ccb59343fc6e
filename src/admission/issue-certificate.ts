import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { KubicError } from '../errors/kubic-error.ts';
import { listAt, textAt } from '../json/at.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { fingerprintHex } from '../pki/fingerprint.ts';
import { printableLine } from '../text/printable.ts';
import { saveEnrolment } from './enrolment-records.ts';

export const CSR_KIND = { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest' } as const;

export interface IssueDeps {
  readonly client: KubeClient;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
}

const LIFETIME_SECONDS = 900;
const WAIT_MS = 20_000;

/**
 * Has the cluster sign an enrolment's request (verified by the caller) for 900 s, and records which certificate went to which
 * key before anyone gets it. Answers the certificate, PEM.
 *
 * @throws KubicError admission.issue-failed, kube.*
 */
export async function issueCertificate(csr: string, fingerprint: string, deps: IssueDeps): Promise<string> {
  const { client, signal } = deps;
  const name = `kubic-enrol-${fingerprintHex(fingerprint).slice(0, 16)}-${randomBytes(5).toString('hex')}`;
  const created = await client.create(renderRequest(name, csr), { signal });
  try {
    await approve(client, created, 'KubicInitEnrolment', `enrolment of ${fingerprint}`, signal);
    const pem = await waitForCertificate(client, name, signal);
    const certificate = new X509Certificate(pem);
    await saveEnrolment(
      client,
      fingerprint,
      {
        certificate: createHash('sha256').update(certificate.raw).digest('hex'),
        expires: new Date(certificate.validTo).toISOString(),
      },
      deps.now?.() ?? new Date(),
      signal,
    );
    return certificate.toString();
  } finally {
    // the certificate need not lie around for who may read CSRs; kube-controller-manager clears up what we cannot
    await client.delete({ ...CSR_KIND, name }).catch(() => {});
  }
}

function renderRequest(name: string, csr: string): KubeObject {
  return {
    ...CSR_KIND,
    metadata: { name },
    spec: {
      request: Buffer.from(csr).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client',
      expirationSeconds: LIFETIME_SECONDS,
      usages: ['digital signature', 'client auth'],
    },
  };
}

/** Decides on a CertificateSigningRequest that nobody has decided on, as it was at that resourceVersion. */
export async function decideRequest(
  client: KubeClient,
  { name, uid, resourceVersion }: { readonly name: string; readonly uid: string; readonly resourceVersion: string },
  condition: { readonly type: 'Approved' | 'Denied'; readonly reason: string; readonly message: string },
  signal?: AbortSignal,
): Promise<void> {
  const patch = { metadata: { uid, resourceVersion }, status: { conditions: [{ ...condition, status: 'True' }] } };
  await client.patch({ ...CSR_KIND, name }, patch, { subresource: 'approval', signal });
}

function approve(
  client: KubeClient,
  object: KubeObject,
  reason: string,
  message: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { name, uid = '', resourceVersion = '' } = object.metadata;
  return decideRequest(client, { name, uid, resourceVersion }, { type: 'Approved', reason, message }, signal);
}

async function waitForCertificate(client: KubeClient, name: string, signal: AbortSignal | undefined): Promise<string> {
  const timeout = AbortSignal.timeout(WAIT_MS);
  const limit = signal ? AbortSignal.any([signal, timeout]) : timeout;
  const events = client.watch(CSR_KIND.apiVersion, CSR_KIND.kind, {
    fieldSelector: `metadata.name=${name}`,
    signal: limit,
  });
  for await (const event of events) {
    const object = event.type === 'listed' ? event.objects[0] : event.object;
    const certificate = textAt(object, 'status', 'certificate');
    if (certificate) return Buffer.from(certificate, 'base64').toString('utf8');
    const failed = listAt(object, 'status', 'conditions').find((condition) => textAt(condition, 'type') !== 'Approved');
    if (failed) {
      const detail = printableLine(
        `${textAt(failed, 'type')}: ${textAt(failed, 'message') ?? textAt(failed, 'reason')}`,
        300,
      );
      throw new KubicError('admission.issue-failed', { detail });
    }
    if (event.type === 'deleted') throw new KubicError('admission.issue-failed', { detail: `${name} was deleted` });
  }
  if (signal?.aborted) throw new KubicError('agent.aborted', { detail: 'the issue of a certificate' });
  throw new KubicError('admission.issue-failed', { detail: `not signed within ${WAIT_MS / 1000} s` });
}
