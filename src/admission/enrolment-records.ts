import { isMapping, textAt } from '../json/at.ts';
import { retryConflict } from '../kube/errors/retry-conflict.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import { fingerprintHex } from '../pki/fingerprint.ts';

/** Which certificate the holder of a key was given: one lives per key, and it is good for one CSR. */
export interface EnrolmentRecord {
  /** SHA-256 over the DER, hex: as in the API server's credential-id. */
  readonly certificate: string;
  /** ISO 8601 */
  readonly expires: string;
  /** uid of the CertificateSigningRequest it was used for. */
  readonly usedBy?: string;
}

const CONFIG_MAP = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'kube-system',
  name: 'kubic-init-enrolments',
} as const;

type Data = Readonly<Record<string, string>>;

/** The record of a key, or undefined. */
export async function loadEnrolment(
  client: KubeClient,
  fingerprint: string,
  signal?: AbortSignal,
): Promise<EnrolmentRecord | undefined> {
  const { data } = await load(client, signal);
  return parseRecord(data[fingerprintHex(fingerprint)]);
}

/** Keeps the record of a key in place of the one before, and forgets those that have expired. */
export async function saveEnrolment(
  client: KubeClient,
  fingerprint: string,
  record: EnrolmentRecord,
  now: Date,
  signal?: AbortSignal,
): Promise<void> {
  await patch(
    client,
    (data) => ({ ...expired(data, now), [fingerprintHex(fingerprint)]: JSON.stringify(record) }),
    signal,
  );
}

/** Marks the certificate of a key as used by a CSR. False where the record is another's by now, or used by another CSR. */
export async function useEnrolment(
  client: KubeClient,
  fingerprint: string,
  certificate: string,
  uid: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const key = fingerprintHex(fingerprint);
  let marked = false;
  await patch(
    client,
    (data) => {
      const record = parseRecord(data[key]);
      marked = record?.certificate === certificate && (record.usedBy ?? uid) === uid;
      return marked ? { [key]: JSON.stringify({ ...record, usedBy: uid }) } : {};
    },
    signal,
  );
  return marked;
}

async function load(
  client: KubeClient,
  signal: AbortSignal | undefined,
): Promise<{ data: Data; resourceVersion?: string }> {
  const object = await client.get(CONFIG_MAP, { signal });
  const resourceVersion = object?.metadata.resourceVersion;
  const data = isMapping(object?.data) ? (object.data as Data) : {};
  return { data, ...(resourceVersion !== undefined && { resourceVersion }) };
}

/** Changes entries under the resourceVersion they were read at; whoever was faster is read again. */
async function patch(
  client: KubeClient,
  change: (data: Data) => Readonly<Record<string, string | null>>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { apiVersion, kind, name, namespace } = CONFIG_MAP;
  await retryConflict(async () => {
    const { data, resourceVersion } = await load(client, signal);
    const changes = change(data);
    if (Object.keys(changes).length === 0) return;
    if (resourceVersion === undefined) {
      const entries = Object.entries(changes).filter(([, value]) => value !== null);
      const object = { apiVersion, kind, metadata: { name, namespace }, data: Object.fromEntries(entries) };
      await client.create(object, { signal });
    } else {
      await client.patch(CONFIG_MAP, { metadata: { resourceVersion }, data: changes }, { signal });
    }
  });
}

function expired(data: Data, now: Date): Record<string, null> {
  const keys = Object.keys(data).filter((key) => {
    const record = parseRecord(data[key]);
    return !record || Date.parse(record.expires) <= now.getTime();
  });
  return Object.fromEntries(keys.map((key) => [key, null]));
}

function parseRecord(text: string | undefined): EnrolmentRecord | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    const [certificate, expires, usedBy] = ['certificate', 'expires', 'usedBy'].map((field) => textAt(value, field));
    if (certificate === undefined || Number.isNaN(Date.parse(expires ?? ''))) return undefined;
    return { certificate, expires: expires ?? '', ...(usedBy !== undefined && { usedBy }) };
  } catch {
    return undefined;
  }
}
