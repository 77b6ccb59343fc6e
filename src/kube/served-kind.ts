import { KubicError } from '../errors/kubic-error.ts';
import { textAt } from '../json/at.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { groupOf, type ObjectRef } from '../objects/object-ref.ts';
import { type ApiResource, versionsOf } from './api-resource.ts';
import type { KubeReader, ListOptions } from './kube-client.ts';

type Kind = Pick<ObjectRef, 'apiVersion' | 'kind'>;
type Reader = Pick<KubeReader, 'findResource' | 'readPath' | 'list'>;

/**
 * How the API server serves a kind today: at the version named, else at another of its group (a version that is dropped
 * takes no object along). `gone` where nobody serves it and nobody could: no CustomResourceDefinition of the kind is there,
 * and no aggregated API of the group. Anything in between is not known, and is an error.
 *
 * @throws KubicError addons.kind-away, kube.*
 */
export async function findServedKind(
  client: Reader,
  { apiVersion, kind }: Kind,
  signal?: AbortSignal,
): Promise<ApiResource | 'gone'> {
  const named = await client.findResource(apiVersion, kind);
  if (named) return named;
  const group = groupOf({ apiVersion });
  for (const version of await listVersions(client, group, signal)) {
    const resource = version === apiVersion ? undefined : await client.findResource(version, kind);
    if (resource) return resource;
  }
  return requireGone(client, { apiVersion, kind }, signal);
}

/**
 * Every object of a kind, page by page, at a version that is served; one may be visited twice, where the list had to begin anew. Answers
 * how it is served, or `gone`. What the API server says of
 * its kinds may be a second old, so a list it does not have is asked for once more.
 *
 * @throws KubicError addons.kind-away, kube.*
 */
export async function readServedKind(
  client: Reader,
  kind: Kind,
  options: ListOptions,
  visit: (object: KubeObject) => void,
): Promise<ApiResource | 'gone'> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const resource = await findServedKind(client, kind, options.signal);
    if (resource === 'gone') return resource;
    try {
      await client.list(resource.apiVersion, resource.kind, {
        ...options,
        keep: (object) => {
          visit(object);
          return undefined;
        },
      });
      return resource;
    } catch (error) {
      absent(error);
    }
  }
  return requireGone(client, kind, options.signal);
}

/** @throws KubicError addons.kind-away where something may hold objects of a kind that nobody serves */
async function requireGone(client: Reader, { apiVersion, kind }: Kind, signal?: AbortSignal): Promise<'gone'> {
  const holder = await findHolder(client, groupOf({ apiVersion }), kind, signal);
  if (holder === undefined) return 'gone';
  throw new KubicError('addons.kind-away', { detail: `${apiVersion} ${kind}, of ${holder}` });
}

/** `<group>/<version>`, the preferred one first; none where the API server has no such group. */
async function listVersions(client: Reader, group: string, signal?: AbortSignal): Promise<readonly string[]> {
  if (group === '') return ['v1'];
  return versionsOf(await client.readPath(`/apis/${group}`, { signal }));
}

/** What may hold objects of a kind although nobody serves it: they are in etcd as long as their definition is there. */
async function findHolder(
  client: Reader,
  group: string,
  kind: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const isDefinition = ({ spec }: KubeObject): boolean =>
    textAt(spec, 'group') === group && textAt(spec, 'names', 'kind') === kind;
  const isAggregated = ({ spec }: KubeObject): boolean =>
    textAt(spec, 'group') === group && textAt(spec, 'service', 'name') !== undefined;
  const definition = await findOne(client, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', isDefinition, signal);
  return definition ?? findOne(client, 'apiregistration.k8s.io/v1', 'APIService', isAggregated, signal);
}

/** The name of the first object that is wanted. */
async function findOne(
  client: Reader,
  apiVersion: string,
  kind: string,
  isWanted: (object: KubeObject) => boolean,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const keep = (object: KubeObject): KubeObject | undefined => (isWanted(object) ? object : undefined);
  const [found] = await client.list(apiVersion, kind, { signal, keep });
  return found?.metadata.name;
}

function absent(error: unknown): undefined {
  if (error instanceof KubicError && error.code === 'kube.not-found') return undefined;
  throw error;
}
