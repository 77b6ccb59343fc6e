import type { AcceptedNode, ClusterDefinition } from '../../definition/definition.ts';
import type { ParsedCsr } from '../../pki/parse-csr.ts';
import { type Address, parseAddress, parseSubnet, splitHostPort } from '../../text/address.ts';
import type { NodeAddresses } from './decide-csr.ts';

interface ServingContext {
  readonly node: AcceptedNode;
  readonly own: NodeAddresses;
  readonly others: readonly NodeAddresses[];
  readonly cluster: ClusterDefinition;
}

type Names = Pick<ParsedCsr, 'dnsNames' | 'ipAddresses'>;

/**
 * Why a kubelet does not get this serving certificate; undefined when it does. A kubelet reports its addresses itself, and the
 * cluster CA signs: so none that another node has, and none by which clients know the API server.
 */
export function explainServingRequest(csr: Names, { node, own, others, cluster }: ServingContext): string | undefined {
  const [asked, reported] = [identitiesOf(csr), identitiesOf(own)];
  if (asked.size === 0) return 'it names no address';
  const foreign = [...asked].find((name) => !reported.has(name)) ?? [...reported].find((name) => !asked.has(name));
  if (foreign !== undefined) return `its names are not the addresses of the node ${node.name}: ${textOf(foreign)}`;
  for (const other of others) {
    const shared = [...identitiesOf(other)].find((name) => asked.has(name));
    if (shared !== undefined) return `the node ${other.name} has the address ${textOf(shared)} too`;
  }
  const reserved =
    node.role === 'control-plane' ? undefined : [...csr.dnsNames, ...csr.ipAddresses].find(isReserved(cluster));
  return reserved && `${reserved} is an address of the API server or of Services`;
}

/** Comparable: an address has many spellings. */
function identitiesOf({ dnsNames, ipAddresses }: Names): ReadonlySet<string> {
  const addresses = ipAddresses.map((text) => {
    const address = parseAddress(text);
    return `ip ${address ? `${address.family} ${address.value.toString(16)}` : text}`;
  });
  return new Set([...dnsNames.map((name) => `dns ${name.toLowerCase()}`), ...addresses]);
}

function textOf(identity: string): string {
  return identity.slice(identity.lastIndexOf(' ') + 1);
}

/** Loopback and unspecified addresses, and those that the cluster's own certificates carry. */
function isReserved(cluster: ClusterDefinition): (text: string) => boolean {
  const endpoints = [cluster.controlPlaneEndpoint, ...cluster.enrolmentEndpoints].map(
    (text) => splitHostPort(text).host,
  );
  const names = new Set([...endpoints.map((host) => host.toLowerCase()), 'localhost', 'kubernetes']);
  const ranges = ['127.0.0.0/8', '0.0.0.0/32', '::/127', ...cluster.network.serviceSubnet.split(',')].map(parseSubnet);
  const isInRange = (address: Address): boolean =>
    ranges.some(
      (range) =>
        typeof range !== 'string' &&
        range.family === address.family &&
        range.first <= address.value &&
        address.value <= range.last,
    );
  const reserved = new Set(endpoints.map((host) => parseAddress(host)?.value).filter((value) => value !== undefined));
  return (text) => {
    const address = parseAddress(text);
    if (address) return isInRange(address) || reserved.has(address.value);
    const name = text.toLowerCase();
    return names.has(name) || name.startsWith('kubernetes.') || name.endsWith(`.${cluster.network.dnsDomain}`);
  };
}
