import { describe, expect, test } from 'vitest';
import { assessDrift, type Drifted } from '../../../src/addons/drift/assess-drift.ts';
import type { DriftMode } from '../../../src/addons/drift/drift-mode.ts';
import { compareWithLive } from '../../../src/addons/drift/find-differences.ts';
import type { InventoryEntry } from '../../../src/addons/inventory.ts';
import { ownedDigest } from '../../../src/addons/owned-fields.ts';
import { digestOf } from '../../../src/json/canonical.ts';
import type { KubeObject, ManagedFieldsEntry } from '../../../src/objects/kube-object.ts';

const OURS = { manager: 'kubic-init', operation: 'Apply', time: '2026-01-01T00:00:00Z' };
const THEIRS = { manager: 'kubectl-edit', operation: 'Update', time: '2026-01-01T00:01:00Z' };
const CONTROLLER = { manager: 'controller', operation: 'Update', subresource: 'status', time: '2026-01-01T00:02:00Z' };
const TOKEN = 'Z2VoZWlt'; // what a Secret is made of; no free text that is shown

function liveOf(kind: string, data: Record<string, string>, managedFields: ManagedFieldsEntry[]): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'a', managedFields }, data };
}

/** An object with two values, of which somebody changed or removed one since our apply. */
function driftOf(
  kind: string,
  changed: Record<string, string>,
  more: { readonly mode?: DriftMode; readonly entry?: Partial<InventoryEntry>; readonly now?: number } = {},
): Drifted | undefined {
  const data = { x: TOKEN, y: '2' };
  const object: KubeObject = { apiVersion: 'v1', kind, metadata: { name: 'a' }, data };
  const applied = liveOf(kind, data, [{ ...OURS, fieldsV1: { 'f:data': { 'f:x': {}, 'f:y': {} } } }]);
  const taken = 'x' in changed ? { 'f:data': { 'f:x': {} } } : { 'f:data': {} };
  const live = liveOf(kind, { ...changed, y: '2' }, [
    { ...OURS, fieldsV1: { 'f:data': { 'f:y': {} } } },
    { ...THEIRS, fieldsV1: taken },
    { ...CONTROLLER, fieldsV1: { 'f:status': {} } },
  ]);
  const recorded = { rendered: digestOf(object), live: ownedDigest(applied) ?? '' };
  const entry = { apiVersion: 'v1', kind, name: 'a', ...recorded, ...more.entry };
  return assessDrift(entry, { object, digest: digestOf(object), mode: more.mode ?? 'correct' }, live, more.now ?? 0);
}

describe('a field that somebody changed', () => {
  test('is named with both values, as far as they are known to be harmless, and who has it', () => {
    const by = ['kubectl-edit'];
    expect(driftOf('ConfigMap', { x: 'off' })?.fields).toEqual([
      { path: 'data.x', declared: '(hidden)', live: '"off"', by },
    ]);
  });

  test('and removed is named with who changed the object last, which no controller did that writes its status', () => {
    expect(driftOf('ConfigMap', {})?.fields).toEqual([{ path: 'data.x', declared: '(hidden)', by: ['kubectl-edit'] }]);
  });

  test('of a Secret is named without a value', () => {
    const found = driftOf('Secret', { x: 'YW5kZXJz' });
    expect(found?.fields).toEqual([{ path: 'data.x', declared: '(hidden)', live: '(hidden)', by: ['kubectl-edit'] }]);
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`${TOKEN}|YW5kZXJz`));
  });

  test('is not looked for where drift is ignored, and only told of where the manifest is another one by now', () => {
    const other = { rendered: 'before' };
    expect(driftOf('ConfigMap', { x: 'other' }, { mode: 'ignore' })).toBeUndefined();
    expect(driftOf('ConfigMap', { x: 'other' }, { mode: 'ignore', entry: other })).toBeUndefined();
    for (const mode of ['correct', 'warn'] as const)
      expect(driftOf('ConfigMap', { x: 'other' }, { mode, entry: other })).toMatchObject({
        how: 'overwritten',
        fields: [],
      });
    expect(driftOf('ConfigMap', { x: 'other' }, { entry: { ...other, live: 'once' } })).toBeUndefined();
  });

  test('is fought over only where that very field was put right before', () => {
    const now = Date.parse('2026-01-01T00:02:00Z') / 1000;
    const corrections = [4, 3, 2, 1, 0].map((minutes) => now - minutes);
    const fought = (contested?: readonly string[]) =>
      driftOf('ConfigMap', { x: 'other' }, { now, entry: { corrections, ...(contested && { contested }) } })?.fought;
    expect(fought(['data.x'])).toBe(5);
    expect(fought(['data.y'])).toBeUndefined();
    // recorded by a version that did not say which
    expect(fought()).toBe(5);
  });
});

test('what somebody else took at its declared value says nothing of our fields, which the API server keeps in a form of its own', () => {
  const declared: KubeObject = {
    apiVersion: 'v1',
    kind: 'Quota',
    metadata: { name: 'a' },
    spec: { cpu: '1000m', pods: '5' },
  };
  const live = (managedFields: ManagedFieldsEntry[], pods = '5'): KubeObject => ({
    ...declared,
    metadata: { name: 'a', managedFields },
    spec: { cpu: '1', pods },
  });
  const both = { ...OURS, fieldsV1: { 'f:spec': { 'f:cpu': {}, 'f:pods': {} } } };
  const cpu = { ...OURS, fieldsV1: { 'f:spec': { 'f:cpu': {} } } };
  const pods = { ...THEIRS, fieldsV1: { 'f:spec': { 'f:pods': {} } } };
  const digest = digestOf(declared);
  const applied = ownedDigest(live([both])) ?? '';
  const entry = { apiVersion: 'v1', kind: 'Quota', name: 'a', rendered: digest, live: applied };
  const drift = (now: KubeObject) => assessDrift(entry, { object: declared, digest, mode: 'correct' }, now, 0);
  expect(drift(live([both]))).toBeUndefined();
  expect(drift(live([cpu, pods]))).toBeUndefined();
  expect(drift(live([cpu, pods], '6'))?.fields.map(({ path }) => path)).toEqual(['spec.pods']);
  // in our own name: nobody took anything, so the texts are compared
  expect(drift(live([both], '6'))?.fields.map(({ path }) => path)).toEqual(['spec.cpu', 'spec.pods']);
});

test('what is declared empty is as declared while others fill it, and is not once somebody owns it as a whole', () => {
  const declared: KubeObject = { apiVersion: 'v1', kind: 'Form', metadata: { name: 'a' }, spec: { empty: {} } };
  const changed = (theirs: object): boolean => {
    const managedFields = [{ ...THEIRS, fieldsV1: { 'f:spec': { 'f:empty': theirs } } }];
    const live = { ...declared, metadata: { name: 'a', managedFields }, spec: { empty: { x: '1' } } };
    return compareWithLive(declared, live as KubeObject).differences.length > 0;
  };
  expect(changed({ 'f:x': {} })).toBe(false);
  expect(changed({})).toBe(true);
});

describe('an object that is gone', () => {
  const entry = { apiVersion: 'batch/v1', kind: 'Job', name: 'a', rendered: 'd', live: 'l' };
  const declared = { digest: 'd', mode: 'correct' } as const;
  const named = { apiVersion: 'batch/v1', kind: 'Job', name: 'a', fields: [] };
  const gone = (more: Partial<InventoryEntry>, now = 0) => assessDrift({ ...entry, ...more }, declared, undefined, now);

  test('is gone, or was done where Kubernetes deletes it by itself, or is nothing to speak of where it was to be made once', () => {
    expect(gone({})).toEqual({ ...named, how: 'gone' });
    expect(gone({ goesWhenDone: true })).toEqual({ ...named, how: 'done' });
    expect(gone({ goesWhenDone: true, live: 'once' })).toBeUndefined();
    expect(gone({ live: 'once' })).toEqual({ ...named, how: 'gone' });
  });

  test('is fought over where it was made again five times in short order', () => {
    const times = [1, 2, 3, 4, 5];
    expect(gone({ remade: times }, 6)).toEqual({ ...named, how: 'gone', fought: 5 });
    expect(gone({ remade: times.slice(1) }, 6)).not.toHaveProperty('fought');
  });

  test('is nobody’s business where drift is ignored, or nobody declares it', () => {
    expect(assessDrift(entry, { ...declared, mode: 'ignore' }, undefined, 0)).toBeUndefined();
    expect(assessDrift(entry, undefined, undefined, 0)).toBeUndefined();
  });
});
