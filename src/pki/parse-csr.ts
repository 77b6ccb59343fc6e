import { loadX509 } from './load-x509.ts';
import { readRequestedNames, type ServingNames } from './serving-names.ts';

/** A PKCS#10 request whose signature is good, reduced to what rules ask. */
export interface ParsedCsr extends ServingNames {
  readonly commonName: string;
  readonly organisation: string;
  /** DER of the public key. */
  readonly spki: Uint8Array;
}

/** What is wrong with a request, in words: the first thing found. */
export interface CsrProblem {
  readonly problem: string;
}

/** Several times what a request with an RSA key of 8192 bits takes. */
export const MAX_PEM = 16 * 1024;
const PEM = /^\s*-----BEGIN CERTIFICATE REQUEST-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE REQUEST-----\s*$/;
const SUBJECT_ALT_NAME = '2.5.29.17';

/**
 * Parses a request from anyone. Strict, so that no other parser (Go's, in the API server) can read another name out of it:
 * one PEM block; a subject of exactly one CN and one O; no extension but subjectAltName with DNS names and IP addresses, each in
 * the form that the certificate will carry.
 */
export async function parseCsr(pem: string): Promise<ParsedCsr | CsrProblem> {
  const base64 = pem.length <= MAX_PEM ? PEM.exec(pem)?.[1] : undefined;
  if (base64 === undefined) return { problem: 'it is not one PEM block of a certificate request' };
  try {
    return await parseDer(Buffer.from(base64, 'base64'));
  } catch {
    return { problem: 'it is not a certificate request (PKCS#10)' };
  }
}

async function parseDer(der: Buffer): Promise<ParsedCsr | CsrProblem> {
  const { Pkcs10CertificateRequest } = await loadX509();
  const request = new Pkcs10CertificateRequest(der);
  if (der.length !== lengthOf(der)) return { problem: 'there is something behind the request' };
  const subject = parseSubject(request.subjectName.toJSON());
  if (!subject) return { problem: 'its subject is not exactly one CN and one O' };
  const names = readExtensions(request);
  if ('problem' in names) return names;
  if (!(await request.verify())) return { problem: 'it is not signed by the key it is for' };
  return { ...subject, ...names, spki: new Uint8Array(request.publicKey.rawData) };
}

/** The length of the one DER value that a buffer begins with, its header included. */
function lengthOf(der: Buffer): number {
  const short = der[1] ?? 0;
  if (short < 0x80) return 2 + short;
  const bytes = short & 0x7f;
  return bytes >= 1 && bytes <= 4 ? 2 + bytes + der.readUIntBE(2, bytes) : -1;
}

type JsonName = readonly Readonly<Record<string, readonly unknown[]>>[];

function parseSubject(name: JsonName): { commonName: string; organisation: string } | undefined {
  if (name.length !== 2) return undefined;
  const value = (type: string): string | undefined => {
    const parts = name.filter((part) => Object.hasOwn(part, type) && Object.keys(part).length === 1);
    const [text, ...more] = parts.length === 1 ? (parts[0]?.[type] ?? []) : [];
    return typeof text === 'string' && more.length === 0 ? text : undefined;
  };
  const [commonName, organisation] = [value('CN'), value('O')];
  return commonName === undefined || organisation === undefined ? undefined : { commonName, organisation };
}

type Request = InstanceType<Awaited<ReturnType<typeof loadX509>>['Pkcs10CertificateRequest']>;

function readExtensions(request: Request): ServingNames | CsrProblem {
  const [extension, ...more] = request.extensions;
  const attributes = request.attributes.length;
  if (!extension && attributes === 0) return { dnsNames: [], ipAddresses: [] };
  if (!extension || more.length > 0 || attributes > 1 || extension.type !== SUBJECT_ALT_NAME) {
    return { problem: 'it asks for more than names and addresses' };
  }
  return readRequestedNames(new Uint8Array(extension.value));
}
