import { expect, test } from 'vitest';
import { ownedDigest, ownedValues } from '../../src/addons/owned-fields.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';

const FIELDS = {
  'f:metadata': { 'f:labels': { 'f:app': {} }, 'f:finalizers': { '.': {}, 'v:"a/b"': {} } },
  'f:spec': {
    'f:replicas': {},
    'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {} } },
    'f:list': { 'i:1': {} },
  },
};

const OBJECT = {
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: {
    name: 'x',
    labels: { app: 'a', theirs: 'b' },
    finalizers: ['theirs', 'a/b'],
    managedFields: [
      { manager: 'other', operation: 'Apply', fieldsV1: { 'f:spec': {} } },
      { manager: 'kubic-init', operation: 'Update', subresource: 'status', fieldsV1: { 'f:status': {} } },
      { manager: 'kubic-init', operation: 'Apply', fieldsV1: FIELDS },
    ],
  },
  spec: {
    replicas: 2,
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 80, protocol: 'TCP', name: 'http', theirs: 1 },
    ],
    list: ['a', 'b'],
  },
} satisfies KubeObject;

function changed(change: (object: typeof OBJECT) => void): KubeObject {
  const copy = structuredClone(OBJECT);
  change(copy);
  return copy;
}

test('the values of our own fields are found: members, list items by key, members of sets, items by index', () => {
  expect(ownedValues(FIELDS, OBJECT, [])).toEqual({
    'f:metadata': { 'f:labels': { 'f:app': 'a' }, 'f:finalizers': { '.': true, 'v:"a/b"': true } },
    'f:spec': {
      'f:replicas': 2,
      'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': true, 'f:name': 'http', 'f:port': 80 } },
      'f:list': { 'i:1': 'b' },
    },
  });
});

test.for<[string, (object: typeof OBJECT) => void]>([
  ['a value', (o) => void Object.assign(o.spec, { replicas: 3 })],
  ['a value in a list item', (o) => void Object.assign(o.spec.ports[1] ?? {}, { name: 'web' })],
  ['a list item that is gone', (o) => void o.spec.ports.pop()],
  ['a member of a set that is gone', (o) => void o.metadata.finalizers.pop()],
  ['a label that is gone', (o) => void Reflect.deleteProperty(o.metadata.labels, 'app')],
  [
    'a field that someone took over',
    (o) => void Reflect.deleteProperty(o.metadata.managedFields[2]?.fieldsV1['f:spec'] ?? {}, 'f:replicas'),
  ],
])('the digest changes with %s', ([, change]) => {
  expect(ownedDigest(changed(change))).not.toBe(ownedDigest(OBJECT));
});

test.for<[string, (object: typeof OBJECT) => void]>([
  ['labels of others', (o) => void Object.assign(o.metadata.labels, { theirs: 'c' })],
  ['fields of others in our list item', (o) => void Object.assign(o.spec.ports[1] ?? {}, { theirs: 2 })],
  ['items of others', (o) => void o.spec.ports.unshift({ port: 1, protocol: 'TCP' })],
  ['the order of a list with keys', (o) => void o.spec.ports.reverse()],
  ['the fields of other managers', (o) => void o.metadata.managedFields.shift()],
])('the digest does not change with %s', ([, change]) => {
  expect(ownedDigest(changed(change))).toBe(ownedDigest(OBJECT));
});

test('where we own nothing any more there is no digest', () => {
  expect(ownedDigest(changed((o) => void o.metadata.managedFields.pop()))).toBeUndefined();
});
