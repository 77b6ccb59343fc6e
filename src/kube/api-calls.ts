import { KubicError } from '../errors/kubic-error.ts';
import { isMapping, listAt, textAt } from '../json/at.ts';
import { parseJson } from '../json/json-text.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { ApiConnection, ApiRequest } from './api-connection.ts';
import type { ApiResource, Discovery } from './api-resource.ts';
import { type Subject, statusError } from './errors/api-status.ts';
import type { ListOptions } from './kube-client.ts';

/** Sends a request and answers its JSON. @throws KubicError kube.* */
export async function sendJson(connection: ApiConnection, request: ApiRequest, subject: Subject): Promise<unknown> {
  return (await sendForStatus(connection, request, subject)).answer;
}

/** Sends a request and answers its JSON with the HTTP status. @throws KubicError kube.* */
export async function sendForStatus(
  connection: ApiConnection,
  request: ApiRequest,
  subject: Subject,
): Promise<{ readonly status: number; readonly answer: unknown }> {
  const response = await connection.send(request);
  const { status } = response;
  if (status < 200 || status > 299) throw statusError(response, subject);
  try {
    const answer: unknown = parseJson(response.body.toString('utf8'));
    if (isMapping(answer)) return { status, answer };
  } catch {
    // said below: what came is not repeated, it may hold anything
  }
  throw new KubicError('kube.unexpected', { detail: `${subject.text}: the answer is not JSON` });
}

/** @throws KubicError kube.unknown-kind */
export async function requireResource(discovery: Discovery, apiVersion: string, kind: string): Promise<ApiResource> {
  const resource = await discovery.find(apiVersion, kind);
  if (!resource) throw new KubicError('kube.unknown-kind', { detail: `${apiVersion} ${kind}` });
  return resource;
}

/**
 * The objects of a list; its items lack what the list itself says.
 *
 * @throws KubicError kube.unexpected for what is no object: an aggregated API may answer anything
 */
export function itemsOf(list: unknown, { apiVersion, kind }: ApiResource): readonly KubeObject[] {
  return listAt(list, 'items').map((item) => {
    if (textAt(item, 'metadata', 'name') === undefined)
      throw new KubicError('kube.unexpected', { detail: `list ${kind}: an item without metadata.name` });
    return { ...(item as KubeObject), apiVersion, kind };
  });
}

/** The selectors of a list as query parameters. */
export function selectorsOf(options: ListOptions): Readonly<Record<string, string>> {
  return {
    ...(options.labelSelector && { labelSelector: options.labelSelector }),
    ...(options.fieldSelector && { fieldSelector: options.fieldSelector }),
  };
}

/** Query parameters as the end of a URL; empty where there are none. */
export function queryText(query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
}
