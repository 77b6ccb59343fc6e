import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confirmationOf } from '../../../../src/addons/deletion/confirmation.ts';
import type { RenderedAddon } from '../../../../src/addons/rendered-addon.ts';
import { digestOf } from '../../../../src/json/canonical.ts';
import { refOf } from '../../../../src/objects/kube-object.ts';
import type { RuleResult } from '../../../../src/plan/rule.ts';
import { addonsRule } from '../../../../src/plan/rules/addons/addons.ts';
import { addon, applied, changed, configMap, FIELD, kinds, plan } from './fixture.ts';

test('what add-ons declare being unknown, as on a worker, none of them counts as having left', () => {
  const web = addon('web', [configMap('a')]);
  const cluster = { nodes: [], access: { apply: [], remove: [] }, addons: [applied(web)] };
  const input = {
    definition: { addons: [web], cluster: { guards: { protect: [], confirm: [] } } },
    actual: { cluster },
  };
  const rule = (rendered: readonly RenderedAddon[]) =>
    addonsRule({ ...input, rendered } as unknown as Parameters<typeof addonsRule>[0]);
  expect(rule([])).toEqual({ actions: [], held: [] });
  expect(rule([web])).toEqual({ actions: [], held: [] });
});

describe('before there is a cluster', () => {
  test('every add-on is planned, dependencies first: the CNI comes with the bootstrap', () => {
    const result = plan([addon('app', [], ['dns']), addon('cni'), addon('dns', [], ['cni'])]);
    expect(kinds(result)).toEqual(['addon.apply cni', 'addon.apply dns', 'addon.apply app']);
    expect(result.held).toEqual([]);
  });
});

describe('an add-on', () => {
  const web = addon('web', [configMap('a'), configMap('b')]);

  test('that is applied is left alone', () => {
    expect(plan([web], [applied(web)])).toEqual({ actions: [], held: [] });
  });

  test('is planned for exactly the objects that are new, changed or drifted, with the reason in words', () => {
    const next = addon('web', [configMap('a', '2'), configMap('b'), configMap('c'), configMap('d')]);
    const before = addon('web', [configMap('a'), configMap('b'), configMap('d'), configMap('gone')]);
    const [action] = plan([next], [applied(before, { drifted: [changed('b')] })]).actions;
    expect(action).toEqual({
      kind: 'addon.apply',
      scope: 'cluster',
      impact: 'disruptive',
      reason:
        'web: 1 object new, 1 object changed in Git, 1 drifted (ConfigMap shop/b: data.a), 1 to delete (ConfigMap shop/gone)',
      spec: {
        addon: 'web',
        digest: next.digest,
        apply: ['c', 'a', 'b'].map((name) => refOf(configMap(name))),
        prune: [refOf(configMap('gone'))],
      },
    });
  });

  test('whose last apply was cut short is planned again, for the objects that were not recorded as applied', () => {
    const state = applied(web);
    const { appliedDigest: _, ...rest } = state;
    const [first] = state.inventory;
    const cut = { ...rest, inventory: [...(first ? [first] : []), refOf(configMap('b'))] };
    expect(plan([web], [cut]).actions[0]?.spec).toMatchObject({ apply: [refOf(configMap('b'))] });
  });

  test('whose inventory makes no sense is held, and so is its removal', () => {
    const broken = applied(web, { readable: false, inventory: [] });
    for (const rendered of [[web], []]) {
      const result = plan(rendered, [broken]);
      expect(result.actions).toEqual([]);
      expect(result.held.map(({ code }) => code)).toEqual(['addons.inventory-unreadable']);
    }
  });

  test('is not applied over a fight, which is reported', () => {
    const result = plan([web], [applied(web, { drifted: [changed('a', { fought: 5 })] })]);
    expect(result.actions).toEqual([]);
    expect(result.held).toEqual([
      {
        code: 'addons.fight',
        subject: 'web',
        reason: 'ConfigMap shop/a: kubectl-edit changed data.a 5 times after it was put right',
        fields: [FIELD],
      },
    ]);
  });

  test('may move an object to another API version without deleting it', () => {
    const v1 = addon('web', [{ ...configMap('a'), apiVersion: 'example.com/v1' }]);
    const v2 = addon('web', [{ ...configMap('a'), apiVersion: 'example.com/v2' }]);
    expect(plan([v2], [applied(v1)]).actions[0]?.spec).toMatchObject({ prune: [] });
  });
});

describe('dependsOn', () => {
  const cni = addon('cni', [configMap('cni')]);
  const app = addon('app', [configMap('app')], ['cni']);
  const sick = {
    health: { status: 'progressing', problems: ['DaemonSet kube-system/cni: 0 of 3 pods are ready'] },
  } as const;

  test('holds back what would change while the dependency is not healthy', () => {
    const result = plan([cni, app], [applied(cni, sick)]);
    expect(result.actions).toEqual([]);
    expect(result.held).toEqual([
      {
        code: 'addons.dependency-not-ready',
        subject: 'app',
        reason: 'waits: cni is not healthy (DaemonSet kube-system/cni: 0 of 3 pods are ready)',
      },
    ]);
  });

  test('does not hold back the removal of what may keep others from being changed: it comes first, and alone', () => {
    const webhook = {
      ...configMap('guard'),
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'guard' },
    };
    const before = addon('app', [configMap('app'), configMap('old'), webhook], ['cni']);
    const next = addon('cni', [configMap('cni', '2')]);
    const result = plan(
      [next, addon('app', [configMap('app', '2')], ['cni', 'none'])],
      [applied(cni, sick), applied(before)],
    );
    expect(kinds(result)).toEqual(['addon.apply app', 'addon.apply cni']);
    expect(result.actions[0]).toMatchObject({
      reason: 'app: 1 to delete (ValidatingWebhookConfiguration guard), although the rest of it waits',
      spec: { apply: [], prune: [refOf(webhook)], only: 'repair' },
    });
    expect(result.held.map(({ subject }) => subject)).toEqual(['app']);
  });

  test('says nothing of an add-on that has nothing to do', () => {
    expect(plan([cni, app], [applied(cni, sick), applied(app)]).held).toEqual([]);
  });

  test('holds back along the chain, and nobody beside it', () => {
    const top = addon('top', [configMap('top')], ['app']);
    const result = plan([cni, app, top, addon('other')], [applied(cni, sick)]);
    expect(kinds(result)).toEqual(['addon.apply other']);
    expect(result.held.map(({ subject }) => subject)).toEqual(['app', 'top']);
  });

  test('on something that is not there, or on each other, holds back for ever and does not hang', () => {
    const result = plan([addon('a', [], ['b']), addon('b', [], ['a']), addon('c', [], ['none'])], []);
    expect(result.actions).toEqual([]);
    expect(result.held.map(({ subject }) => subject).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['a', 'b', 'c']);
  });
});

describe('what left the repository', () => {
  test('is removed, dependents first', () => {
    const base = addon('base', [configMap('base')]);
    const top = addon('top', [configMap('top')], ['base']);
    expect(kinds(plan([], [applied(base), applied(top)]))).toEqual(['addon.remove top', 'addon.remove base']);
  });

  test.for(['Namespace', 'CustomResourceDefinition', 'PersistentVolumeClaim'])(
    'is a destructive change where it takes others along: %s',
    (kind) => {
      const before = addon('web', [configMap('a'), { ...configMap('b'), kind }]);
      const after = addon('web', [configMap('a')]);
      expect(plan([after], [applied(before)]).actions[0]?.impact).toBe('destructive');
      expect(plan([], [applied(before)]).actions[0]?.impact).toBe('destructive');
    },
  );

  test.for(['kube-system', 'default'])('is never the namespace %s', (name) => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    const result = plan([addon('web')], [applied(addon('web', [namespace]))]);
    expect(result.actions[0]?.spec).toMatchObject({ prune: [] });
    expect(result.held).toMatchObject([{ code: 'addons.protected', subject: `Namespace ${name}` }]);
  });

  describe('is never the namespace', () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    const before = addon('web', [namespace, configMap('a'), configMap('b')]);
    const prunedOf = (result: RuleResult) => result.actions.flatMap(({ spec }) => ('prune' in spec ? spec.prune : []));

    test('of a protected object: that would go with it', () => {
      const result = plan([], [applied(before)], ['ConfigMap/shop/a']);
      expect(prunedOf(result)).toEqual([refOf(configMap('b'))]);
      expect(result.held.map(({ subject }) => subject)).toEqual(['Namespace shop', 'ConfigMap shop/a']);
    });

    test('of an object that guards.protect names and nobody recorded', () => {
      expect(prunedOf(plan([], [applied(before)], ['PersistentVolumeClaim/shop/db']))).not.toContainEqual(
        refOf(namespace),
      );
    });

    test('of an object that its owner keeps, nor of an add-on that is not pruned', () => {
      const state = applied(before);
      const kept = { ...state, inventory: state.inventory.map((entry) => ({ ...entry, kept: entry.name === 'a' })) };
      expect(prunedOf(plan([], [kept]))).toEqual([refOf(configMap('b'))]);
      const other = applied({ ...addon('data', [configMap('c')]), prune: false });
      expect(prunedOf(plan([], [state, other]))).not.toContainEqual(refOf(namespace));
    });

    test('and never the definition of a custom resource that stays', () => {
      const crd = {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'dbs.example.com' },
      };
      const db = { apiVersion: 'example.com/v1', kind: 'Db', metadata: { name: 'main', namespace: 'shop' } };
      const result = plan([], [applied(addon('db', [crd, db]))], ['Db/shop/main']);
      expect(prunedOf(result)).toEqual([]);
      expect(result.held).toHaveLength(2);
    });
  });

  test('is held, and nothing planned, where only protected objects are left of it', () => {
    const left = applied(addon('web', [configMap('a')]));
    expect(plan([], [left], ['ConfigMap/a']).actions).toEqual([]);
    expect(plan([], [left], ['ConfigMap/other/a']).actions).toHaveLength(1);
  });
});

describe('a deletion that takes others along', () => {
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'dbs.example.com' },
  };
  const db = { apiVersion: 'example.com/v1', kind: 'Db', metadata: { name: 'main', namespace: 'shop' } };
  const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const defines = [{ name: 'dbs.example.com', group: 'example.com', kind: 'Db' }];
  const empty = { ref: refOf(crd), names: [], count: 0 };
  const pruned = ({ actions }: RuleResult) => actions.flatMap(({ spec }) => ('prune' in spec ? spec.prune : []));

  test('is held for what another add-on declares, has declared, keeps or adopted', () => {
    const app = addon('app', [db]);
    const state = applied(addon('operator', [crd]), { cascades: { ties: [], defines } });
    expect(pruned(plan([app], [state]))).toEqual([]);
    expect(pruned(plan([app], [state, applied(app)]))).toEqual([]);
    for (const more of [{ kept: true }, { adopted: true }]) {
      const inventory = applied(app).inventory.map((entry) => ({ ...entry, ...more }));
      expect(pruned(plan([], [state, applied(app, { inventory })]))).toEqual([]);
    }
    expect(pruned(plan([], [state, applied(app)]))).toEqual(expect.arrayContaining([refOf(crd), refOf(db)]));
  });

  test('is not held for another kind of the same group', () => {
    const cascades = { ties: [], defines: [{ name: 'dbs.example.com', group: 'example.com', kind: 'Other' }] };
    expect(pruned(plan([addon('app', [db])], [applied(addon('operator', [crd]), { cascades })]))).toEqual([refOf(crd)]);
  });

  test('is held for what guards.protect names and nobody has on record: of its kind, or in a namespace not named', () => {
    const state = applied(addon('operator', [crd, shop]), { cascades: { ties: [], defines } });
    expect(pruned(plan([], [state], ['Db/prod/by-hand']))).toEqual([refOf(shop)]);
    expect(pruned(plan([], [state], ['PersistentVolumeClaim/data']))).toEqual([refOf(crd)]);
    expect(pruned(plan([], [state], ['ClusterRole/x', 'Secret/other/x']))).toHaveLength(2);
  });

  test('is held while any record cannot be read; what takes nothing along is not', () => {
    const state = applied(addon('web', [shop, configMap('a')]));
    const broken = applied(addon('broken'), { readable: false, inventory: [] });
    const result = plan([addon('broken')], [state, broken]);
    expect(pruned(result)).toEqual([refOf(configMap('a'))]);
    expect(result.held.map(({ confirm }) => confirm)).toEqual([undefined, undefined]);
  });

  test('goes once a commit confirms its digest, which says nothing of what is inside; nothing protected does', () => {
    const state = applied(addon('operator', [crd]), {
      insides: [{ ...empty, names: ['Db shop/theirs'], count: 7 }],
      cascades: { ties: [], defines },
    });
    const [held] = plan([], [state]).held;
    expect(held?.reason).toBe(
      "it left the repository, but Db shop/theirs and 6 more are on no add-on's record, and would go with it",
    );
    const other = applied(addon('operator', [crd]), { insides: [{ ...empty, names: ['Db shop/other'], count: 1 }] });
    expect(plan([], [other]).held[0]?.confirm).toBe(held?.confirm);
    const confirm = [held?.confirm ?? ''];
    const confirmed = plan([], [state], [], { confirm });
    expect(confirmed.held).toEqual([]);
    expect(confirmed.actions[0]).toMatchObject({
      impact: 'destructive',
      reason:
        'operator: left the repository, 1 object to delete (CustomResourceDefinition dbs.example.com with every object of its kind, among them Db shop/theirs and 6 more that no add-on has on record)',
    });
    expect(pruned(plan([], [state], ['CustomResourceDefinition/dbs.example.com'], { confirm }))).toEqual([]);
    const guarded = applied(addon('operator', [crd]), {
      insides: [{ ...empty, count: 1, protected: 'Db shop/theirs' }],
    });
    expect(pruned(plan([], [guarded], [], { confirm }))).toEqual([]);
  });

  test('is not let go by a digest where it is not known what is inside, and something protected may be', () => {
    const insides = [{ ref: refOf(shop), names: [], count: 0, unknown: 'it cannot be read what is inside' }];
    const state = applied(addon('web', [shop]), { insides });
    const confirm = [plan([], [state]).held[0]?.confirm ?? ''];
    expect(pruned(plan([], [state], [], { confirm }))).toEqual([refOf(shop)]);
    const [held] = plan([], [state], ['Secret/keys'], { confirm }).held;
    expect(held?.reason).toBe(
      'it left the repository, but Secret keys is protected, and may go with it: it cannot be read what is inside',
    );
    expect(held?.confirm).toBeUndefined();
  });

  test('is held as long as what it would take along is held itself', () => {
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' } };
    const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'pv-1' } };
    const ties = [{ ref: refOf(volume), goesWith: [refOf(claim)] }];
    const states = [
      applied(addon('web', [shop, claim]), { cascades: { ties, defines: [] } }),
      applied({ ...addon('volumes', [volume]), prune: false }),
    ];
    const result = plan([], states);
    expect(pruned(result)).toEqual([]);
    expect(result.held.map(({ subject }) => subject)).toEqual(['Namespace shop', 'PersistentVolumeClaim shop/data']);
  });
});

test('what was deleted and is still going is not deleted again, and what comes after it waits', () => {
  const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const going = [{ ref: refOf(configMap('a')), reason: 'waits for example.com/x' }];
  const result = plan([], [applied(addon('web', [configMap('a'), shop]), { going })]);
  expect(result.actions).toEqual([]);
  expect(result.held).toEqual([
    {
      code: 'addons.deletion-stuck',
      subject: 'ConfigMap shop/a',
      reason: 'it left the repository, was deleted, and waits for example.com/x',
    },
  ]);
});

test('what the head before said is to stay is let go of, although nothing recorded it', () => {
  const result = plan([], [applied(addon('web', [configMap('a')]))], [], { kept: ['/ConfigMap/shop/a'] });
  expect(result.actions[0]?.spec).toEqual({ addon: 'web', prune: [], release: [refOf(configMap('a'))] });
});

test('a namespace in the manifest of a kind that has none is no difference', () => {
  const issuer = { apiVersion: 'example.com/v1', kind: 'Issuer', metadata: { name: 'ca', namespace: 'pki' } };
  const placed = { ...issuer, metadata: { name: 'ca' } };
  const web = addon('web', [issuer]);
  const inventory = [{ ...refOf(placed), rendered: digestOf(placed), live: 'l' }];
  expect(plan([web], [applied(web, { inventory })])).toEqual({ actions: [], held: [] });
});

test('what a plan has brought about leaves nothing to plan', () => {
  const object = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.constantFrom('1', '2') });
  const objects = fc.uniqueArray(object, { selector: ({ name }) => name });
  fc.assert(
    fc.property(objects, objects, (before, after) => {
      const build = (list: readonly { name: string; value: string }[]): RenderedAddon =>
        addon(
          'web',
          list.map(({ name, value }) => configMap(name, value)),
        );
      const [old, next] = [build(before), build(after)];
      const { actions } = plan([next], [applied(old)]);
      expect(actions.length).toBe(old.digest === next.digest ? 0 : 1);
      for (const { spec } of actions) {
        if (!('prune' in spec)) continue;
        const names = new Set(after.map(({ name }) => name));
        expect(spec.prune.map(({ name }) => name)).toEqual(before.flatMap(({ name }) => (names.has(name) ? [] : name)));
      }
      expect(plan([next], [applied(next)])).toEqual({ actions: [], held: [] });
    }),
  );
});

test('a record that is only on this machine is written to the cluster, also where there is nothing else to do', () => {
  const web = addon('web', [configMap('a')]);
  expect(plan([web], [applied(web)]).actions).toEqual([]);
  const [action, ...others] = plan([web], [applied(web, { onlyHere: true })]).actions;
  expect(others).toEqual([]);
  expect(action).toMatchObject({ kind: 'addon.apply', impact: 'safe', spec: { addon: 'web', only: 'record' } });
  expect(action?.reason).toContain('only on this machine');
});

test('a digest in guards.confirm that confirms nothing is named, one that does is not', () => {
  const before = addon('web', [configMap('a'), { ...configMap('b'), kind: 'PersistentVolumeClaim' }]);
  const after = addon('web', [configMap('a')]);
  const confirm = [
    confirmationOf(refOf(configMap('b', '1'))),
    confirmationOf({ ...refOf(configMap('b')), kind: 'PersistentVolumeClaim' }),
  ];
  const result = plan([after], [applied(before)], [], { confirm });
  expect(result.held).toEqual([
    { code: 'addons.confirm-unused', subject: 'guards.confirm', reason: expect.stringContaining(confirm[0] ?? '-') },
  ]);
  // once it is done, the other is, too
  expect(plan([after], [applied(after)], [], { confirm }).held).toHaveLength(2);
  // a record that cannot be read may have what is meant
  const broken = { ...applied(before), name: 'broken', readable: false, inventory: [] };
  expect(plan([after], [applied(after), broken], [], { confirm }).held.map(({ code }) => code)).not.toContain(
    'addons.confirm-unused',
  );
  // before there is a cluster, nothing is known
  expect(plan([after], undefined, [], { confirm }).held).toEqual([]);
});
