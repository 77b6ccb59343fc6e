import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assessDrift } from '../../src/addons/drift/assess-drift.ts';
import { isUntouched, ownedDigest } from '../../src/addons/owned-fields.ts';
import { isMapping } from '../../src/json/at.ts';
import { canonicalJson, digestOf } from '../../src/json/canonical.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';

type Tree = { [key: string]: unknown };

const ours = fc.constantFrom('a', 'b', 'c.d/e', 'f:g');
const theirs = fc.constantFrom('x', 'y', 'z/z');
const scalar = fc.oneof(fc.integer(), fc.string(), fc.boolean());
const { tree } = fc.letrec<{ tree: Tree; node: unknown }>((tie) => ({
  tree: fc.dictionary(ours, tie('node'), { maxKeys: 3 }),
  node: fc.oneof(
    { maxDepth: 3 },
    scalar,
    scalar,
    fc.uniqueArray(scalar, { selector: canonicalJson, minLength: 1 }),
    tie('tree'),
  ),
}));

/** As the API server records it: a mapping is owned member by member, an empty one and a value as a whole, a list as a set. */
function fieldsOf(value: unknown): Tree {
  if (Array.isArray(value)) return Object.fromEntries(value.map((item) => [`v:${JSON.stringify(item)}`, {}]));
  if (!isMapping(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [`f:${key}`, fieldsOf(member)]));
}

function objectOf(spec: Tree, own: Tree, others: readonly Tree[] = []): KubeObject {
  const entry = (manager: string, fields: Tree) => ({ manager, operation: 'Apply', fieldsV1: { 'f:spec': fields } });
  const managedFields = [entry('kubic-init', own), ...others.map((fields, i) => entry(`other-${i}`, fields))];
  return { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x', managedFields }, spec };
}

function drift(declaredSpec: Tree, live: KubeObject) {
  const object = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'x' }, spec: declaredSpec };
  const recorded = ownedDigest(objectOf(declaredSpec, fieldsOf(declaredSpec)));
  const entry = { apiVersion: 'example.com/v1', kind: 'Thing', name: 'x', rendered: digestOf(object) };
  return assessDrift(
    { ...entry, live: recorded ?? '' },
    { object, digest: digestOf(object), mode: 'correct' },
    live,
    0,
  );
}

/** Every mapping of a tree, the empty ones among them. */
function mappingsOf(value: unknown): Tree[] {
  return isMapping(value) ? [value, ...Object.values(value).flatMap(mappingsOf)] : [];
}

/** Where values stand. */
function leavesOf(value: Tree): { readonly parent: Tree; readonly key: string }[] {
  return Object.entries(value).flatMap(([key, member]) =>
    isMapping(member) ? leavesOf(member) : [{ parent: value, key }],
  );
}

test('what others add, anywhere, is no drift, and changes no digest', () => {
  fc.assert(
    fc.property(tree, fc.array(fc.tuple(fc.nat(), theirs, scalar), { maxLength: 5 }), (declared, additions) => {
      const live = structuredClone(declared);
      const added = structuredClone(declared);
      for (const [at, key, value] of additions) {
        for (const root of [live, added]) {
          const mappings = mappingsOf(root);
          Object.assign(mappings[at % mappings.length] ?? {}, { [key]: value });
        }
      }
      const object = objectOf(live, fieldsOf(declared), [onlyTheirs(fieldsOf(added))]);
      expect(ownedDigest(object)).toBe(ownedDigest(objectOf(declared, fieldsOf(declared))));
      expect(drift(declared, object)).toBeUndefined();
    }),
  );
});

/** The members that lead to one of theirs. */
function onlyTheirs(fields: Tree): Tree {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([step, below]): [string, Tree][] => {
      if (['f:x', 'f:y', 'f:z/z'].includes(step)) return [[step, {}]];
      const inside = onlyTheirs(below as Tree);
      return Object.keys(inside).length > 0 ? [[step, inside]] : [];
    }),
  );
}

test('each value of ours that is changed or removed is drift, and is named, whether or not its owner says so', () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.boolean(), fc.boolean(), (declared, at, isRemoved, isTaken) => {
      const live = structuredClone(declared);
      const leaves = leavesOf(live);
      fc.pre(leaves.length > 0);
      const { parent, key } = leaves[at % leaves.length] ?? { parent: live, key: '' };
      if (isRemoved) delete parent[key];
      else parent[key] = 'changed by somebody else';
      const own = fieldsOf(isTaken ? keepSame(declared, live) : declared);
      const object = objectOf(live, own);
      expect(isUntouched(ownedDigest(objectOf(declared, fieldsOf(declared))) ?? '', object)).toBe(false);
      const found = drift(declared, object);
      expect(found?.how).toBe('changed');
      expect(found?.fields.length).toBeGreaterThan(0);
    }),
  );
});

/** What of a declared tree is still as it was: what the API server leaves us. */
function keepSame(declared: Tree, live: Tree): Tree {
  return Object.fromEntries(
    Object.entries(declared).flatMap(([key, value]): [string, unknown][] => {
      const now = live[key];
      if (isMapping(value) && isMapping(now)) {
        const kept = keepSame(value, now);
        return Object.keys(kept).length > 0 || Object.keys(value).length === 0 ? [[key, kept]] : [];
      }
      return canonicalJson(value) === canonicalJson(now) ? [[key, value]] : [];
    }),
  );
}

test('a digest in the form before this one says as it did that nothing was touched', () => {
  fc.assert(
    fc.property(tree, (declared) => {
      const object = objectOf(declared, fieldsOf(declared));
      expect(isUntouched(ownedDigest(object) ?? '', object)).toBe(true);
      expect(isUntouched(digestOf(oldForm(fieldsOf({ spec: declared }), object)), object)).toBe(true);
    }),
  );
});

function oldForm(fields: unknown, value: unknown): unknown {
  if (!isMapping(fields) || Object.keys(fields).length === 0) return value ?? null;
  return Object.fromEntries(
    Object.entries(fields).map(([step, below]) => {
      if (step.startsWith('v:')) return [step, true];
      return [step, oldForm(below, isMapping(value) ? value[step.slice(2)] : undefined)];
    }),
  );
}
