import { describe, expect, test } from 'vitest';
import type { Drifted } from '../../../../src/addons/drift/assess-drift.ts';
import type { RenderedAddon } from '../../../../src/addons/rendered-addon.ts';
import { digestOf } from '../../../../src/json/canonical.ts';
import { refOf } from '../../../../src/objects/kube-object.ts';
import { addon, applied, changed, configMap, FIELD, plan } from './fixture.ts';

const asked = (apply: string) => ({ annotations: { 'kubic.suse.com/apply': apply } });

describe('apply: ignore', () => {
  const ignored = addon('web', [configMap('a', '1', asked('ignore')), configMap('b')]);

  test('leaves the object out, whether it is new or its manifest has changed', () => {
    expect(plan([ignored], []).actions[0]?.spec).toMatchObject({ apply: [refOf(configMap('b'))] });
    const before = applied(addon('web', [configMap('a', '0', asked('ignore')), configMap('b', '0')]));
    const kept = { ...before, inventory: before.inventory.map((entry) => ({ ...entry, kept: true })) };
    expect(plan([ignored], [kept]).actions[0]?.spec).toMatchObject({ apply: [refOf(configMap('b'))] });
  });
});

describe('drift', () => {
  const web = (drift: RenderedAddon['drift']) => ({ ...addon('web', [configMap('a')]), drift });

  test('is put right where it is to be, and nothing is held', () => {
    const result = plan([web('correct')], [applied(web('correct'), { drifted: [changed('a')] })]);
    expect(result.held).toEqual([]);
    expect(result.actions[0]?.spec).toMatchObject({ apply: [refOf(configMap('a'))] });
  });

  test('is only shown where its add-on says warn, fought over or not', () => {
    for (const more of [{}, { fought: 5 }]) {
      const result = plan([web('warn')], [applied(web('warn'), { drifted: [changed('a', more)] })]);
      expect(result.actions).toEqual([]);
      expect(result.held).toEqual([
        { code: 'addons.drift', subject: 'web', reason: 'ConfigMap shop/a was changed: data.a', fields: [FIELD] },
      ]);
    }
  });

  test('is not shown where only fields that others own differ; that the object is gone is', () => {
    const fieldless = changed('a', { fields: [] });
    expect(plan([web('warn')], [applied(web('warn'), { drifted: [fieldless] })]).held).toEqual([]);
    const gone = changed('a', { how: 'gone', fields: [] });
    expect(plan([web('warn')], [applied(web('warn'), { drifted: [gone] })]).held).toEqual([
      { code: 'addons.drift', subject: 'web', reason: 'ConfigMap shop/a is gone' },
    ]);
  });

  test("is nobody's business where its add-on says ignore", () => {
    const result = plan([web('ignore')], [applied(web('ignore'), { drifted: [changed('a', { fought: 5 })] })]);
    expect(result).toEqual({ actions: [], held: [] });
  });

  test('is named, and not held, in an object that Git has changed as well: it is applied in any case', () => {
    const next = { ...addon('web', [configMap('a', '2')]), drift: 'warn' as const };
    const reasonWith = (drifted: readonly Drifted[]): string | undefined => {
      const { actions, held } = plan([next], [applied(web('warn'), { drifted })]);
      expect(held).toEqual([]);
      return actions[0]?.reason;
    };
    expect(reasonWith([])).toBe('web: 1 object changed in Git');
    expect(reasonWith([changed('a', { how: 'overwritten', fields: [] })])).toBe(
      'web: 1 object changed in Git, 1 of them in the cluster as well: what Git sets counts (ConfigMap shop/a)',
    );
  });

  test('is not named in an object that is left alone from now on', () => {
    const next = addon('web', [configMap('a', '2', asked('once'))]);
    const drifted = [changed('a', { how: 'overwritten', fields: [] })];
    const [action] = plan([next], [applied(web('correct'), { drifted })]).actions;
    expect(action?.reason).toBe('web: 1 object changed in Git');
  });
});

describe('apply: replace', () => {
  const claim = (size: string, apply = 'replace') => ({
    ...configMap('data', size, asked(apply)),
    kind: 'PersistentVolumeClaim',
  });
  const impact = (before: string, after: string, apply?: string, drifted = false) => {
    const [was, is] = [addon('web', [claim(before, apply)]), addon('web', [claim(after, apply)])];
    const drift = { ...changed('data'), kind: 'PersistentVolumeClaim' };
    return plan([is], [applied(was, drifted ? { drifted: [drift] } : {})]).actions[0]?.impact;
  };

  test('makes a change one that may delete the object, also where it drifted', () => {
    expect(impact('1', '2')).toBe('destructive');
    expect(impact('1', '1', 'replace', true)).toBe('destructive');
  });

  test('deletes nothing that is new, and nothing where it is not asked for', () => {
    expect(plan([addon('web', [claim('1')])], []).actions[0]?.impact).toBe('safe');
    expect(impact('1', '2', 'always')).toBe('safe');
    expect(impact('1', '1', 'always', true)).toBe('safe');
  });
});

describe('a change that would have to delete an object which is to stay', () => {
  const [before, after] = [addon('web', [configMap('a', '1')]), addon('web', [configMap('a', '2')])];
  const refused = (manifest: unknown, more: object = {}) => {
    const state = applied(before);
    return {
      ...state,
      inventory: state.inventory.map((entry) => ({ ...entry, refused: digestOf(manifest), ...more })),
    };
  };
  const HELD = [expect.objectContaining({ code: 'addons.protected', subject: 'ConfigMap shop/a' })];

  test('is held once the API server has refused it, for what is kept, adopted or protected', () => {
    for (const more of [{ kept: true }, { adopted: true }]) {
      expect(plan([after], [refused(configMap('a', '2'), more)])).toEqual({ actions: [], held: HELD });
    }
    expect(plan([after], [refused(configMap('a', '2'))], ['ConfigMap/shop/a'])).toEqual({ actions: [], held: HELD });
  });

  test('is tried again with another manifest, and once nothing says that it is to stay', () => {
    for (const state of [refused(configMap('a', '3'), { kept: true }), refused(configMap('a', '2'))]) {
      const result = plan([after], [state]);
      expect(result.held).toEqual([]);
      expect(result.actions[0]?.spec).toMatchObject({ apply: [refOf(configMap('a'))] });
    }
  });
});
