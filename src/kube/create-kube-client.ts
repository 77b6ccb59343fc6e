import { KubicError } from '../errors/kubic-error.ts';
import { toJson } from '../json/json-text.ts';
import { formatRef, type KubeObject, refOf } from '../objects/kube-object.ts';
import type { ObjectRef } from '../objects/object-ref.ts';
import { queryText, requireResource, sendForStatus, sendJson } from './api-calls.ts';
import type { ApiConnection, ApiRequest } from './api-connection.ts';
import { type ApiResource, createDiscovery, type Discovery, resourcePath } from './api-resource.ts';
import type { Subject } from './errors/api-status.ts';
import type { DeleteOptions, KubeClient, RawRequest } from './kube-client.ts';
import { type KubeconfigSource, loadKubeconfig } from './kubeconfig.ts';
import { gatherPages, listPages } from './list-pages.ts';
import { createPatientConnection } from './patient-connection.ts';
import type { Route } from './route.ts';
import { watchKind } from './watch-kind.ts';

/** More requests at once wait for a connection. */
const MAX_CONNECTIONS = 16;

/**
 * A client over one pool of keep-alive connections, for the kubeconfig of a machine. Nothing is asked of the API server yet.
 *
 * @throws KubicError kube.kubeconfig-invalid, kube.kubeconfig-refused
 */
export function createKubeClient(
  options: KubeconfigSource & { readonly maxConnections?: number },
): Promise<KubeClient> {
  return connectKubeClient(() => loadKubeconfig(options), options.maxConnections);
}

/**
 * A client over the route that `load` answers, which is asked again where the API server refuses the credentials of the one before.
 *
 * @throws KubicError as `load`
 */
export async function connectKubeClient(
  load: () => Promise<Route>,
  maxConnections: number = MAX_CONNECTIONS,
): Promise<KubeClient> {
  const { server, connection } = await createPatientConnection(load, maxConnections);
  const discovery = createDiscovery((path) => getJson(connection, path));
  const calls = createCalls(connection, discovery);
  return {
    server,
    request: ({ body, ...request }) =>
      sendJson(connection, withBody(request, body), { text: `${request.method} ${request.path}`, confidential: false }),
    readPath: (path, call) => {
      const subject = { text: `read ${path}`, confidential: false };
      return sendJson(connection, { method: 'GET', path, ...limitsOf(call) }, subject).catch(absent);
    },
    get: (ref, call) => calls.one('GET', ref, {}, limitsOf(call)).catch(absent),
    list: async (apiVersion, kind, list) => {
      const { objects } = await gatherPages(listPages({ connection, discovery }, apiVersion, kind, list ?? {}));
      return objects;
    },
    listPages: (apiVersion, kind, list) => listPages({ connection, discovery }, apiVersion, kind, list ?? {}),
    apply: async (object, { fieldManager, force, onCreated, ...call }) => {
      const query = { fieldManager, force: `${force}`, fieldValidation: 'Strict' };
      const body = { body: object, contentType: 'application/apply-patch+yaml', ...limitsOf(call) };
      const { status, answer } = await calls.oneForStatus('PATCH', refOf(object), query, body);
      if (status === 201) onCreated?.();
      return answer;
    },
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

type Query = Readonly<Record<string, string>>;
type Limits = Pick<RawRequest, 'signal' | 'timeoutMs' | 'patient'>;
type Rest = Limits & Pick<RawRequest, 'body' | 'contentType'>;

function limitsOf(options: Limits | undefined): Limits {
  const { signal, timeoutMs, patient } = options ?? {};
  return { signal, ...(timeoutMs !== undefined && { timeoutMs }), ...(patient !== undefined && { patient }) };
}

function createCalls(connection: ApiConnection, discovery: Discovery) {
  const resourceOf = (apiVersion: string, kind: string): Promise<ApiResource> =>
    requireResource(discovery, apiVersion, kind);
  /** A request about one object. A namespaced object without a namespace is in `default`, as for kubectl. */
  const oneForStatus = async (
    method: RawRequest['method'],
    ref: ObjectRef,
    query: Query,
    { body, ...others }: Rest,
    subresource?: string,
  ): Promise<{ readonly status: number; readonly answer: KubeObject }> => {
    const resource = await resourceOf(ref.apiVersion, ref.kind);
    const name = method === 'POST' ? undefined : ref.name;
    const path = resourcePath(resource, ref.namespace ?? 'default', name, subresource) + queryText(query);
    const request = withBody({ method, path, ...others }, body);
    const { status, answer } = await sendForStatus(connection, request, subjectOf(ref, method)).catch(
      (error: unknown) => {
        // the kind itself may be gone: its definition was deleted since we asked
        if (codeOf(error) === 'kube.not-found') discovery.forget(ref.apiVersion);
        throw error;
      },
    );
    return { status, answer: answer as KubeObject };
  };
  const one = async (...request: Parameters<typeof oneForStatus>): Promise<KubeObject> =>
    (await oneForStatus(...request)).answer;
  return { one, oneForStatus };
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
