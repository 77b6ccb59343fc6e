import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKubeClient } from '../../../src/kube/create-kube-client.ts';
import { acquireLease, createLeaseObserver } from '../../../src/kube/lease/lease.ts';
import { createFakeApi, type FakeApi } from '../fake-api.ts';

// A network that takes requests in and gives nothing back, and a server that is too busy: no real one does so at will.

let api: FakeApi;

beforeAll(async () => {
  api = await createFakeApi();
});

afterAll(() => api.close());

const options = { namespace: 'default', name: 'l', holder: 'a', durationSeconds: 3 };
type Answer = (response: ServerResponse, lease: object) => void;

/** An API server with one Lease: it renews `good` times, and then does something else. */
async function lostAfter(
  good: number,
  then: Answer,
): Promise<{ readonly sinceRenewalMs: number; readonly tries: number }> {
  let lease: object | undefined;
  let renewedAt = 0;
  let [renewals, tries] = [0, 0];
  const kubeconfig = await api.serve((request, response) => {
    if (request.method === 'GET') return void response.writeHead(404).end('{}');
    void bodyOf(request).then((body) => {
      if (renewals > good) {
        tries += 1;
        return then(response, lease ?? {});
      }
      renewals += 1;
      renewedAt = performance.now(); // the moment that others count from is no earlier
      lease = { ...body, metadata: { name: 'l', resourceVersion: `${renewals}` } };
      response.writeHead(200).end(JSON.stringify(lease));
    });
  });
  const client = await createKubeClient({ text: kubeconfig });
  const result = await acquireLease(client, createLeaseObserver(), options);
  if (!result.held) throw new Error('not held');
  await once(result.lease.lost, 'abort');
  const sinceRenewalMs = performance.now() - renewedAt;
  await result.lease.release();
  client.close();
  return { sinceRenewalMs, tries };
}

async function bodyOf(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as object;
}

test.each<readonly [string, number, Answer]>([
  ['is silent', 2, () => {}],
  ['is silent from the first renewal on', 0, () => {}],
  ['is too busy and asks to wait', 2, (response) => void response.writeHead(429, { 'retry-after': '10' }).end('{}')],
  ['begins an answer and never ends it', 1, (response) => void response.writeHead(200).write('{')],
  ['is not well', 1, (response) => void response.writeHead(500).end('{}')],
])('a lease is given up before anyone else may take it where the server %s', async (_what, good, then) => {
  const { sinceRenewalMs, tries } = await lostAfter(good, then);
  expect(sinceRenewalMs).toBeLessThan(options.durationSeconds * 1000);
  expect(tries).toBeGreaterThan(1); // and not given up at the first failure
});

test('a foreign holder whose name steers a terminal is told in a printable form', async () => {
  const lease = {
    metadata: { name: 'l', resourceVersion: '1' },
    spec: { holderIdentity: '\u001b[2Jb\n', leaseDurationSeconds: 3 },
  };
  const kubeconfig = await api.serve((_, response) => void response.writeHead(200).end(JSON.stringify(lease)));
  const client = await createKubeClient({ text: kubeconfig });
  const result = await acquireLease(client, createLeaseObserver(), options);
  client.close();
  expect(result).toEqual({ held: false, by: '\\u{1b}[2Jb\\u{a}' });
});

test('a lease is given up as soon as a machine wakes up for which its time has passed', async () => {
  let held: object = {};
  const kubeconfig = await api.serve((request, response) => {
    if (request.method === 'GET') return void response.writeHead(404).end('{}');
    void bodyOf(request).then((body) => {
      held = { ...body, metadata: { name: 'l', resourceVersion: '1' } };
      response.writeHead(200).end(JSON.stringify(held));
    });
  });
  const client = await createKubeClient({ text: kubeconfig });
  let asleep = 0;
  const long = { ...options, durationSeconds: 30 };
  const observer = createLeaseObserver(
    () => performance.now(),
    () => Date.now() + asleep,
  );
  const result = await acquireLease(client, observer, long);
  if (!result.held) throw new Error('not held');
  asleep = -60_000; // a clock that is set back
  await delay(1_200);
  expect(result.lease.lost.aborted).toBe(false);
  asleep = -30_000;
  const wokenAt = performance.now();
  await once(result.lease.lost, 'abort');
  expect(performance.now() - wokenAt).toBeLessThan(5_000);
  await result.lease.release();
  client.close();
});
