import { expect, test } from 'vitest';
import { FIELD_MANAGER, ownedDigest } from '../../../src/addons/owned-fields.ts';
import type { KubeObject } from '../../../src/objects/kube-object.ts';
import { createUntouchedMemory } from '../../../src/observe/addons/untouched-memory.ts';

const object = (resourceVersion: string, a: string, uid = 'u1'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'a',
    uid,
    resourceVersion,
    managedFields: [
      { manager: FIELD_MANAGER, operation: 'Apply', apiVersion: 'v1', fieldsV1: { 'f:data': { 'f:a': {} } } },
    ],
  },
  data: { a },
});
const LIVE = ownedDigest(object('1', 'x')) ?? '';

test('what was found untouched is not looked at again, until the object or its record changes', () => {
  const memory = createUntouchedMemory();
  expect(memory.isUntouched(LIVE, object('1', 'x'))).toBe(true);
  memory.beginAnew();
  // an API server never gives two states of an object one resourceVersion: that it is not noticed shows that nobody looked
  expect(memory.isUntouched(LIVE, object('1', 'y'))).toBe(true);
  expect(memory.isUntouched(LIVE, object('2', 'y'))).toBe(false);
  expect(memory.isUntouched(LIVE, object('1', 'y', 'u2'))).toBe(false);
  expect(memory.isUntouched('2:another', object('1', 'x'))).toBe(false);
});

test('a revision that an etcd which was put back counts a second time is another one', () => {
  const memory = createUntouchedMemory();
  memory.isUntouched(LIVE, object('1', 'x'));
  memory.beginAnew();
  const other = object('1', 'y');
  const managedFields = [...(other.metadata.managedFields ?? []), { manager: 'kubectl', time: '2026-01-01T00:00:00Z' }];
  const again = { ...other, metadata: { ...other.metadata, managedFields } } as KubeObject;
  expect(memory.isUntouched(LIVE, again)).toBe(false);
});

test('what was touched is looked at each time', () => {
  const memory = createUntouchedMemory();
  expect(memory.isUntouched(LIVE, object('2', 'y'))).toBe(false);
  memory.beginAnew();
  expect(memory.isUntouched(LIVE, object('2', 'y'))).toBe(false);
  expect(memory.isUntouched(LIVE, object('2', 'x'))).toBe(true);
});

test('what is not asked about any more is forgotten', () => {
  const memory = createUntouchedMemory();
  memory.isUntouched(LIVE, object('1', 'x'));
  memory.beginAnew();
  memory.beginAnew();
  expect(memory.isUntouched(LIVE, object('1', 'y'))).toBe(false);
});
