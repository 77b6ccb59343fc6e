import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { beginObserving } from '../../src/observe/begin-observing.ts';
import { recordMembership } from '../../src/state/membership-record.ts';
import { createFakeApi, type FakeApi } from '../kube/fake-api.ts';

let stateDir: string;
let api: FakeApi;
let client: KubeClient;
let lists: number;
let answers: boolean;
const exec = async () => ({ stdout: 'v1.36.3', stderr: '', exitCode: 0 });

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'kubic-early-'));
  api = await createFakeApi();
  [lists, answers] = [0, true];
  const text = await api.serve((_request, response) => {
    lists += 1;
    response.writeHead(answers ? 200 : 403).end(JSON.stringify({ metadata: {}, items: [] }));
  });
  client = await createKubeClient({ text });
});
afterEach(async () => {
  vi.restoreAllMocks();
  client.close();
  api.close();
  await rm(stateDir, { recursive: true });
});

const begin = () => beginObserving({ exec, stateDir, adminClient: async () => client });
const becomeControlPlane = () => recordMembership(stateDir, { role: 'control-plane', nodeName: 'cp-1' });

test('what add-ons have on record is read beside the fetch on a control plane, and handed out once', async () => {
  await becomeControlPlane();
  const early = begin();
  expect(await early.takeRecorded()).toMatchObject({ read: [] });
  expect(await early.takeRecorded()).toBeUndefined();
  expect(lists).toBe(1);
});

test('a machine that is no control plane asks the API server for nothing', async () => {
  expect(await begin().takeRecorded()).toBeUndefined();
  await recordMembership(stateDir, { role: 'worker', nodeName: 'w-1' });
  expect(await begin().takeRecorded()).toBeUndefined();
  expect(lists).toBe(0);
});

test('what cannot be read is no error: who needs it asks again, and is told why', async () => {
  await becomeControlPlane();
  answers = false;
  expect(await begin().takeRecorded()).toBeUndefined();
});

test('what was read before a fetch that took long counts no more', async () => {
  await becomeControlPlane();
  const early = begin();
  const begunAt = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(begunAt + 6_000);
  expect(await early.takeRecorded()).toBeUndefined();
  await early.end();
});
