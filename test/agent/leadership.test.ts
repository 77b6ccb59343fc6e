import type { ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLeadership } from '../../src/agent/leadership.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import { createFakeApi, type FakeApi } from '../kube/fake-api.ts';

let api: FakeApi;
beforeAll(async () => {
  api = await createFakeApi();
});
afterAll(() => api.close());

interface Lease {
  readonly metadata: { readonly resourceVersion?: string };
  readonly spec: { readonly holderIdentity?: string };
}

test('a Lease that is taken while the one before is given back is held, and given back in its turn', async () => {
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  let lease: Lease | undefined;
  let version = 0;
  const take = async (written: Lease, response: ServerResponse): Promise<void> => {
    if (written.spec.holderIdentity === '') {
      asked.resolve();
      await answered.promise;
    }
    const isStale = lease && written.metadata.resourceVersion !== lease.metadata.resourceVersion;
    if (isStale) return void response.writeHead(409).end('{}');
    version += 1;
    lease = { ...written, metadata: { ...written.metadata, resourceVersion: `${version}` } };
    response.writeHead(200).end(JSON.stringify(lease));
  };
  // an API server that takes its time over the first return of a Lease: no real one does so at will
  const kubeconfig = await api.serve((request, response) => {
    if (request.method === 'GET') response.writeHead(lease ? 200 : 404).end(JSON.stringify(lease ?? {}));
    else void json(request).then((written) => take(written as Lease, response));
  });
  const client = await createKubeClient({ text: kubeconfig });
  const leadership = createLeadership(async () => client, 'cp-1');
  const first = await leadership.lead();
  const released = leadership.release();
  await asked.promise;
  const second = await leadership.lead();
  answered.resolve();
  await released;
  expect([first.aborted, second.aborted]).toEqual([true, false]);
  expect(await leadership.lead()).toBe(second);
  await leadership.release();
  expect(second.aborted).toBe(true);
  expect(lease?.spec.holderIdentity).toBe('');
  client.close();
});
