import { KubicError } from '../errors/kubic-error.ts';
import { textAt } from '../json/at.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { itemsOf, queryText, requireResource, selectorsOf, sendJson } from './api-calls.ts';
import type { ApiConnection, ApiRequest } from './api-connection.ts';
import { type Discovery, resourcePath } from './api-resource.ts';
import type { ListOptions, ListPage } from './kube-client.ts';

const PAGE = 500;
/** Parsed it takes several times as much; a page that would be larger is asked for in smaller ones. */
const PAGE_BYTES = 16 * 1024 * 1024;
/** A list that takes the API server's memory of one revision (5 minutes) again and again is too slow to end. */
const BEGINNINGS = 5;
/** Who cannot answer by metadata alone answers whole (https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches). */
const METADATA = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/**
 * Every object of a kind, a page at a time: no more than two pages are in memory, the one that is looked at and the next one, which
 * comes meanwhile. `keep` sees each object of a page. Where the API server has forgotten the revision of the pages before (410), the
 * list begins anew: a page then says that it is the first, and what came before it counts no more.
 *
 * @throws KubicError kube.*; kube.unknown-kind where the kind is not served
 */
export async function* listPages(
  { connection, discovery }: { readonly connection: ApiConnection; readonly discovery: Discovery },
  apiVersion: string,
  kind: string,
  options: ListOptions,
): AsyncGenerator<ListPage, void> {
  const resource = await requireResource(discovery, apiVersion, kind);
  const stopped = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stopped.signal]) : stopped.signal;
  const ask = ({ limit, next }: Place): Promise<unknown> => {
    const query = { ...selectorsOf(options), limit: `${limit}`, ...(next !== undefined && { continue: next }) };
    const path = resourcePath(resource, options.namespace) + queryText(query);
    const request: ApiRequest = {
      ...{ method: 'GET' as const, path, signal, maxBytes: PAGE_BYTES },
      ...(options.metadataOnly && { accept: METADATA }),
      ...(options.patient !== undefined && { patient: options.patient }),
    };
    return sendJson(connection, request, { text: `list ${kind}`, confidential: false });
  };
  let place: Place = { limit: PAGE, next: undefined, beginnings: 1 };
  let coming = ask(place);
  try {
    for (;;) {
      let list: unknown;
      try {
        list = await coming;
      } catch (error) {
        if (error instanceof KubicError && error.code === 'kube.not-found') discovery.forget(apiVersion);
        place = placeAfter(error, place);
        coming = ask(place);
        continue;
      }
      const isFirst = place.next === undefined;
      place = { ...place, next: findNext(list, kind, place) };
      if (place.next !== undefined) {
        coming = ask(place);
        coming.catch(() => {}); // it is waited for once this page has been looked at
      }
      const objects = keepOf(itemsOf(list, resource), options.keep);
      yield { objects, isFirst, resourceVersion: textAt(list, 'metadata', 'resourceVersion') ?? '' };
      if (place.next === undefined) return;
    }
  } finally {
    stopped.abort(); // of a page that nobody looks at any more
  }
}

/** The continue token; undefined at the end. @throws KubicError kube.unexpected for a list that would never end */
function findNext(list: unknown, kind: string, { next: before }: Place): string | undefined {
  const next = textAt(list, 'metadata', 'continue') || undefined;
  if (next === undefined || next !== before) return next;
  throw new KubicError('kube.unexpected', { detail: `list ${kind}: it goes on where it was` });
}

interface Place {
  readonly limit: number;
  /** The continue token; undefined at the beginning. */
  readonly next: string | undefined;
  readonly beginnings: number;
}

/** Where a list goes on after a page that failed; throws the error where it does not. */
function placeAfter(error: unknown, place: Place): Place {
  const { limit, next, beginnings } = place;
  const known = error instanceof KubicError ? error : undefined;
  if (known?.code === 'kube.too-large' && limit > 1) return { ...place, limit: Math.ceil(limit / 8) };
  const expired = known?.facts.status === 410 && next !== undefined;
  if (expired && beginnings < BEGINNINGS) return { ...place, next: undefined, beginnings: beginnings + 1 };
  throw error;
}

/** What `keep` leaves of objects. */
function keepOf(objects: readonly KubeObject[], keep: ListOptions['keep']): readonly KubeObject[] {
  return keep ? objects.map(keep).filter((object) => object !== undefined) : objects;
}

/** All pages together: of a list that began anew only those since. */
export async function gatherPages(
  pages: AsyncIterable<ListPage>,
): Promise<{ readonly objects: readonly KubeObject[]; readonly resourceVersion: string }> {
  let [objects, resourceVersion]: [KubeObject[], string] = [[], ''];
  for await (const page of pages) {
    if (page.isFirst) [objects, resourceVersion] = [[], page.resourceVersion];
    for (const object of page.objects) objects.push(object);
  }
  return { objects, resourceVersion };
}
