import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { applysetId, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import { applyObject } from '../../src/execute/addons/apply/apply-object.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { type Overtake, overtaken } from '../support/overtaken.ts';
import { beginTest, type TestNamespace } from './addons-harness.ts';

let t: TestNamespace;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
});

afterEach(() => t.end());

interface Given {
  readonly annotations?: Record<string, string>;
  readonly isKnown?: boolean;
  readonly client?: KubeClient;
  readonly overtake?: Overtake;
}

const apply = (data: Record<string, string>, { annotations, isKnown = false, client, overtake }: Given = {}) =>
  applyObject(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace: t.ns, ...(annotations && { annotations }) },
      data,
    },
    {
      client: client ?? overtaken(t.harness.client, overtake),
      addon: `${t.ns}-web`,
      signal: new AbortController().signal,
      progress: () => {},
      isKnown: () => isKnown,
      isRepeated: () => false,
      requireReplaceable: async () => {},
    },
  );

const REPLACE = { annotations: { 'kubic.suse.com/apply': 'replace' }, isKnown: true };

/** As Helm makes it, without a label of ours. */
async function makeWithHelm(): Promise<void> {
  const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: t.ns } };
  const signal = new AbortController().signal;
  await t.harness.client.apply({ ...theirs, data: { a: '1', b: '1' } }, { fieldManager: 'helm', force: true, signal });
}

/** One of ours that can only be made anew. */
async function makeImmutable(): Promise<void> {
  const immutable = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' }, immutable: true };
  await t.harness.client.create({ ...immutable, metadata: { name: 'c', namespace: t.ns, labels: ourLabel() } });
}

const ourLabel = () => ({ [PART_OF_LABEL]: applysetId(`${t.ns}-web`) });

/** Another object of the same name. */
const makeAnother =
  (labels: Record<string, string>): Overtake =>
  async (client, ref) => {
    await client.delete(ref);
    await client.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: ref.name, namespace: t.ns, labels },
      data: { own: 'yes' },
    });
  };

test('what another tool applied is taken over also while others write to the object', async () => {
  await makeWithHelm();
  await apply({ a: '2' });
  const live = await t.get('ConfigMap', 'c');
  expect(live?.data).toEqual({ a: '2' });
  expect(live?.metadata.annotations).toMatchObject({ 'example.com/other': 'writer' });
});

test.each<readonly [string, string, Overtake]>([
  [
    'another set has taken meanwhile',
    'addons.foreign-owner',
    (client, ref) => client.patch(ref, { metadata: { labels: { [PART_OF_LABEL]: 'other' } } }),
  ],
  ['has another of its name by now', 'kube.not-found', (client, ref) => makeAnother({})(client, ref)],
])('nothing is taken over of what %s', async (_, code, overtake) => {
  await makeWithHelm();
  let theirs: KubeObject | undefined;
  const remember: Overtake = async (client, ref) => {
    await overtake(client, ref);
    theirs = await client.get(ref);
  };
  await expect(apply({ a: '2' }, { overtake: remember })).rejects.toMatchObject({ code });
  expect(theirs).toBeDefined();
  expect(await t.get('ConfigMap', 'c')).toEqual(theirs);
});

test('what is gone when its fields are to be taken is made by us, and not adopted', async () => {
  await makeWithHelm();
  const { client } = t.harness;
  const get: KubeClient['get'] = async (ref, options) => {
    await client.delete(ref);
    return client.get(ref, options);
  };
  expect(await apply({ a: '2' }, { client: { ...client, get } })).toMatchObject({ created: true });
  expect((await t.get('ConfigMap', 'c'))?.data).toEqual({ a: '2' });
});

test('an object is made anew also while others write to it', async () => {
  await makeImmutable();
  await apply({ a: '2' }, REPLACE);
  expect((await t.get('ConfigMap', 'c'))?.data).toEqual({ a: '2' });
});

test('another object of the same name is not deleted for what the first one refused', async () => {
  await makeImmutable();
  let uid: string | undefined;
  const overtake: Overtake = async (client, ref) => {
    await makeAnother(ourLabel())(client, ref);
    uid = (await client.get(ref))?.metadata.uid;
  };
  await apply({ a: '2' }, { ...REPLACE, overtake });
  const live = await t.get('ConfigMap', 'c');
  expect(live?.metadata.uid).toBe(uid);
  expect(live?.data).toEqual({ a: '2', own: 'yes' });
});
