import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { applysetId, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import { applyObject } from '../../src/execute/addons/apply/apply-object.ts';
import { overtaken } from '../support/overtaken.ts';
import { beginTest, type TestNamespace } from './addons-harness.ts';

let t: TestNamespace;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
});

afterEach(() => t.end());

const apply = (data: Record<string, string>, more: { annotations?: Record<string, string> } = {}, isKnown = false) =>
  applyObject(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: t.ns, ...more }, data },
    {
      client: overtaken(t.harness.client),
      addon: `${t.ns}-web`,
      signal: new AbortController().signal,
      progress: () => {},
      isKnown: () => isKnown,
      isRepeated: () => false,
      requireReplaceable: async () => {},
    },
  );

test('what another tool applied is taken over also while others write to the object', async () => {
  const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: t.ns } };
  const signal = new AbortController().signal;
  const data = { a: '1', b: '1' };
  await t.harness.client.apply({ ...theirs, data }, { fieldManager: 'helm', force: true, signal });
  await apply({ a: '2' });
  const live = await t.get('ConfigMap', 'c');
  expect(live?.data).toEqual({ a: '2' });
  expect(live?.metadata.annotations).toMatchObject({ 'example.com/other': 'writer' });
});

test('an object is made anew also while others write to it', async () => {
  const immutable = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' }, immutable: true };
  const labels = { [PART_OF_LABEL]: applysetId(`${t.ns}-web`) };
  await t.harness.client.create({ ...immutable, metadata: { name: 'c', namespace: t.ns, labels } });
  await apply({ a: '2' }, { annotations: { 'kubic.suse.com/apply': 'replace' } }, true);
  expect((await t.get('ConfigMap', 'c'))?.data).toEqual({ a: '2' });
});
