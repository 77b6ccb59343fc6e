import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { createFakeApi, type FakeApi } from './fake-api.ts';

// Pages as a real API server sends them, and the moments that a real one cannot be brought to at will.

let api: FakeApi;
const clients: KubeClient[] = [];

beforeAll(async () => {
  api = await createFakeApi();
  return () => api.close();
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

type Page = (query: URLSearchParams, response: ServerResponse) => void;

async function connect(page: Page): Promise<KubeClient> {
  const kubeconfig = await api.serve((request, response) =>
    page(new URL(`https://x${request.url}`).searchParams, response),
  );
  const client = await createKubeClient({ text: kubeconfig });
  clients.push(client);
  return client;
}

const json = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status).end(JSON.stringify(body));
const item = (name: string, data: object = {}) => ({ metadata: { name }, data });
const page = (names: readonly string[], next = '', resourceVersion = '7') => ({
  metadata: { resourceVersion, ...(next && { continue: next }) },
  items: names.map((name) => item(name)),
});
const namesOf = (objects: readonly KubeObject[]): readonly string[] => objects.map(({ metadata }) => metadata.name);

test('a list is handed on page by page: the next one comes while one is looked at, and none beyond it', async () => {
  const asked: string[] = [];
  const client = await connect((query, response) => {
    const at = query.get('continue') ?? '';
    asked.push(at);
    json(response, 200, page([`a${at}`], at === 'xx' ? '' : `${at}x`));
  });
  const seen: unknown[] = [];
  for await (const { objects, isFirst, resourceVersion } of client.listPages('v1', 'Secret')) {
    await expect.poll(() => asked.length).toBe(Math.min(3, seen.length + 2));
    await delay(20);
    seen.push([namesOf(objects), isFirst, resourceVersion, asked.length]);
  }
  expect(seen).toEqual([
    [['a'], true, '7', 2],
    [['ax'], false, '7', 3],
    [['axx'], false, '7', 3],
  ]);
});

test('a list that goes on where it was, for ever, is an error', async () => {
  const client = await connect((_query, response) => json(response, 200, page(['a'], 'x')));
  await expect(client.list('v1', 'Secret')).rejects.toMatchObject({ code: 'kube.unexpected' });
});

test.each([[[null]], [[{}]], [[{ metadata: null }]]])(
  'a list with items that are no objects is an error: %j',
  async (items) => {
    const client = await connect((_query, response) => json(response, 200, { metadata: {}, items }));
    await expect(client.list('v1', 'Secret')).rejects.toMatchObject({ code: 'kube.unexpected' });
  },
);

test('a page that nobody looks at any more is broken off', async () => {
  let state = 'not asked for';
  const client = await connect((query, response) => {
    if (!query.has('continue')) return json(response, 200, page(['a'], 'x'));
    response.writeHead(200).write('{"items": [');
    state = 'asked for';
    response.once('close', () => {
      state = 'broken off';
    });
  });
  for await (const { objects } of client.listPages('v1', 'Secret')) {
    expect(namesOf(objects)).toEqual(['a']);
    await expect.poll(() => state).toBe('asked for');
    break;
  }
  await expect.poll(() => state).toBe('broken off');
});

test('a list whose revision the server has forgotten meanwhile begins anew, and nothing comes twice', async () => {
  let lists = 0;
  const client = await connect((query, response) => {
    if (!query.has('continue')) json(response, 200, page(lists++ === 0 ? ['gone', 'a'] : ['a', 'b'], 'x', `${lists}`));
    else if (lists === 1) json(response, 410, { reason: 'Expired', metadata: { continue: 'y' } });
    else json(response, 200, page(['c'], '', `${lists}`));
  });
  expect(namesOf(await client.list('v1', 'Secret'))).toEqual(['a', 'b', 'c']);
});

test('a list that expires again and again is an error in the end', async () => {
  let lists = 0;
  const client = await connect((query, response) => {
    if (query.has('continue')) return json(response, 410, { reason: 'Expired' });
    lists += 1;
    json(response, 200, page(['a'], 'x'));
  });
  await expect(client.list('v1', 'Secret')).rejects.toMatchObject({ code: 'kube.conflict', facts: { status: 410 } });
  expect(lists).toBe(5);
});

test('objects that are large come in smaller pages', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `s${index}`);
  const limits: number[] = [];
  const client = await connect((query, response) => {
    const [from, limit] = [Number(query.get('continue') ?? 0), Number(query.get('limit'))];
    limits.push(limit);
    const items = names.slice(from, from + limit).map((name) => item(name, { a: 'x'.repeat(1024 * 1024) }));
    const next = from + limit < names.length ? `${from + limit}` : undefined;
    json(response, 200, { metadata: { continue: next }, items });
  });
  const keep = ({ apiVersion, kind, metadata }: KubeObject): KubeObject => ({ apiVersion, kind, metadata });
  expect(namesOf(await client.list('v1', 'Secret', { keep }))).toEqual(names);
  expect(limits).toEqual([500, 63, 8, 8, 8, 8]);
});

test('what is not to be kept is dropped before the next page is asked for', async () => {
  const order: string[] = [];
  const client = await connect((query, response) => {
    order.push(`page ${query.get('continue') ?? 'first'}`);
    json(response, 200, query.has('continue') ? page(['c', 'd']) : page(['a', 'b'], 'x'));
  });
  const keep = (object: KubeObject): KubeObject | undefined => {
    order.push(object.metadata.name);
    return ['b', 'c'].includes(object.metadata.name) ? object : undefined;
  };
  expect(namesOf(await client.list('v1', 'Secret', { keep }))).toEqual(['b', 'c']);
  expect(order).toEqual(['page first', 'a', 'b', 'page x', 'c', 'd']);
});

test('a watch lists in pages, goes on from the first, and says of what it no longer keeps that it is gone', async () => {
  const starts: (string | null)[] = [];
  const stop = new AbortController();
  const client = await connect((query, response) => {
    if (query.get('watch') !== 'true') {
      return json(response, 200, query.has('continue') ? page(['b', 'no'], '', '99') : page(['a'], 'x', '7'));
    }
    starts.push(query.get('resourceVersion'));
    const changed = { apiVersion: 'v1', kind: 'Secret', ...item('a', { drop: '' }) };
    response.write(`${JSON.stringify({ type: 'MODIFIED', object: changed })}\n`);
  });
  const keep = (object: KubeObject): KubeObject | undefined =>
    object.metadata.name === 'no' || 'drop' in (object.data as object) ? undefined : object;
  const seen: unknown[] = [];
  for await (const event of client.watch('v1', 'Secret', { keep, signal: stop.signal })) {
    seen.push(event.type === 'listed' ? namesOf(event.objects) : event);
    if (event.type !== 'listed') stop.abort();
  }
  expect(seen).toEqual([
    ['a', 'b'],
    { type: 'deleted', object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } } },
  ]);
  expect(starts).toEqual(['7']);
});
