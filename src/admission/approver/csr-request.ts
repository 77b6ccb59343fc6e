import { at, isMapping, listAt, textAt } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { type CsrProblem, MAX_PEM, type ParsedCsr, parseCsr } from '../../pki/parse-csr.ts';

/** A CertificateSigningRequest, reduced to what decides on it. What the API server recorded of the requester is proof. */
export interface CsrRequest {
  readonly name: string;
  readonly uid: string;
  readonly signerName: string;
  readonly username: string;
  readonly groups: readonly string[];
  /** Of the client certificate that asked, SHA-256 over its DER in hex; undefined where another kind of credential did. */
  readonly credential?: string;
  readonly usages: readonly string[];
  readonly csr: ParsedCsr | CsrProblem;
}

const CREDENTIAL_ID = 'authentication.kubernetes.io/credential-id';
const X509_CREDENTIAL = /^X509SHA256=([0-9a-f]{64})$/;

/** True for a request that somebody has approved, denied or signed. */
export function isDecided(object: KubeObject): boolean {
  return listAt(object, 'status', 'conditions').length > 0 || textAt(object, 'status', 'certificate') !== undefined;
}

/** A request that waits to be looked at: what is held of it meanwhile, whoever made it and however large it is. */
export interface OpenCsr {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly username: string;
  /** No kubelet's request is: it is denied unread. */
  readonly isTooLarge: boolean;
}

/** In base64. */
const MAX_REQUEST = Math.ceil(MAX_PEM / 3) * 4;

/** An undecided CSR without what takes room: what to keep of a list that anybody in the cluster may fill. */
export function keepOpen(object: KubeObject): KubeObject | undefined {
  if (isDecided(object)) return undefined;
  const { apiVersion, kind, metadata } = object;
  const { name, uid, resourceVersion } = metadata;
  const isTooLarge = (textAt(object.spec, 'request') ?? '').length > MAX_REQUEST;
  const spec = { username: textAt(object.spec, 'username') ?? '', isTooLarge };
  return {
    apiVersion,
    kind,
    metadata: { name, ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) },
    spec,
  };
}

/** Of what keepOpen() kept. */
export function toOpenCsr({ metadata, spec }: KubeObject): OpenCsr {
  const { name, uid = '', resourceVersion = '' } = metadata;
  return {
    name,
    uid,
    resourceVersion,
    username: textAt(spec, 'username') ?? '',
    isTooLarge: at(spec, 'isTooLarge') === true,
  };
}

/** A CertificateSigningRequest of the API server as what decides on it; what it lacks is empty. */
export async function readCsrRequest(object: KubeObject): Promise<CsrRequest> {
  const spec = object.spec;
  const credential = readCredential(object);
  const pem = Buffer.from(textAt(spec, 'request') ?? '', 'base64').toString('latin1');
  return {
    name: object.metadata.name,
    uid: object.metadata.uid ?? '',
    signerName: textAt(spec, 'signerName') ?? '',
    username: textAt(spec, 'username') ?? '',
    groups: texts(spec, 'groups'),
    ...(credential !== undefined && { credential }),
    usages: texts(spec, 'usages'),
    csr: await parseCsr(pem),
  };
}

/** The client certificate that asked: SHA-256 over its DER in hex, as the API server recorded it. */
export function readCredential(object: KubeObject): string | undefined {
  const ids = listAt(object.spec, 'extra', CREDENTIAL_ID);
  return ids.length === 1 && typeof ids[0] === 'string' ? X509_CREDENTIAL.exec(ids[0])?.[1] : undefined;
}

function texts(value: unknown, field: string): readonly string[] {
  return isMapping(value) && Array.isArray(at(value, field)) ? listAt(value, field).map(String) : [];
}
