import type { AcceptedNode, ClusterDefinition } from '../../definition/definition.ts';
import type { ServingNames } from '../../pki/serving-names.ts';
import { parseAddress } from '../../text/address.ts';
import { printable } from '../../text/printable.ts';
import { type AddressHolders, canonicalAddresses, MAX_ADDRESSES, type NodeAddresses } from './address-holders.ts';
import { createApiServerNames, explainAmbiguous, explainShared } from './reserved-names.ts';

interface ServingContext {
  readonly node: AcceptedNode;
  /** All of nodes.yaml: what another is called or bound to is no other's. */
  readonly accepted: readonly AcceptedNode[];
  /** What the node reports; needed where nodes.yaml binds it to no addresses. */
  readonly own: NodeAddresses | undefined;
  readonly holders: AddressHolders;
  readonly cluster: ClusterDefinition;
  /** What the API server's certificate carries. */
  readonly apiServer: ServingNames;
}

/**
 * Why a kubelet does not get this serving certificate; undefined when it does. A kubelet reports its addresses itself, and the
 * cluster CA signs: so it gets what is its own and nothing else, and nothing by which clients know the API server or a Service.
 */
export function explainServingRequest(csr: ServingNames, context: ServingContext): string | undefined {
  const asked = [...csr.dnsNames, ...csr.ipAddresses];
  if (asked.length === 0) return 'it names no address';
  if (asked.length > MAX_ADDRESSES) return `it names more than ${MAX_ADDRESSES} names and addresses`;
  return (
    firstReason(asked, (name) => explainReserved(name, context)) ??
    firstReason(csr.dnsNames, (name) => explainName(name, context)) ??
    (context.node.addresses ? undefined : explainDifference(csr, context)) ??
    firstReason(csr.ipAddresses, (address) => explainAddress(address, context))
  );
}

function firstReason(names: readonly string[], explain: (name: string) => string | undefined): string | undefined {
  for (const name of names) {
    const reason = explain(name);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function explainReserved(name: string, { node, cluster, apiServer }: ServingContext): string | undefined {
  const text = readable(name);
  const shared = explainShared(text, cluster);
  if (shared !== undefined) return shared;
  if (node.role !== 'control-plane' && createApiServerNames(cluster, apiServer)(text)) {
    return `${text} is an address of the API server or of Services`;
  }
  // one that is bound to addresses gets no others anyway, and its name is what somebody accepted it by
  return node.addresses || name === node.name ? undefined : explainAmbiguous(text, cluster);
}

/** Lower-case labels and dots between them; the last is no number, for that is how addresses end. */
const PLAIN = /^(?=.{1,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*(?![0-9]+$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function explainName(name: string, { node, accepted }: ServingContext): string | undefined {
  if (name === node.name) return undefined;
  if (!PLAIN.test(name)) return `${readable(name)} is no plain name: lower-case labels with dots between them`;
  const other = accepted.find((candidate) => candidate.name !== node.name && namesOf(candidate).includes(name));
  if (other) return `${readable(name)} is the node ${other.name}’s in nodes.yaml`;
  if (node.addresses) return node.addresses.includes(name) ? undefined : notBound(name, node);
  return name.startsWith(`${node.name}.`)
    ? undefined
    : `${readable(name)} is not a name of the node ${node.name}; \`addresses:\` in nodes.yaml may say that it is`;
}

/** A name has no case. */
function namesOf({ name, addresses = [] }: AcceptedNode): readonly string[] {
  return [name, ...addresses].map((text) => text.toLowerCase());
}

/** A kubelet asks for all it reports and nothing else (pkg/kubelet/certificate). */
function explainDifference(csr: ServingNames, { node, own }: ServingContext): string | undefined {
  const [asked, reported] = [identitiesOf(csr), identitiesOf(own ?? { dnsNames: [], ipAddresses: [] })];
  const foreign = [...asked].find((name) => !reported.has(name)) ?? [...reported].find((name) => !asked.has(name));
  return foreign && `its names are not the addresses of the node ${node.name}: ${readable(foreign)}`;
}

function explainAddress(address: string, { node, holders }: ServingContext): string | undefined {
  if (holders.get(node.name)?.includes(address)) return undefined;
  if (node.addresses) return notBound(address, node);
  const holder = [...holders].find(([, held]) => held.includes(address))?.[0];
  const who = holder === undefined ? 'another node' : `the node ${holder}`;
  return `${who} has the address ${address} since before; \`addresses:\` in nodes.yaml says whose it is`;
}

function notBound(name: string, node: AcceptedNode): string {
  return `${readable(name)} is not among the \`addresses\` that nodes.yaml binds the node ${node.name} to`;
}

/** Comparable: an address has many spellings, and a node may report one as its host name. */
function identitiesOf({ dnsNames, ipAddresses }: ServingNames): ReadonlySet<string> {
  const names = dnsNames.filter((name) => parseAddress(name) === undefined).map((name) => name.toLowerCase());
  return new Set([...names, ...canonicalAddresses([...dnsNames, ...ipAddresses])]);
}

function readable(name: string): string {
  return printable(name, 253);
}
