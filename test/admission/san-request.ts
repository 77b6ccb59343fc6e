import { webcrypto } from 'node:crypto';
import { loadX509 } from '../../src/pki/load-x509.ts';
import { parseAddress } from '../../src/text/address.ts';

/** One name of a subjectAltName, as bytes: what no library would write can be written too. */
export type San = readonly [tag: number, bytes: Buffer];
export const [EMAIL, DNS, DIRECTORY, URI_NAME, IP, REGISTERED] = [0x81, 0x82, 0xa4, 0x86, 0x87, 0x88] as const;

export function textSan(tag: number, value: string, encoding: BufferEncoding = 'latin1'): San {
  return [tag, Buffer.from(value, encoding)];
}

/** The bytes of an address in its canonical form. */
export function bytesOf(address: string): Buffer {
  const { family, value } = parseAddress(address) ?? { family: 4, value: 0n };
  return Buffer.from(value.toString(16).padStart(family === 4 ? 8 : 32, '0'), 'hex');
}

export type SigningKeys = webcrypto.CryptoKeyPair;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export async function newSigningKeys(): Promise<SigningKeys> {
  return (await webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])) as SigningKeys;
}

/** A kubelet's request for a serving certificate with these names, PEM. */
export async function requestPem(
  sans: readonly San[],
  keys: SigningKeys,
  commonName = 'system:node:w-1',
): Promise<string> {
  const { Extension, Pkcs10CertificateRequestGenerator } = await loadX509();
  const names = derOf(0x30, Buffer.concat(sans.map(([tag, bytes]) => derOf(tag, bytes))));
  const csr = await Pkcs10CertificateRequestGenerator.create({
    name: [{ O: ['system:nodes'] }, { CN: [commonName] }],
    keys,
    signingAlgorithm: ECDSA,
    extensions: [new Extension('2.5.29.17', false, names)],
  });
  return `${csr.toString('pem')}\n`;
}

function derOf(tag: number, content: Buffer): Buffer {
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
