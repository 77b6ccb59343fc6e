import { expect, test } from 'vitest';
import type { AddonState } from '../../../../src/addons/addon-state.ts';
import { confirmationOf } from '../../../../src/addons/deletion/confirmation.ts';
import { findTakenAlong } from '../../../../src/addons/deletion/taken-along.ts';
import type { ObjectRef } from '../../../../src/objects/object-ref.ts';
import { type DeletionInput, holdDeletions } from '../../../../src/plan/rules/addons/addon-deletions.ts';
import { countWork } from '../../../support/count-work.ts';

const configMap = (index: number): ObjectRef => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop',
  name: `c${index}`,
});
const space = (index: number): ObjectRef => ({ apiVersion: 'v1', kind: 'Namespace', name: `n${index}` });
const inSpace = (index: number): ObjectRef => ({ ...configMap(index), namespace: `n${index}` });
const definition = (index: number): ObjectRef => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  name: `kind${index}s.example.com`,
});
const many = <T>(size: number, make: (index: number) => T): T[] =>
  Array.from({ length: size }, (_, index) => make(index));

function state(more: Partial<AddonState>): AddonState {
  const health = { status: 'healthy', problems: [] } as const;
  return { name: 'web', readable: true, dependsOn: [], prune: true, inventory: [], drifted: [], health, ...more };
}

const leaving = (refs: readonly ObjectRef[]) => refs.map((ref) => ({ ref, addon: 'web' }));
const chain = (size: number) => ({
  ties: many(size, (index) => ({ ref: configMap(index), goesWith: [configMap(index + 1)] })),
  defines: [],
});
const guards = { protect: [], confirm: [] };

const shapes: Readonly<Record<string, (size: number) => DeletionInput>> = {
  'a chain of owners, above something declared': (size) => ({
    guards,
    states: [state({ cascades: chain(size) })],
    candidates: leaving(many(size, (index) => configMap(index + 1))),
    staying: [{ ref: configMap(0), why: 'is declared' }],
  }),
  'a chain of owners, above something protected': (size) => ({
    guards: { protect: ['ConfigMap/shop/c0'], confirm: [] },
    states: [state({ cascades: chain(size) })],
    candidates: leaving(many(size, (index) => configMap(index + 1)).toReversed()),
    staying: [],
  }),
  'an owner of everything': (size) => ({
    guards,
    states: [
      state({
        cascades: { ties: many(size, (index) => ({ ref: configMap(index), goesWith: [space(0)] })), defines: [] },
      }),
    ],
    candidates: leaving([space(0)]),
    staying: many(size, (index) => ({ ref: configMap(index), why: 'stays' })),
  }),
  'Namespaces, each with something in it': (size) => ({
    guards,
    states: [state({})],
    candidates: leaving(many(size, space)),
    staying: many(size, (index) => ({ ref: inSpace(index), why: 'stays' })),
  }),
  'definitions, and objects of other groups': (size) => ({
    guards,
    states: [state({})],
    candidates: leaving(many(size, definition)),
    staying: many(size, (index) => ({ ref: inSpace(index), why: 'stays' })),
  }),
};

const work = (input: DeletionInput): Promise<number> => countWork(/\/src\//, () => holdDeletions(input));

test.each(Object.keys(shapes))(
  'twice as much that leaves is no more than twice the work to ask about: %s',
  async (name) => {
    const make = shapes[name] ?? (() => expect.unreachable());
    await work(make(10));
    const [small, large] = [await work(make(200)), await work(make(400))];
    expect(small).toBeGreaterThan(200);
    expect(large / small).toBeLessThan(2.2);
  },
  60_000,
);

test('a chain is followed in no more than linear work, in whichever order it is given', async () => {
  const run = (size: number) =>
    countWork(/\/src\//, () => {
      const others = many(size, (index) => ({ ref: configMap(index) }));
      expect(findTakenAlong(configMap(size), others, chain(size))).toHaveLength(size);
    });
  await run(10);
  const [small, large] = [await run(200), await run(400)];
  expect(large / small).toBeLessThan(2.2);
});

test('what is protected is not let go by a confirmation, through however many hands it would go, of whichever group it is', () => {
  const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'shop', name: 'db' };
  const [owner, top] = [configMap(1), configMap(2)];
  const ties = [
    { ref: set, goesWith: [owner] },
    { ref: owner, goesWith: [top] },
  ];
  const input = (staying: DeletionInput['staying'], candidates: readonly ObjectRef[]): DeletionInput => ({
    guards: { protect: ['StatefulSet/shop/db'], confirm: [owner, top, set].map(confirmationOf) },
    states: [state({ cascades: { ties, defines: [] } })],
    candidates: leaving(candidates),
    staying,
  });
  const recorded = holdDeletions(input([{ ref: set, why: 'is on record and stays' }], [top, owner]));
  const leaves = holdDeletions(input([], [top, owner, set]));
  for (const held of [recorded, leaves]) {
    for (const name of ['c1', 'c2']) {
      const found = [...held.values()].find(({ subject }) => subject === `ConfigMap shop/${name}`);
      expect(found?.reason).toBe('it left the repository, but StatefulSet shop/db is protected, and would go with it');
      expect(found?.confirm).toBeUndefined();
    }
  }
});
