import type { ClusterDefinition } from '../../definition/definition.ts';
import { listAt } from '../../json/at.ts';
import type { ServingNames } from '../../pki/serving-names.ts';
import { formatAddress, isWithin, parseAddress, parseSubnets, splitHostPort } from '../../text/address.ts';

/**
 * Addresses that are no machine's own: a kubelet refuses them for itself (validateNodeIP in pkg/kubelet), and to whoever connects
 * to one of them another machine may be meant.
 */
const NOBODYS = parseSubnets(
  [
    ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'],
    ...['::/96', '64:ff9b::/96', 'fe80::/10', 'ff00::/8'], // `::/96` holds loopback and IPv4 in its old IPv6 form
  ].join(','),
);

/** Names of the machine itself in hosts files everywhere, and those that machines look for in whatever domain they are in (a proxy, a tunnel). */
const EVERY_MACHINES = /(^|\.)localhost\d?\.?$|^localhost\d?\.localdomain\d?\.?$|^ip6-[a-z]+\.?$|^(wpad|isatap)(\.|$)/i;

/** Namespaces that every cluster has: a name that ends in one is no host's in any domain. */
const NAMESPACES = 'default|kube-system|kube-public|kube-node-lease';
const OF_SERVICE = /^[^.]+\.[^.]+\.?$/;
const OF_POD = new RegExp(`^[^.]+\\.[^.]+\\.(${NAMESPACES})\\.?$`, 'i');

/** Why no kubelet at all gets a certificate for a name or address: it is that of Services, or of every machine. */
export function explainShared(name: string, { network }: ClusterDefinition): string | undefined {
  const address = parseAddress(name);
  const services = address && parseSubnets(network.serviceSubnet)?.some((range) => isWithin(address, range));
  if (services || isServiceName(name.toLowerCase(), network.dnsDomain.toLowerCase())) {
    return `${name} is an address of the API server or of Services`;
  }
  const nobodys = address ? NOBODYS?.some((range) => isWithin(address, range)) : EVERY_MACHINES.test(name);
  return nobodys ? `${name} is no address of one machine alone` : undefined;
}

/** `web.default.svc` or `10-244-0-7.default.pod`, also where the cluster domain stands behind it, and whatever else is in that domain. */
function isServiceName(name: string, domain: string): boolean {
  return /\.(svc|pod)$/.test(name) || name === domain || name.endsWith(`.${domain}`);
}

/**
 * Why a kubelet gets a name or address only where nodes.yaml binds the node to it: in a pod it may be another's. `web.default` is a Service there, by
 * the search path of its resolver, `w-1.web.default` a pod behind one (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/), and addresses of podSubnet are pods'.
 */
export function explainAmbiguous(name: string, { network }: ClusterDefinition): string | undefined {
  const address = parseAddress(name);
  const why = '`addresses:` in nodes.yaml may say that it is the node’s';
  if (address) {
    const isPods = parseSubnets(network.podSubnet)?.some((range) => isWithin(address, range));
    return isPods ? `${name} is an address of pods; ${why}` : undefined;
  }
  if (OF_POD.test(name)) return `${name} may be a pod behind a Service of a namespace; ${why}`;
  return OF_SERVICE.test(name) ? `${name} may be the Service of that name in a namespace; ${why}` : undefined;
}

/**
 * Whether a name or address (canonical) is one by which clients know the API server, or machines enrol: what its own certificate
 * on this control plane carries, what the repository says it is to carry, and its endpoints.
 */
export function createApiServerNames(
  { controlPlaneEndpoint, enrolmentEndpoints, kubeadm }: ClusterDefinition,
  certified: ServingNames,
): (name: string) => boolean {
  const certSANs = listAt(kubeadm.clusterConfiguration, 'apiServer', 'certSANs').map(String);
  const hosts = [controlPlaneEndpoint, ...enrolmentEndpoints].map((endpoint) => splitHostPort(endpoint).host);
  const names = new Set([...hosts, ...certSANs, ...certified.dnsNames, ...certified.ipAddresses].map(canonicalName));
  return (name) => {
    const asked = canonicalName(name);
    const wildcard = asked.replace(/^[^.]*(?=\.)/, '*');
    return names.has(asked) || names.has(wildcard) || /^kubernetes(\.|$)/.test(asked);
  };
}

/** Go compares names without regard to case, and takes a dot at the end of what a client asks for away. */
function canonicalName(name: string): string {
  const address = parseAddress(name);
  return address ? formatAddress(address) : name.toLowerCase().replace(/\.$/, '');
}
