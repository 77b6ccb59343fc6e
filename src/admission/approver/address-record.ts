import type { AcceptedNode } from '../../definition/definition.ts';
import { isMapping, listAt, textAt } from '../../json/at.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { type AddressHolders, canonicalAddresses, type NodeAddresses, settleAddresses } from './address-holders.ts';

/** Which node holds which address, kept over restarts and changes of the leader: who had one first is known by it. */
const CONFIG_MAP = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'kube-system',
  name: 'kubic-init-addresses',
} as const;

export interface ObservedAddresses {
  readonly nodes: readonly NodeAddresses[];
  readonly holders: AddressHolders;
}

/**
 * Looks at all Nodes, settles whose each address is, and records it.
 *
 * @throws KubicError kube.*; kube.conflict where another has just written the record
 */
export async function observeAddresses(
  client: KubeClient,
  accepted: readonly AcceptedNode[],
  signal: AbortSignal,
): Promise<ObservedAddresses> {
  const [recorded, nodes] = await Promise.all([
    client.get(CONFIG_MAP, { signal }),
    client.list('v1', 'Node', { signal, keep: keepAddresses }).then((objects) => objects.map(toNodeAddresses)),
  ]);
  const holders = settleAddresses(parseHolders(recorded), nodes, accepted);
  await saveHolders(client, recorded, holders, signal);
  return { nodes, holders };
}

/** The addresses that any node holds, as recorded last. */
export async function loadKnownAddresses(client: KubeClient): Promise<readonly string[]> {
  return [...parseHolders(await client.get(CONFIG_MAP)).values()].flat();
}

/** A Node without its images, labels and the like, which make it many times as large. */
function keepAddresses({ apiVersion, kind, metadata, status }: KubeObject): KubeObject {
  const [conditions, addresses] = [listAt(status, 'conditions'), listAt(status, 'addresses')];
  const { name, creationTimestamp } = metadata;
  return { apiVersion, kind, metadata: { name, creationTimestamp }, status: { conditions, addresses } };
}

/** The part of a Node that decides on certificates. */
export function toNodeAddresses(node: KubeObject): NodeAddresses {
  const conditions = listAt(node, 'status', 'conditions');
  const ready = conditions.some((c) => textAt(c, 'type') === 'Ready' && textAt(c, 'status') === 'True');
  const of = (pattern: RegExp): string[] =>
    listAt(node, 'status', 'addresses')
      .filter((address) => pattern.test(textAt(address, 'type') ?? ''))
      .map((address) => textAt(address, 'address') ?? '');
  const created = textAt(node, 'metadata', 'creationTimestamp');
  return {
    name: node.metadata.name,
    ready,
    dnsNames: of(/^(Hostname|InternalDNS|ExternalDNS)$/),
    ipAddresses: of(/IP$/),
    ...(created !== undefined && { created }),
  };
}

function parseHolders(object: KubeObject | undefined): AddressHolders {
  const data = isMapping(object?.data) ? object.data : {};
  return new Map(Object.entries(data).map(([name, text]) => [name, parseAddresses(text)]));
}

function parseAddresses(text: unknown): readonly string[] {
  return typeof text === 'string' ? canonicalAddresses(text.split(' ')) : [];
}

async function saveHolders(
  client: KubeClient,
  recorded: KubeObject | undefined,
  holders: AddressHolders,
  signal: AbortSignal,
): Promise<void> {
  const { apiVersion, kind, name, namespace } = CONFIG_MAP;
  const data = Object.fromEntries([...holders].map(([node, addresses]) => [node, addresses.join(' ')]));
  const before = isMapping(recorded?.data) ? recorded.data : {};
  const names = Object.keys(data);
  if (names.length === Object.keys(before).length && names.every((node) => before[node] === data[node])) return;
  if (recorded) await client.replace({ ...recorded, apiVersion, kind, data }, { signal });
  else await client.create({ apiVersion, kind, metadata: { name, namespace }, data }, { signal });
}
