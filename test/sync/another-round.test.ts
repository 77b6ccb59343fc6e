import { expect, test } from 'vitest';
import type { ExecutedAction } from '../../src/execute/execute.ts';
import { needsAnotherRound } from '../../src/sync/another-round.ts';

type Result = ExecutedAction['outcome']['result'];

const executed = (...items: readonly (readonly [kind: string, result: Result])[]): readonly ExecutedAction[] =>
  items.map(([kind, result]) => ({ action: { kind }, outcome: { result, ms: 1 } }) as unknown as ExecutedAction);

test('after a join, or once a control plane is healthy, there is more to see: one more round', () => {
  expect(needsAnotherRound(executed(['host.configure', 'done'], ['kubeadm.join', 'done']))).toBe(true);
  expect(needsAnotherRound(executed(['control-plane.wait', 'done']))).toBe(true);
});

test('a join that failed, or that something else failed beside, is left to the next sync', () => {
  expect(needsAnotherRound(executed(['kubeadm.join', 'failed']))).toBe(false);
  expect(needsAnotherRound(executed(['kubeadm.join', 'done'], ['addon.apply', 'failed']))).toBe(false);
  expect(needsAnotherRound(executed(['kubeadm.join', 'done'], ['node.configure', 'skipped']))).toBe(false);
});

test('anything else needs no other round', () => {
  expect(needsAnotherRound([])).toBe(false);
  expect(needsAnotherRound(executed(['addon.apply', 'done'], ['host.configure', 'done']))).toBe(false);
});
