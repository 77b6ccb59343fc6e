import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient, WatchEvent } from '../../src/kube/kube-client.ts';
import { acquireLease, createLeaseObserver } from '../../src/kube/lease/lease.ts';
import type { LeaseOptions } from '../../src/kube/lease/lease-object.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { startApiServer } from '../support/api-server.ts';

const configMap = (name: string, data: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
});
const ref = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name });

async function connect(kubeconfig: string = inject('kubeconfig')): Promise<KubeClient & Disposable> {
  const client = await createKubeClient({ path: kubeconfig });
  return { ...client, [Symbol.dispose]: client.close };
}

test('objects are created, read, replaced, patched, applied and deleted, each under its preconditions', async () => {
  using client = await connect();
  const created = await client.create(configMap('kube-crud', { a: '1' }));
  await expect(client.create(configMap('kube-crud'))).rejects.toMatchObject({ code: 'kube.conflict' });
  const replaced = await client.replace({ ...created, data: { a: '2' } });
  await expect(client.replace({ ...created, data: { a: '3' } })).rejects.toMatchObject({ code: 'kube.conflict' });
  await client.patch(ref('kube-crud'), { data: { b: '1' } });
  await client.apply(configMap('kube-crud', { c: '1' }), { fieldManager: 'test', force: false });
  const live = await client.get(ref('kube-crud'));
  expect(live?.data).toEqual({ a: '2', b: '1', c: '1' });
  const { uid = '', resourceVersion = '' } = replaced.metadata;
  await expect(client.delete(ref('kube-crud'), { uid, resourceVersion })).rejects.toMatchObject({
    code: 'kube.conflict',
  });
  expect(await client.delete(ref('kube-crud'), { uid })).toBe('gone');
  expect(await client.delete(ref('kube-crud'))).toBe('gone');
  expect(await client.get(ref('kube-crud'))).toBeUndefined();
});

test('a list is whole however many pages it takes, and says the kind of its items', async () => {
  using client = await connect();
  const names = Array.from({ length: 600 }, (_, index) => `kube-page-${index}`);
  const labels = { page: 'yes' };
  await Promise.all(
    names.map((name) => client.create({ ...configMap(name), metadata: { name, namespace: 'default', labels } })),
  );
  const found = await client.list('v1', 'ConfigMap', { labelSelector: 'page=yes' });
  expect(new Set(found.map((object) => object.metadata.name))).toEqual(new Set(names));
  expect(found[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
  await client.request({ method: 'DELETE', path: '/api/v1/namespaces/default/configmaps?labelSelector=page%3Dyes' });
});

test('a kind that is not served, a missing namespace and a forbidden request have codes of their own', async () => {
  using client = await connect();
  await expect(client.list('example.com/v1', 'Nope')).rejects.toMatchObject({ code: 'kube.unknown-kind' });
  await expect(
    client.create({ ...configMap('x'), metadata: { name: 'x', namespace: 'no-such' } }),
  ).rejects.toMatchObject({
    code: 'kube.not-found',
  });
  const anonymous = (await readFile(inject('kubeconfig'), 'utf8')).replace(/client-(certificate|key)-data:.*/g, '');
  const stranger = await createKubeClient({ text: anonymous });
  await expect(stranger.list('v1', 'Secret')).rejects.toMatchObject({ code: /^kube\.(forbidden|unauthorized)$/ });
  stranger.close();
});

test('a watch says what is there and what changes, and goes on after the API server was away', async () => {
  await using server = await startApiServer({ controllers: false });
  using client = await connect(server.kubeconfig);
  await client.create(configMap('before'));
  const stop = new AbortController();
  const options = { namespace: 'default', fieldSelector: 'metadata.name!=kube-root-ca.crt', signal: stop.signal };
  const events = client.watch('v1', 'ConfigMap', options)[Symbol.asyncIterator]();
  const next = async (): Promise<WatchEvent> => (await events.next()).value as WatchEvent;
  expect(await next()).toMatchObject({ type: 'listed', objects: [{ metadata: { name: 'before' } }] });
  await client.create(configMap('during'));
  expect(await next()).toMatchObject({ type: 'changed', object: { metadata: { name: 'during' } } });
  const seen = new Set<string>();
  const watching = (async () => {
    // resumed, or listed anew where the server has forgotten the version
    while (!seen.has('after')) {
      const event = await next();
      for (const object of event.type === 'listed' ? event.objects : [event.object]) seen.add(object.metadata.name);
    }
  })();
  await server.restart();
  await client.create(configMap('after'));
  await watching;
  stop.abort();
  expect((await events.next()).done).toBe(true);
});

test('a lease has one holder, and the next only when it was released or has expired before our own eyes', async () => {
  using client = await connect();
  const lease = (holder: string): LeaseOptions => ({
    namespace: 'default',
    name: 'kube-lease',
    holder,
    durationSeconds: 15,
  });
  let now = 0;
  const observer = createLeaseObserver(() => now);
  const first = await acquireLease(client, createLeaseObserver(), lease('a'));
  expect(first.held).toBe(true);
  expect(await acquireLease(client, observer, lease('b'))).toEqual({ held: false, by: 'a' });
  now += 14_000;
  expect(await acquireLease(client, observer, lease('b'))).toEqual({ held: false, by: 'a' });
  now += 2_000;
  const second = await acquireLease(client, observer, lease('b'));
  expect(second.held).toBe(true);
  if (!first.held || !second.held) return;
  await second.lease.release();
  expect((await acquireLease(client, createLeaseObserver(), lease('c'))).held).toBe(true);
});

test('a holder whose renewal was written although its answer never came keeps its lease', async () => {
  using client = await connect();
  const options = { namespace: 'default', name: 'kube-unheard', holder: 'a', durationSeconds: 2 };
  const result = await acquireLease(client, createLeaseObserver(), options);
  if (!result.held) throw new Error('not held');
  const leaseRef = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'default', name: 'kube-unheard' };
  await client.patch(leaseRef, { metadata: { labels: { written: 'since' } } });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(result.lease.lost.aborted).toBe(false);
  await result.lease.release();
});

test('two who ask for a free lease at the same moment do not both get it', async () => {
  using client = await connect();
  const ask = (holder: string) =>
    acquireLease(client, createLeaseObserver(), {
      namespace: 'default',
      name: 'kube-race',
      holder,
      durationSeconds: 15,
    });
  const results = await Promise.all(['a', 'b', 'c', 'd'].map(ask));
  expect(results.filter((result) => result.held)).toHaveLength(1);
  for (const result of results) if (result.held) await result.lease.release();
});

test('a holder whose lease was taken is told so', async () => {
  using client = await connect();
  const options = { namespace: 'default', name: 'kube-lost', holder: 'a', durationSeconds: 1 };
  const result = await acquireLease(client, createLeaseObserver(), options);
  if (!result.held) throw new Error('not held');
  const leaseRef = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'default', name: 'kube-lost' };
  await client.patch(leaseRef, { spec: { holderIdentity: 'b' } });
  await expect.poll(() => result.lease.lost.aborted, { timeout: 5_000 }).toBe(true);
});
