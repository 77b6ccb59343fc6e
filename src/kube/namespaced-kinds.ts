import { KubicError } from '../errors/kubic-error.ts';
import { at, listAt, textAt } from '../json/record.ts';
import { groupOf, versionPath, versionsOf } from './api-resource.ts';
import type { KubeReader } from './kube-client.ts';

export interface ListableKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * Every kind that may have objects in a namespace: of each group the preferred version, as the namespace controller asks for what it
 * has to delete. What cannot be deleted (metrics) is left out.
 *
 * @throws KubicError kube.* also where one aggregated API does not answer: then it is not known what there is
 */
export async function findNamespacedKinds(
  client: Pick<KubeReader, 'readPath'>,
  signal?: AbortSignal,
): Promise<readonly ListableKind[]> {
  const groups = await readKnown(client, '/apis', signal);
  const versions = listAt(groups, 'groups').flatMap(versionsOf);
  const lists = await Promise.all(
    ['v1', ...versions].map(async (apiVersion) => {
      const list = await readKnown(client, versionPath(apiVersion), signal);
      return listAt(list, 'resources').flatMap((resource): ListableKind[] => {
        const [kind, name] = [textAt(resource, 'kind'), textAt(resource, 'name')];
        const verbs = listAt(resource, 'verbs');
        const fits = at(resource, 'namespaced') === true && verbs.includes('list') && verbs.includes('delete');
        return fits && kind !== undefined && name !== undefined && !name.includes('/') ? [{ apiVersion, kind }] : [];
      });
    }),
  );
  // a kind that only another version than the preferred one serves counts, too
  const kinds = new Map(
    lists
      .flat()
      .toReversed()
      .map((each) => [`${groupOf(each.apiVersion)}/${each.kind}`, each]),
  );
  return [...kinds.values()].toReversed();
}

/** A version that is named and not there is going this moment: what it holds is not known. */
async function readKnown(client: Pick<KubeReader, 'readPath'>, path: string, signal?: AbortSignal): Promise<unknown> {
  const answer = await client.readPath(path, { signal });
  if (answer === undefined) throw new KubicError('kube.not-found', { detail: path });
  return answer;
}
