import { describe, expect, test } from 'vitest';
import { confirmationOf } from '../../../../src/addons/deletion/confirmation.ts';
import { refOf } from '../../../../src/objects/kube-object.ts';
import type { RuleResult } from '../../../../src/plan/rule.ts';
import { addon, applied, changed, configMap, kinds, plan } from './fixture.ts';

const reasons = ({ actions }: RuleResult): string[] => actions.map(({ reason }) => reason);
const ref = (name: string) => refOf(configMap(name));
const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

describe('an object that another add-on declares from now on', () => {
  const moved = configMap('moved');
  const [before, after] = [addon('a', [configMap('own'), moved]), addon('a', [configMap('own')])];
  const taker = addon('b', [moved]);

  test('is never deleted, and let go of by a record of its own where the taker comes later in this very plan', () => {
    const result = plan([after, taker], [applied(before, { appliedDigest: after.digest })]);
    expect(kinds(result)).toEqual(['addon.apply b', 'addon.apply a']);
    expect(result.actions[1]).toMatchObject({
      reason: 'a: 1 object to let go of',
      impact: 'safe',
      spec: { addon: 'a', digest: after.digest, apply: [], prune: [], only: 'record' },
    });
  });

  test('stays on the record while its taker waits', () => {
    const waiting = addon('b', [moved], ['none']);
    const result = plan([after, waiting], [applied(before, { appliedDigest: after.digest })]);
    expect(result.actions).toEqual([]);
    expect(result.held.map(({ code }) => code)).toEqual(['addons.dependency-not-ready']);
  });

  test('needs no second record where its add-on is applied after the taker', () => {
    const late = addon('a', [configMap('own', '2')], ['b']);
    const result = plan([late, taker], [applied(before)]);
    expect(kinds(result)).toEqual(['addon.apply b', 'addon.apply a']);
    expect(result.actions[1]?.spec).not.toHaveProperty('only');
  });

  test('is let go of once the taker has applied it', () => {
    const result = plan([after, taker], [applied(before, { appliedDigest: after.digest }), applied(taker)]);
    expect(reasons(result)).toEqual(['a: 1 to let go of']);
    expect(result.actions[0]?.spec).toEqual({ addon: 'a', digest: after.digest, apply: [], prune: [] });
    const unapplied = { ...applied(taker), inventory: [ref('moved')] };
    expect(kinds(plan([after, taker], [applied(before, { appliedDigest: after.digest }), unapplied]))).toEqual([
      'addon.apply b',
      'addon.apply a',
    ]);
  });

  test('is let go of by an add-on that left the repository itself, after its taker', () => {
    const gone = applied(addon('old', [moved, configMap('other')]));
    const result = plan([taker], [gone]);
    expect(kinds(result)).toEqual(['addon.apply b', 'addon.remove old']);
    expect(reasons(result)[1]).toBe(
      'old: left the repository, 1 object to delete (ConfigMap shop/other), 1 to let go of',
    );
    const all = plan([taker], [applied(addon('old', [moved]))]);
    expect(reasons(all)[1]).toBe('old: left the repository, 0 objects to delete, 1 to let go of');
    expect(kinds(plan([addon('b', [moved], ['none'])], [applied(addon('old', [moved]))]))).toEqual([]);
  });
});

describe('what is to stay', () => {
  const kept = configMap('a', '1', { annotations: { 'kubic.suse.com/prune': 'disabled' } });

  test('is recorded as that at once, also where its add-on has nothing else to do, or waits', () => {
    const [web, before] = [addon('web', [kept]), addon('web', [configMap('a')])];
    const recorded = applied(before);
    const state = {
      ...recorded,
      appliedDigest: web.digest,
      inventory: recorded.inventory.map((entry) => ({ ...entry, rendered: web.objects[0]?.digest ?? '' })),
    };
    expect(plan([web], [state]).actions).toEqual([
      {
        kind: 'addon.apply',
        scope: 'cluster',
        impact: 'safe',
        reason: 'web: 1 object to be recorded as staying',
        spec: { addon: 'web', digest: web.digest, apply: [], prune: [], only: 'record' },
      },
    ]);
    expect(plan([{ ...web, dependsOn: ['none'] }], [applied(before)])).toMatchObject({
      actions: [{ spec: { only: 'record' } }],
      held: [{ code: 'addons.dependency-not-ready', reason: 'waits: none is not there' }],
    });
    const said = { ...state, inventory: state.inventory.map((entry) => ({ ...entry, kept: true })) };
    expect(plan([web], [said]).actions).toEqual([]);
  });

  test('is recorded by the apply itself where there is one', () => {
    const web = addon('web', [kept, configMap('b', '2')]);
    const result = plan([web], [applied(addon('web', [configMap('a'), configMap('b')]))]);
    expect(kinds(result)).toEqual(['addon.apply web']);
    expect(result.actions[0]?.spec).not.toHaveProperty('only');
  });

  test.each([{ kept: true }, { adopted: true }])('%j is released when it leaves, with its add-on or alone', (more) => {
    const state = applied(addon('web', [configMap('a'), configMap('b')]));
    const inventory = state.inventory.map((entry) => (entry.name === 'a' ? { ...entry, ...more } : entry));
    const removal = plan([], [{ ...state, inventory }]);
    expect(removal.actions[0]?.spec).toEqual({ addon: 'web', prune: [ref('b')], release: [ref('a')] });
    const web = addon('web', [configMap('b')]);
    const smaller = plan([web], [{ ...state, inventory }]);
    expect(smaller.actions[0]).toMatchObject({ impact: 'safe', reason: 'web: 1 to let go of' });
    expect(smaller.actions[0]?.spec).toMatchObject({ prune: [], release: [ref('a')] });
  });

  test('is all of an add-on that is not pruned, and what the cluster cannot do without', () => {
    const web = { ...addon('web', []), prune: false };
    const state = applied(addon('web', [configMap('a')]));
    expect(plan([web], [state]).actions[0]?.spec).toMatchObject({ prune: [], release: [ref('a')] });
    const dns = configMap('coredns', '1', { namespace: 'kube-system' });
    expect(plan([], [applied(addon('dns', [dns]))]).actions[0]?.spec).toMatchObject({ release: [refOf(dns)] });
  });
});

describe('the reason of an apply', () => {
  test('is that its settings changed where nothing else has', () => {
    const web = addon('web', [configMap('a')]);
    expect(reasons(plan([web], [applied(web, { appliedDigest: 'other' })]))).toEqual([
      'web: its settings changed, or its last apply did not end',
    ]);
  });

  test('names what is put right, by what happened to it, three of each', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const web = addon(
      'web',
      names.map((name) => configMap(name)),
    );
    const field = (path: string) => ({ path, declared: '1', live: '2', by: [] });
    const many = [field('x'), field('y'), field('z'), field('w'), field('v')];
    const drifted = [
      ...['a', 'b', 'c', 'd'].map((name) => changed(name)),
      changed('e', { how: 'gone' as const, fields: [] }),
      changed('f', { how: 'done' as const, fields: [] }),
    ];
    expect(reasons(plan([web], [applied(web, { drifted })]))).toEqual([
      'web: 4 drifted (ConfigMap shop/a: data.a, ConfigMap shop/b: data.a, ConfigMap shop/c: data.a and 1 more), 1 gone (ConfigMap shop/e), 1 to run again: cleaned up when finished (ConfigMap shop/f)',
    ]);
    expect(reasons(plan([web], [applied(web, { drifted: [changed('a', { fields: many })] })]))).toEqual([
      'web: 1 drifted (ConfigMap shop/a: x, y, z and 2 more)',
    ]);
  });

  test('has the first deletions by name, those that take others along before the rest', () => {
    const before = addon('web', [...['a', 'b', 'c'].map((name) => configMap(name)), shop]);
    const [action] = plan([addon('web', [])], [applied(before)]).actions;
    expect(action).toMatchObject({
      impact: 'destructive',
      reason: 'web: 4 to delete (Namespace shop with everything in it, ConfigMap shop/a, ConfigMap shop/b)',
    });
  });
});

describe('a fight', () => {
  const web = addon('web', [configMap('a')]);
  const held = (more: object) =>
    plan([web], [applied(web, { drifted: [changed('a', { fought: 5, ...more })] })]).held[0];

  test('names each who changed it once, or says that it was somebody', () => {
    const field = (...by: string[]) => ({ path: 'data.a', declared: '1', live: '2', by });
    expect(held({ fields: [field('x', 'y'), field('y')] })?.reason).toBe(
      'ConfigMap shop/a: x, y changed data.a, data.a 5 times after it was put right',
    );
    expect(held({ fields: [field()] })?.reason).toBe(
      'ConfigMap shop/a: somebody changed data.a 5 times after it was put right',
    );
  });

  test('with whatever makes an object vanish is called that, with the owner that Kubernetes misses', () => {
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'u' };
    const owned = addon('web', [configMap('a', '1', { ownerReferences: [owner] } as object)]);
    const gone = [changed('a', { fought: 5, how: 'gone', fields: [] })];
    expect(plan([owned], [applied(owned, { drifted: gone })]).held).toEqual([
      {
        code: 'addons.vanishes',
        subject: 'web',
        reason:
          'ConfigMap shop/a was made 5 times, and is gone again: it names ConfigMap owner as its owner, and Kubernetes deletes what has lost its owner',
      },
    ]);
    expect(held({ how: 'gone', fields: [] })?.reason).toBe('ConfigMap shop/a was made 5 times, and is gone again');
  });
});

describe('what was deleted and is still going', () => {
  const going = (object: typeof shop, reason: string) => [{ ref: refOf(object), reason }];

  test('keeps back only what comes after it', () => {
    const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'shop' } };
    const state = applied(addon('web', [widget, configMap('a')]), { going: [{ ref: ref('a'), reason: 'waits' }] });
    expect(plan([], [state]).actions[0]?.spec).toMatchObject({ prune: [refOf(widget)] });
  });

  test('is said to be going where Kubernetes empties it first, and stuck where it does not', () => {
    const namespace = plan([], [applied(addon('web', [shop]), { going: going(shop, 'is being emptied') })]);
    expect(namespace.held).toEqual([
      {
        code: 'addons.deletion-going',
        subject: 'Namespace shop',
        reason: 'it left the repository, was deleted, and is being emptied',
      },
    ]);
  });
});

describe('what holds a deletion', () => {
  const insides = (more: object) => [{ ref: refOf(shop), names: [], count: 0, ...more }];
  const held = (more: object) => plan([], [applied(addon('web', [shop]), { insides: insides(more) })]).held[0]?.reason;

  test('is told in words: what is inside, how much more, or why that is not known', () => {
    expect(held({ names: ['Pod shop/a'], count: 1 })).toBe(
      "it left the repository, but Pod shop/a is on no add-on's record, and would go with it",
    );
    expect(held({ names: ['Pod shop/a'], count: 2 })).toContain('Pod shop/a and 1 more are on');
    expect(held({ names: ['Pod shop/a', 'Pod shop/b'], count: 2 })).toBe(
      "it left the repository, but Pod shop/a, Pod shop/b are on no add-on's record, and would go with it",
    );
    expect(held({ unknown: 'nobody knows' })).toBe('it left the repository, but nobody knows, and would go with it');
    expect(held({})).toBeUndefined();
  });

  test('names what is to stay and goes through somebody else’s hands, once', () => {
    const stays = { names: ['ConfigMap shop/a'], count: 1 };
    expect(held({ stays })).toBe('it left the repository, but ConfigMap shop/a is to stay, and would go with it');
    const confirm = [confirmationOf(refOf(shop))];
    const [action] = plan([], [applied(addon('web', [shop]), { insides: insides({ stays }) })], [], {
      confirm,
    }).actions;
    expect(action?.reason).toContain('with everything in it, among them ConfigMap shop/a that was to stay');
    const others = addon('data', [configMap('a')]);
    const [first] = plan(
      [others],
      [applied(addon('web', [shop]), { insides: insides({ stays }) }), applied(others)],
    ).held;
    expect(first?.reason).toBe(
      'it left the repository, but ConfigMap shop/a is declared by add-on data, and would go with it',
    );
  });

  test('names three that are to stay, and counts the others, each with why it stays', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const others = addon(
      'data',
      names.map((name) => configMap(name)),
    );
    const [first] = plan([others], [applied(addon('web', [shop])), applied(others)]).held;
    expect(first?.reason).toBe(
      'it left the repository, but ConfigMap shop/a is declared by add-on data, ConfigMap shop/b is declared by add-on data, ConfigMap shop/c is declared by add-on data, 2 more are to stay, and would go with it',
    );
    const stay = (more: object) => {
      const state = applied(addon('data', [configMap('a')]));
      const inventory = state.inventory.map((entry) => ({ ...entry, ...more }));
      return plan([], [applied(addon('web', [shop])), { ...state, inventory }]).held[0]?.reason;
    };
    expect(stay({ kept: true })).toContain('ConfigMap shop/a is to stay, and would go with it');
    expect(stay({ adopted: true })).toContain('ConfigMap shop/a was there before and stays, and would go with it');
  });

  test('is an unreadable record, named, whatever a commit confirms', () => {
    const broken = applied(addon('broken'), { readable: false, inventory: [] });
    const [found] = plan([addon('broken')], [applied(addon('web', [shop])), broken]).held.filter(
      ({ subject }) => subject === 'Namespace shop',
    );
    expect(found).toEqual({
      code: 'addons.protected',
      subject: 'Namespace shop',
      reason: 'it left the repository, but the record of add-on broken cannot be read, and what it has may go with it',
    });
  });
});
