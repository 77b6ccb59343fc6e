import { expect, test } from 'vitest';
import { findCorrected, listDropped } from '../../../src/addons/drift/find-corrected.ts';
import type { KubeObject } from '../../../src/objects/kube-object.ts';

const ours = { manager: 'kubic-init', operation: 'Apply', time: '2026-01-01T00:00:00Z' };
const theirs = { manager: 'kubectl-edit', operation: 'Update', time: '2026-01-01T00:01:00Z' };
const config = (data: object, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', ...metadata },
  data,
});

/** Somebody took `x`. */
const TAKEN = {
  managedFields: [
    { ...ours, fieldsV1: { 'f:data': { 'f:y': {} } } },
    { ...theirs, fieldsV1: { 'f:data': { 'f:x': {} } } },
  ],
};

test('an apply corrected the fields whose value it changed, and not those it only took back', () => {
  const declared = config({ x: '1', y: '2' });
  const before = config({ x: 'other', y: '2' }, TAKEN);
  expect(findCorrected(declared, before, config({ x: '1', y: '2' }))).toEqual(['data.x']);
  expect(findCorrected(declared, before, config({ x: 'other', y: '2' }))).toEqual([]);
});

test('what an apply did not bring about is dropped: empty mappings, wherever they are declared', () => {
  const declared = config({ x: '1' }, { annotations: { a: 'b' }, labels: {} });
  expect(listDropped(declared, config({ x: '1' }, { annotations: { a: 'b' } }))).toEqual(['metadata.labels']);
  expect(listDropped(declared, config({ x: '1' }, { labels: {} }))).toEqual(['metadata.annotations']);
  expect(listDropped(declared, declared)).toEqual([]);
});
