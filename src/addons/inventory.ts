import { gunzipSync, gzip } from 'node:zlib';
import { KubicError } from '../errors/kubic-error.ts';
import { isMapping, listAt, textAt } from '../json/at.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { ObjectRef } from '../objects/object-ref.ts';
import { applysetParent, INVENTORY_LABEL, inventoryRef } from './applyset.ts';

/** One object an add-on owns, or is about to. */
export interface InventoryEntry extends ObjectRef {
  /** Digest of the manifest that was last applied; absent until that went well. */
  readonly rendered?: string;
  /** Digest of the values under our field manager, as the API server returned them; `once` for what is left alone. */
  readonly live?: string;
  /** True where some head since the last apply said that the object stays in the cluster when it leaves the repository. */
  readonly kept?: boolean;
  /** True for an object that Kubernetes deletes by itself once it is done. */
  readonly goesWhenDone?: boolean;
  /** True for an object that was there before its first apply, and stays when it leaves the repository. */
  readonly adopted?: boolean;
  /** Digest of a manifest that it would have to be deleted for, and was not, because it is to stay. */
  readonly refused?: string;
  /** When drift was last put right, oldest first, seconds since 1970; at most five. */
  readonly corrections?: readonly number[];
  /** The fields that were put right each of these times. */
  readonly contested?: readonly string[];
  /** Declared fields that the API server left out at the last apply. */
  readonly dropped?: readonly string[];
  /** When the object was made again because it was gone: oldest first, seconds since 1970, at most five. */
  readonly remade?: readonly number[];
}

/** What is recorded of one add-on: always a superset of what it has in the cluster. */
export interface Inventory {
  readonly addon: string;
  readonly appliedDigest?: string;
  readonly dependsOn: readonly string[];
  readonly prune: boolean;
  readonly entries: readonly InventoryEntry[];
}

const KEY = 'inventory.json.gz';
const MAX_TEXT = 32 * 1024 * 1024;
const ADDON_ANNOTATION = 'kubic.suse.com/addon';

/**
 * The Secret that holds an inventory. A Secret, because digests of Secrets stand in it: whoever may read those may try out
 * guesses of a weak value. Gzipped: 5,000 objects take about 0.3 of the 1 MiB there is.
 */
export async function encodeInventory(inventory: Inventory, previous: KubeObject | undefined): Promise<KubeObject> {
  const { labels, annotations } = applysetParent(inventory.addon, inventory.entries);
  const { name, namespace } = inventoryRef(inventory.addon);
  const packed = await pack(canonicalJson(inventory));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubic.suse.com/inventory',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      ...(previous?.metadata.resourceVersion !== undefined && { resourceVersion: previous.metadata.resourceVersion }),
      labels: { ...labels, [INVENTORY_LABEL]: 'addon' },
      annotations: { ...annotations, [ADDON_ANNOTATION]: inventory.addon },
    },
    data: { [KEY]: packed.toString('base64') },
  };
}

/** Not on the event loop: with 10,000 objects it takes 40 ms. */
function pack(text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => gzip(text, (error, packed) => (error ? reject(error) : resolve(packed))));
}

/** True where two Secrets record the same: neither time nor place changes what gzip makes of a text. */
export function isSameRecord(one: KubeObject, other: KubeObject): boolean {
  return textAt(one, 'data', KEY) === textAt(other, 'data', KEY);
}

/** True where nothing of an inventory was made anew since it was `other`: far cheaper than to write both down and compare. */
export function isSameInventory(inventory: Inventory, other: Inventory): boolean {
  return (
    inventory.addon === other.addon &&
    inventory.appliedDigest === other.appliedDigest &&
    inventory.dependsOn === other.dependsOn &&
    inventory.prune === other.prune &&
    inventory.entries.length === other.entries.length &&
    inventory.entries.every((entry, at) => entry === other.entries[at])
  );
}

/** @throws KubicError addons.inventory-unreadable */
export function decodeInventory(secret: KubeObject): Inventory {
  try {
    const packed = Buffer.from(textAt(secret, 'data', KEY) ?? '', 'base64');
    const value: unknown = JSON.parse(gunzipSync(packed, { maxOutputLength: MAX_TEXT }).toString('utf8'));
    const entries = listAt(value, 'entries');
    if (!isMapping(value) || typeof value.addon !== 'string' || !entries.every(isEntry))
      throw new Error('not an inventory');
    if (inventoryRef(value.addon).name !== secret.metadata.name) throw new Error('of another add-on');
    return {
      addon: value.addon,
      ...(typeof value.appliedDigest === 'string' && { appliedDigest: value.appliedDigest }),
      dependsOn: listAt(value, 'dependsOn').filter((name) => typeof name === 'string'),
      prune: value.prune !== false,
      entries,
    };
  } catch (cause) {
    throw new KubicError('addons.inventory-unreadable', { detail: `Secret ${secret.metadata.name}`, cause });
  }
}

/** The add-on a Secret is the inventory of, also where its content cannot be read. */
export function addonNameOf(secret: KubeObject): string {
  return secret.metadata.annotations?.[ADDON_ANNOTATION] ?? secret.metadata.name;
}

function isEntry(value: unknown): value is InventoryEntry {
  return isMapping(value) && [value.apiVersion, value.kind, value.name].every((text) => typeof text === 'string');
}
