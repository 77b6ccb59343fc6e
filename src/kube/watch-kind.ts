import type { IncomingMessage } from 'node:http';
import { KubicError } from '../errors/kubic-error.ts';
import { isMapping, numberAt, textAt } from '../json/at.ts';
import { parseJson } from '../json/json-text.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { printable } from '../text/printable.ts';
import { queryText, requireResource, selectorsOf } from './api-calls.ts';
import type { ApiConnection } from './api-connection.ts';
import { type ApiResource, type Discovery, resourcePath } from './api-resource.ts';
import { statusError } from './errors/api-status.ts';
import type { WatchEvent, WatchOptions } from './kube-client.ts';
import { gatherPages, listPages } from './list-pages.ts';
import { pause } from './patient-connection.ts';

const WATCH_SECONDS = 240;
const MAX_LINE = 16 * 1024 * 1024;

interface Watched {
  readonly connection: ApiConnection;
  readonly discovery: Discovery;
}

/**
 * Lists page by page, then watches from there; a break is resumed at the last version seen (bookmarks keep it fresh), and what the API
 * server no longer remembers (410) is listed again. Pauses grow from 0.2 to 10 s while nothing answers. Ends when the
 * signal aborts.
 */
export async function* watchKind(
  watched: Watched,
  apiVersion: string,
  kind: string,
  options: WatchOptions,
): AsyncGenerator<WatchEvent, void> {
  const cursor: Cursor = { version: undefined, failures: 0 };
  while (!options.signal.aborted) {
    try {
      const resource = await requireResource(watched.discovery, apiVersion, kind);
      if (cursor.version === undefined) {
        const { objects, resourceVersion } = await gatherPages(listPages(watched, apiVersion, kind, options));
        cursor.version = resourceVersion;
        yield { type: 'listed', objects };
      }
      yield* watchOnce(watched, resource, options, cursor);
    } catch (error) {
      if (options.signal.aborted) return;
      options.onError?.(error instanceof KubicError ? error : broken(kind, error));
      const longest = Math.min(10_000, 200 * 2 ** cursor.failures++);
      await pause(longest * (0.5 + Math.random() / 2), options.signal).catch(() => {});
    }
  }
}

/** A stream that broke off in the middle, or said what is no event. */
function broken(kind: string, cause: unknown): KubicError {
  const code = cause instanceof SyntaxError ? 'kube.unexpected' : 'kube.unreachable';
  return new KubicError(code, { detail: `watch ${kind}`, cause });
}

type ObjectEvent = Exclude<WatchEvent, { readonly type: 'listed' }>;

interface Cursor {
  version: string | undefined;
  failures: number;
}

async function* watchOnce(
  { connection }: Watched,
  resource: ApiResource,
  options: WatchOptions,
  cursor: Cursor,
): AsyncGenerator<WatchEvent, void> {
  const query = {
    ...selectorsOf(options),
    watch: 'true',
    allowWatchBookmarks: 'true',
    timeoutSeconds: `${WATCH_SECONDS}`,
    resourceVersion: cursor.version ?? '',
  };
  const path = resourcePath(resource, options.namespace) + queryText(query);
  const timeoutMs = (WATCH_SECONDS + 30) * 1000; // a server that hangs is left
  const stream = await connection.open({ method: 'GET', path, signal: options.signal, timeoutMs });
  try {
    if (stream.statusCode !== 200) throw await refusal(stream, resource, cursor);
    cursor.failures = 0;
    for await (const line of lines(stream)) {
      const event = readEvent(line, resource, cursor);
      if (event) yield keepOf(event, options);
    }
  } finally {
    stream.destroy();
  }
}

function readEvent(line: string, resource: ApiResource, cursor: Cursor): ObjectEvent | undefined {
  const event: unknown = parseJson(line);
  const object = isMapping(event) ? event.object : undefined;
  const type = textAt(event, 'type');
  if (type === 'ERROR') {
    cursor.version = numberAt(object, 'code') === 410 ? undefined : cursor.version;
    throw new KubicError('kube.unexpected', {
      detail: `watch ${resource.kind}: ${printable(textAt(object, 'reason') ?? 'error')}`,
    });
  }
  cursor.version = textAt(object, 'metadata', 'resourceVersion') ?? cursor.version;
  if (type === 'BOOKMARK' || object === undefined) return undefined;
  return { type: type === 'DELETED' ? 'deleted' : 'changed', object: object as unknown as KubeObject };
}

function keepOf(event: ObjectEvent, { keep }: WatchOptions): WatchEvent {
  const kept = event.type === 'deleted' || !keep ? event.object : keep(event.object);
  if (kept) return { ...event, object: kept };
  const { apiVersion, kind, metadata } = event.object;
  const { name, namespace } = metadata;
  return { type: 'deleted', object: { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } } };
}

async function refusal(stream: IncomingMessage, resource: ApiResource, cursor: Cursor): Promise<KubicError> {
  if (stream.statusCode === 410) cursor.version = undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (chunks.push(chunk as Buffer) > 64) break;
  const response = { status: stream.statusCode ?? 0, body: Buffer.concat(chunks) };
  return statusError(response, { text: `watch ${resource.kind}`, confidential: false });
}

async function* lines(stream: IncomingMessage): AsyncGenerator<string, void> {
  let rest: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8');
      rest = [];
      size = 0;
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > MAX_LINE) throw new KubicError('kube.too-large', { detail: 'watch' });
  }
}
