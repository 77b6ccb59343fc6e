import { at, listAt, textAt } from '../json/at.ts';

/** How the API server serves a kind. */
export interface ApiResource {
  readonly apiVersion: string;
  readonly kind: string;
  /** `deployments` */
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

type Discover = (apiVersion: string, kind: string) => Promise<ApiResource | undefined>;

export interface Discovery {
  /** The resource that serves a kind, or undefined. Asks the API server again where the kind is not known. */
  readonly find: Discover;
  /** Forgets an API version: after an answer that says what was known no longer holds. */
  readonly forget: (apiVersion: string) => void;
}

/**
 * Discovery per API version, each asked once and when first needed, so that a broken aggregated API elsewhere disturbs
 * nobody. `fetch` answers undefined where the API server does not know the API version.
 */
export function createDiscovery(fetch: (path: string) => Promise<unknown>): Discovery {
  const known = new Map<string, Promise<ReadonlyMap<string, ApiResource>>>();
  const load = (apiVersion: string): Promise<ReadonlyMap<string, ApiResource>> => {
    const pending = fetch(versionPath(apiVersion)).then((list) => parseResources(apiVersion, list));
    known.set(apiVersion, pending);
    pending.catch(() => known.delete(apiVersion));
    return pending;
  };
  return {
    find: async (apiVersion, kind) => {
      const cached = known.get(apiVersion);
      const resource = (await cached)?.get(kind);
      if (resource) return resource;
      // someone else may have asked anew meanwhile: one request serves all who wait
      const latest = known.get(apiVersion);
      return (await (latest === undefined || latest === cached ? load(apiVersion) : latest)).get(kind);
    },
    forget: (apiVersion) => {
      known.delete(apiVersion);
    },
  };
}

function parseResources(apiVersion: string, list: unknown): ReadonlyMap<string, ApiResource> {
  const resources = new Map<string, ApiResource>();
  for (const item of listAt(list, 'resources')) {
    const [kind, plural] = [textAt(item, 'kind'), textAt(item, 'name')];
    if (kind === undefined || plural === undefined || plural.includes('/')) continue; // a subresource
    const verbs = listAt(item, 'verbs').filter((verb) => typeof verb === 'string');
    resources.set(kind, { apiVersion, kind, plural, namespaced: at(item, 'namespaced') === true, verbs });
  }
  return resources;
}

/** `<group>/<version>` for each version of an APIGroup, the preferred one first. */
export function versionsOf(group: unknown): readonly string[] {
  const versions = listAt(group, 'versions').flatMap((version) => textAt(version, 'groupVersion') ?? []);
  const preferred = textAt(group, 'preferredVersion', 'groupVersion');
  return preferred === undefined ? versions : [preferred, ...versions.filter((version) => version !== preferred)];
}

/** Where the API server says what an API version has, and below which its collections are. */
export function versionPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** The path of a collection, or of one object in it. Names are encoded: one can never reach another path. */
export function resourcePath(
  resource: ApiResource,
  namespace: string | undefined,
  name?: string,
  sub?: string,
): string {
  const parts = [versionPath(resource.apiVersion)];
  if (resource.namespaced && namespace !== undefined) parts.push('namespaces', segment(namespace));
  parts.push(resource.plural);
  if (name !== undefined) parts.push(segment(name));
  if (sub !== undefined) parts.push(sub);
  return parts.join('/');
}

function segment(name: string): string {
  if (name === '' || name === '.' || name === '..') throw new TypeError(`not a name: ${JSON.stringify(name)}`);
  return encodeURIComponent(name);
}
