import { KubicError } from '../errors/kubic-error.ts';
import { at, listAt, textAt } from '../json/at.ts';
import { groupOf } from '../objects/object-ref.ts';
import { versionPath, versionsOf } from './api-resource.ts';
import type { KubeReader } from './kube-client.ts';
import { pause } from './patient-connection.ts';

export interface ListableKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Groups of Kubernetes whose kinds are measured when they are asked for: there is nothing in them that could be deleted. */
const MEASURED = new Set(['custom.metrics.k8s.io', 'external.metrics.k8s.io', 'metrics.k8s.io']);

/** The list of groups follows a definition that is deleted after a moment: what it names and nobody has is asked for again. */
const TRIES = 16;
const PAUSE_MS = 250;

export interface KindOptions {
  readonly signal?: AbortSignal | undefined;
  /** API versions that need not answer: what they hold is not looked at then. */
  readonly mayBeAway?: ReadonlySet<string> | undefined;
}

/**
 * Every kind that may have objects in a namespace: of each group the preferred version, as the namespace controller asks for what it
 * has to delete. What cannot be deleted (metrics) is left out, also while nobody answers for it.
 *
 * @throws KubicError kube.* also where one aggregated API does not answer: then it is not known what there is
 */
export async function findNamespacedKinds(
  client: Pick<KubeReader, 'readPath'>,
  options: KindOptions,
): Promise<readonly ListableKind[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await readKinds(client, options)).filter(({ namespaced }) => namespaced);
    } catch (error) {
      const isGoing = error instanceof KubicError && error.code === 'kube.not-found';
      if (!isGoing || attempt >= TRIES) throw error;
      await pause(PAUSE_MS, options.signal);
    }
  }
}

/**
 * Every kind whose objects can be listed and deleted, with a namespace or without. What an API has that does not answer is not in it:
 * `onAway` is told, without waiting for it.
 *
 * @throws KubicError kube.* where the API server itself does not answer
 */
export function findDeletableKinds(
  client: Pick<KubeReader, 'readPath'>,
  options: { readonly signal?: AbortSignal | undefined; readonly onAway: (apiVersion: string) => void },
): Promise<readonly ListableKind[]> {
  return readKinds(client, options);
}

async function readKinds(
  client: Pick<KubeReader, 'readPath'>,
  { signal, mayBeAway = new Set(), onAway }: KindOptions & { readonly onAway?: (apiVersion: string) => void },
): Promise<readonly ListableKind[]> {
  const groups = await readKnown(client, '/apis', { signal });
  const versions = listAt(groups, 'groups')
    .flatMap(versionsOf)
    .filter((apiVersion) => !MEASURED.has(groupOf({ apiVersion })));
  const lists = await Promise.all(
    ['v1', ...versions].map(async (apiVersion) => {
      const patience = onAway ? { patient: apiVersion === 'v1' } : {};
      const list = await readKnown(client, versionPath(apiVersion), { signal, ...patience }).catch((error: unknown) => {
        const isAway = error instanceof KubicError && AWAY.has(error.code) && apiVersion !== 'v1';
        if (!isAway || !(onAway || mayBeAway.has(apiVersion))) throw error;
        onAway?.(apiVersion);
        return undefined;
      });
      return listAt(list, 'resources').flatMap((resource): ListableKind[] => {
        const [kind, name] = [textAt(resource, 'kind'), textAt(resource, 'name')];
        const verbs = listAt(resource, 'verbs');
        const fits = verbs.includes('list') && verbs.includes('delete');
        if (!fits || kind === undefined || name === undefined || name.includes('/')) return [];
        return [{ apiVersion, kind, namespaced: at(resource, 'namespaced') === true }];
      });
    }),
  );
  // a kind that only another version than the preferred one serves counts, too
  const kinds = new Map(
    lists
      .flat()
      .toReversed()
      .map((each) => [`${groupOf(each)}/${each.kind}`, each]),
  );
  return [...kinds.values()].toReversed();
}

const AWAY: ReadonlySet<string> = new Set(['kube.not-found', 'kube.overloaded', 'kube.timeout', 'kube.unexpected']);

/** A version that is named and not there is going, or coming, this moment: what it holds is not known. */
async function readKnown(
  client: Pick<KubeReader, 'readPath'>,
  path: string,
  call: { readonly signal?: AbortSignal | undefined; readonly patient?: boolean },
): Promise<unknown> {
  const answer = await client.readPath(path, call);
  if (answer === undefined) throw new KubicError('kube.not-found', { detail: path });
  return answer;
}
