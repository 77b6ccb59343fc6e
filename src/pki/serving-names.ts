import { formatAddress, parseAddress } from '../text/address.ts';
import { DNS_NAME, type GeneralName, IP_ADDRESS, readGeneralNames } from './general-names.ts';

/** Whom a serving certificate is for. Addresses are in their canonical text. */
export interface ServingNames {
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

const PRINTABLE = /^[\x21-\x7e]+$/;

/**
 * What a request asks to be certified, or what is wrong with it: only DNS names in ASCII and addresses in the form that Go's signer
 * gives them. An IPv4 address written as IPv6 would become the IPv4 address in the certificate (marshalSANs in crypto/x509).
 */
export function readRequestedNames(der: Uint8Array): ServingNames | { readonly problem: string } {
  const names = readGeneralNames(der);
  if (!names || names.some(({ tag }) => tag !== DNS_NAME && tag !== IP_ADDRESS)) {
    return { problem: 'it asks for more than names and addresses' };
  }
  const dnsNames = textsOf(names);
  if (!dnsNames.every((name) => PRINTABLE.test(name))) return { problem: 'a name in it is not plain ASCII' };
  const ipAddresses: string[] = [];
  for (const { bytes } of names.filter(({ tag }) => tag === IP_ADDRESS)) {
    const canonical = addressOf(bytes);
    if (canonical === undefined) return { problem: `an address in it has ${bytes.length} bytes` };
    if (canonical.includes('.') && bytes.length !== 4) {
      return { problem: `the address ${canonical} is written as IPv6 in it (::ffff:${canonical})` };
    }
    ipAddresses.push(canonical);
  }
  return { dnsNames, ipAddresses };
}

/** What a certificate that exists is for: its DNS names and addresses, whatever else it carries. */
export function readCertifiedNames(der: Uint8Array): ServingNames | undefined {
  const names = readGeneralNames(der);
  const addresses = names?.filter(({ tag }) => tag === IP_ADDRESS).map(({ bytes }) => addressOf(bytes));
  return names && { dnsNames: textsOf(names), ipAddresses: (addresses ?? []).filter((text) => text !== undefined) };
}

function textsOf(names: readonly GeneralName[]): readonly string[] {
  return names.filter(({ tag }) => tag === DNS_NAME).map(({ bytes }) => bytes.toString('latin1'));
}

function addressOf(bytes: Buffer): string | undefined {
  const text =
    bytes.length === 4
      ? [...bytes].join('.')
      : bytes.length === 16
        ? bytes.toString('hex').replace(/.{4}(?!$)/g, '$&:')
        : '';
  const address = parseAddress(text);
  return address && formatAddress(address);
}
