import { describe, expect, it } from 'vitest';
import type { Action, ActionKind } from '../../src/plan/actions.ts';
import { describeAction, usualSecondsOf } from '../../src/plan/describe.ts';

const OBJECT = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop' };

function say<K extends ActionKind>(kind: K, spec: Action<K>['spec']): string {
  return describeAction({ kind, scope: 'cluster', impact: 'safe', reason: '', spec } as Action<K>);
}

describe('an action in one line', () => {
  it('says whether kubeadm begins or goes on', () => {
    const init = { nodeName: 'cp-1', version: 'v1.36.3' };
    expect(say('kubeadm.init', { ...init, resume: false })).toBe('run kubeadm init v1.36.3 as cp-1');
    expect(say('kubeadm.init', { ...init, resume: true })).toBe('resume kubeadm init v1.36.3 as cp-1');
    expect(say('kubeadm.clean', { interrupted: 'join' })).toBe('remove what an interrupted kubeadm join left');
  });

  it('counts what of an add-on is applied and pruned', () => {
    const apply = (objects: number, prune: number, only = {}): string =>
      say('addon.apply', {
        addon: 'web',
        digest: '',
        apply: Array.from({ length: objects }, () => OBJECT),
        prune: Array.from({ length: prune }, () => OBJECT),
        ...only,
      });
    expect(apply(0, 1)).toBe('apply 0 objects of web, prune 1');
    expect(apply(1, 0)).toBe('apply 1 object of web');
    expect(apply(2, 2)).toBe('apply 2 objects of web, prune 2');
    expect(apply(0, 0, { only: 'record' })).toBe('record what of web is to stay, or another has');
  });

  it('counts what is removed', () => {
    const remove = (objects: number) => say('addon.remove', { addon: 'web', prune: Array(objects).fill(OBJECT) });
    expect(remove(1)).toBe('remove web (1 object)');
    expect(remove(2)).toBe('remove web (2 objects)');
  });

  it('names what is set on a Node, and what is taken off', () => {
    const taint = { key: 'gpu', effect: 'NoSchedule' } as const;
    const configure = (labels: Record<string, string>, add: boolean, remove: boolean): string =>
      say('node.configure', {
        node: 'w-1',
        labels,
        addTaints: add ? [taint] : [],
        removeTaints: remove ? [{ ...taint, key: 'old' }] : [],
      });
    expect(configure({ disk: 'ssd' }, true, false)).toBe('set disk, gpu on w-1');
    expect(configure({}, true, true)).toBe('set gpu on w-1; take old off w-1');
    expect(configure({}, false, true)).toBe('take old off w-1');
  });

  it('is expected to take longest where kubeadm does', () => {
    expect(usualSecondsOf('kubeadm.init')).toBeGreaterThan(usualSecondsOf('kubeadm.join'));
    expect(usualSecondsOf('kubeadm.join')).toBeGreaterThan(usualSecondsOf('host.configure'));
  });
});
