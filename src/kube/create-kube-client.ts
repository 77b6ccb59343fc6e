import { KubicError } from '../errors/kubic-error.ts';
import { toJson } from '../json/json-text.ts';
import { formatRef, type KubeObject, refOf } from '../objects/kube-object.ts';
import type { ObjectRef } from '../objects/object-ref.ts';
import { queryText, requireResource, sendJson } from './api-calls.ts';
import type { ApiConnection, ApiRequest } from './api-connection.ts';
import { type ApiResource, createDiscovery, type Discovery, resourcePath } from './api-resource.ts';
import type { Subject } from './api-status.ts';
import type { DeleteOptions, KubeClient, RawRequest } from './kube-client.ts';
import type { KubeconfigSource } from './kubeconfig.ts';
import { gatherPages, listPages } from './list-pages.ts';
import { createPatientConnection } from './patient-connection.ts';
import { watchKind } from './watch-kind.ts';

/**
 * A client over one pool of keep-alive connections. Nothing is asked of the API server yet.
 *
 * @throws KubicError kube.kubeconfig-invalid, kube.kubeconfig-refused
 */
export async function createKubeClient(
  options: KubeconfigSource & { readonly maxConnections?: number },
): Promise<KubeClient> {
  const { server, connection } = await createPatientConnection(options, options.maxConnections ?? 16);
  const discovery = createDiscovery((path) => getJson(connection, path));
  const calls = createCalls(connection, discovery);
  return {
    server,
    request: ({ body, ...request }) =>
      sendJson(connection, withBody(request, body), { text: `${request.method} ${request.path}`, confidential: false }),
    get: (ref, call) => calls.one('GET', ref, {}, limitsOf(call)).catch(absent),
    list: async (apiVersion, kind, list) => {
      const { objects } = await gatherPages(listPages({ connection, discovery }, apiVersion, kind, list ?? {}));
      return objects;
    },
    listPages: (apiVersion, kind, list) => listPages({ connection, discovery }, apiVersion, kind, list ?? {}),
    apply: (object, { fieldManager, force, ...call }) =>
      calls.one(
        'PATCH',
        refOf(object),
        { fieldManager, force: `${force}`, fieldValidation: 'Strict' },
        {
          body: object,
          contentType: 'application/apply-patch+yaml',
          ...limitsOf(call),
        },
      ),
    create: (object, call) => {
      const query = call?.dryRun === true ? { dryRun: 'All', fieldValidation: 'Strict' } : {};
      return calls.one('POST', refOf(object), query, { body: object, ...limitsOf(call) });
    },
    replace: (object, write) =>
      calls.one('PUT', refOf(object), {}, { body: object, ...limitsOf(write) }, write?.subresource),
    patch: (ref, patch, write) =>
      calls.one(
        'PATCH',
        ref,
        {},
        { body: patch, contentType: 'application/merge-patch+json', ...limitsOf(write) },
        write?.subresource,
      ),
    delete: async (ref, options) => {
      const answer = await calls
        .one('DELETE', ref, {}, { body: deleteBody(options ?? {}), ...limitsOf(options) })
        .catch(absent);
      // a Status says that it is done; else the object comes back, with a deletionTimestamp
      return answer === undefined || answer.kind === 'Status' ? 'gone' : 'terminating';
    },
    watch: (apiVersion, kind, watch) => watchKind({ connection, discovery }, apiVersion, kind, watch),
    findResource: discovery.find,
    close: connection.close,
  };
}

type Limits = Pick<RawRequest, 'signal' | 'timeoutMs' | 'patient'>;
type Rest = Limits & Pick<RawRequest, 'body' | 'contentType'>;

function limitsOf(options: Limits | undefined): Limits {
  const { signal, timeoutMs, patient } = options ?? {};
  return { signal, ...(timeoutMs !== undefined && { timeoutMs }), ...(patient !== undefined && { patient }) };
}

function createCalls(connection: ApiConnection, discovery: Discovery) {
  const resourceOf = (apiVersion: string, kind: string): Promise<ApiResource> =>
    requireResource(discovery, apiVersion, kind);
  return {
    /** A request about one object. A namespaced object without a namespace is in `default`, as for kubectl. */
    one: async (
      method: RawRequest['method'],
      ref: ObjectRef,
      query: Readonly<Record<string, string>>,
      rest: Rest,
      subresource?: string,
    ): Promise<KubeObject> => {
      const resource = await resourceOf(ref.apiVersion, ref.kind);
      const name = method === 'POST' ? undefined : ref.name;
      const path = resourcePath(resource, ref.namespace ?? 'default', name, subresource) + queryText(query);
      const { body, ...others } = rest;
      const subject = subjectOf(ref, method);
      const answer = await sendJson(connection, withBody({ method, path, ...others }, body), subject).catch(
        (error: unknown) => {
          // the kind itself may be gone: its definition was deleted since we asked
          if (codeOf(error) === 'kube.not-found') discovery.forget(ref.apiVersion);
          throw error;
        },
      );
      return answer as KubeObject;
    },
  };
}

function subjectOf(ref: ObjectRef, method: string): Subject {
  const verb = { GET: 'read', POST: 'create', PUT: 'replace', PATCH: 'apply', DELETE: 'delete' }[method] ?? method;
  return { text: `${verb} ${formatRef(ref)}`, confidential: ref.kind === 'Secret' };
}

function withBody(request: Omit<ApiRequest, 'body'>, body: unknown): ApiRequest {
  return body === undefined ? request : { ...request, body: toJson(body) };
}

async function getJson(connection: ApiConnection, path: string): Promise<unknown> {
  const subject = { text: `discover ${path}`, confidential: false };
  return sendJson(connection, { method: 'GET', path }, subject).catch(absent);
}

function absent(error: unknown): undefined {
  if (codeOf(error) === 'kube.not-found') return undefined;
  throw error;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof KubicError ? error.code : undefined;
}

function deleteBody(options: DeleteOptions): unknown {
  const { uid, resourceVersion, propagationPolicy } = options;
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: propagationPolicy ?? 'Background',
    preconditions: { ...(uid !== undefined && { uid }), ...(resourceVersion !== undefined && { resourceVersion }) },
  };
}
