import { describe, expect, test } from 'vitest';
import { dropDeadVersions, isMadeByUs, takeOverFields } from '../../src/addons/field-owners.ts';
import type { KubeObject, ManagedFieldsEntry } from '../../src/objects/kube-object.ts';

function object(managedFields: readonly Partial<ManagedFieldsEntry>[], more: object = {}): KubeObject {
  const entries = managedFields as readonly ManagedFieldsEntry[];
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', managedFields: entries, ...more } };
}

const ours = (fieldsV1: ManagedFieldsEntry['fieldsV1'], more: Partial<ManagedFieldsEntry> = {}) => ({
  manager: 'kubic-init',
  operation: 'Apply',
  apiVersion: 'apps/v1',
  fieldsV1: fieldsV1 ?? {},
  ...more,
});
const theirs = (
  manager: string,
  operation: string,
  fieldsV1: Record<string, unknown>,
  more: Partial<ManagedFieldsEntry> = {},
) => ({
  manager,
  operation,
  apiVersion: 'apps/v1',
  fieldsV1,
  ...more,
});

describe('what another tool applied', () => {
  test('is ours together with what was, as a union of sets', () => {
    const live = object([
      ours({ 'f:spec': { 'f:a': {}, 'f:b': { '.': {}, 'f:x': {} } } }),
      theirs('kubectl-client-side-apply', 'Update', { 'f:spec': { 'f:a': { 'f:y': {} }, 'f:b': {}, 'f:c': {} } }),
      theirs('kube-controller-manager', 'Update', { 'f:status': {} }, { subresource: 'status' }),
    ]);
    expect(takeOverFields(live, false)).toEqual([
      ours({ 'f:spec': { 'f:a': { '.': {}, 'f:y': {} }, 'f:b': { '.': {}, 'f:x': {} }, 'f:c': {} } }),
      theirs('kube-controller-manager', 'Update', { 'f:status': {} }, { subresource: 'status' }),
    ]);
  });

  test('is ours where we had nothing yet', () => {
    const live = object([theirs('helm', 'Update', { 'f:data': { 'f:a': {} } })]);
    expect(takeOverFields(live, true)).toEqual([ours({ 'f:data': { 'f:a': {} } })]);
  });

  test('is theirs for good where they share the object later, save by client-side apply', () => {
    const live = (manager: string, operation: string) =>
      object([ours({ 'f:a': {} }), theirs(manager, operation, { 'f:b': {} })]);
    for (const [manager, operation] of [
      ['helm', 'Apply'],
      ['kubectl', 'Apply'],
      ['kustomize-controller', 'Apply'],
    ] as const) {
      expect(takeOverFields(live(manager, operation), false)).toBeUndefined();
      expect(takeOverFields(live(manager, operation), true)).toHaveLength(1);
    }
    expect(takeOverFields(live('kubectl-client-side-apply', 'Update'), false)).toHaveLength(1);
    // an edit by hand is drift, and a controller's write is the controller's
    expect(takeOverFields(live('kubectl-edit', 'Update'), false)).toBeUndefined();
    expect(takeOverFields(live('kubectl-client-side-apply', 'Apply'), false)).toBeUndefined();
  });

  test.for(['before-first-apply', 'kubectl-edit', 'kubectl-patch', 'kube-controller-manager', 'someone'])(
    'is not what %s set',
    (manager) => {
      expect(
        takeOverFields(object([ours({ 'f:a': {} }), theirs(manager, 'Update', { 'f:b': {} })]), true),
      ).toBeUndefined();
    },
  );

  test('at another API version is not joined, as its paths may mean another thing', () => {
    const old = theirs('kubectl-client-side-apply', 'Update', { 'f:b': {} }, { apiVersion: 'apps/v1beta1' });
    expect(takeOverFields(object([ours({ 'f:a': {} }), old]), true)).toEqual([ours({ 'f:a': {} })]);
  });
});

describe('what is recorded at a version that is not served', () => {
  test('is dropped, and stays ours where it was', () => {
    const live = object([
      ours({ 'f:a': {} }, { apiVersion: 'apps/v1beta1' }),
      theirs('other', 'Update', { 'f:b': {} }, { apiVersion: 'apps/v1beta1' }),
      theirs('third', 'Update', { 'f:c': {} }),
    ]);
    expect(dropDeadVersions(live, (version) => version === 'apps/v1')).toEqual([
      ours({ 'f:a': {} }),
      theirs('third', 'Update', { 'f:c': {} }),
    ]);
    expect(dropDeadVersions(live, () => true)).toBeUndefined();
  });
});

describe('an object with our label', () => {
  const at = (time: string) => ({ time: `2026-11-27T10:00:${time}Z` });
  const made = { creationTimestamp: '2026-11-27T10:00:10Z' };

  test('was made by us where nobody was there before', () => {
    expect(isMadeByUs(object([ours({}, at('10')), theirs('kcm', 'Update', {}, at('12'))], made))).toBe(true);
    expect(isMadeByUs(object([ours({}, at('11'))], made))).toBe(true);
  });

  test('was found where it is older than our fields, or somebody was there first', () => {
    expect(isMadeByUs(object([ours({}, at('40'))], made))).toBe(false);
    expect(isMadeByUs(object([ours({}, at('11')), theirs('kubectl-create', 'Update', {}, at('10'))], made))).toBe(
      false,
    );
    expect(isMadeByUs(object([], made))).toBe(false);
    expect(isMadeByUs(object([ours({})], {}))).toBe(false);
  });
});
