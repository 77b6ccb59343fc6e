/**
 * An IP address in its canonical form: a number, so that ranges can be compared, and a family. Two spellings of one address have
 * the same of both.
 */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

export interface Subnet {
  readonly text: string;
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** `::ffff:0:0/96`: IPv4 addresses as sockets and certificates of both families spell them (RFC 4291, 2.5.5.2). */
const MAPPED_PREFIX = 0xffffn;

/** An IPv4-mapped IPv6 address is the IPv4 address: Go's net.IP, which signs and verifies certificates, tells them apart nowhere. */
export function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? parseIPv6(text) : parseIPv4(text);
  if (value === undefined) return undefined;
  if (!text.includes(':')) return { family: 4, value };
  return value >> 32n === MAPPED_PREFIX ? { family: 4, value: value & 0xffff_ffffn } : { family: 6, value };
}

/** The one text of an address: `10.0.0.1`, `fd00::1` (RFC 5952, as the URL standard writes it). */
export function formatAddress({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function parseIPv4(text: string): bigint | undefined {
  const parts = text.split('.');
  const valid = parts.length === 4 && parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256);
  return valid ? parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) : undefined;
}

/** RFC 4291: eight groups, `::` for a run of zeros, the last two perhaps as an IPv4 address. No zone. */
function parseIPv6(text: string): bigint | undefined {
  const expanded = expandIPv4Tail(text);
  const halves = expanded?.split('::') ?? [];
  if (halves.length < 1 || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function expandIPv4Tail(text: string): string | undefined {
  if (!text.includes('.')) return text;
  const start = text.lastIndexOf(':') + 1;
  const value = parseIPv4(text.slice(start));
  return value === undefined
    ? undefined
    : `${text.slice(0, start)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

/** `10.244.0.0/16` as a range, or what is wrong with it. */
export function parseSubnet(text: string): Subnet | string {
  const slash = text.lastIndexOf('/');
  const address = parseAddress(text.slice(0, Math.max(0, slash)));
  const length = text.slice(slash + 1);
  if (address === undefined) return 'the address is not an IP address';
  if (address.family === 4 && text.includes(':'))
    return `an IPv4 range is written with dots: ${formatAddress(address)}`;
  const bits = address.family === 4 ? 32 : 128;
  if (!/^(0|[1-9][0-9]{0,2})$/.test(length) || Number(length) > bits) {
    return `the prefix length is not within 0–${bits}`;
  }
  const size = 1n << BigInt(bits - Number(length));
  const first = (address.value / size) * size;
  return { text, family: address.family, first, last: first + size - 1n };
}

/** The ranges of a field with one or, for dual stack, two of them; undefined where one is wrong. */
export function parseSubnets(text: string): readonly Subnet[] | undefined {
  const subnets = text.split(',').map(parseSubnet);
  const valid = subnets.filter((subnet) => typeof subnet !== 'string');
  return valid.length === subnets.length ? valid : undefined;
}

/** True for an address inside of a subnet of its family. */
export function isWithin({ family, value }: Address, subnet: Subnet): boolean {
  return family === subnet.family && subnet.first <= value && value <= subnet.last;
}

/** True for two subnets of one family that have an address in common. */
export function subnetsOverlap(a: Subnet, b: Subnet): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** `host:port` taken apart; the host without brackets. */
export function splitHostPort(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}
