import { expect, test } from 'vitest';
import type { Held } from '../../src/plan/actions.ts';
import { buildStatus } from '../../src/report/build-status.ts';
import type { SyncResult } from '../../src/report/sync-result.ts';
import { fingerprint } from '../support/builders.ts';

const addon = (name: string) => ({ name, health: { status: 'healthy', problems: [] } });

/** As far as a status reads it. */
function statusOf(...held: Held[]) {
  const result = {
    plan: { actions: [], held },
    executed: [],
    warnings: [],
    definition: { cluster: { kubernetesVersion: 'v1.36.3' }, addons: [{ name: 'web' }] },
    snapshot: { commit: 'c1', subject: 's' },
    standing: { kind: 'rejected-not' },
    actual: { machine: { membership: { state: 'member' } }, cluster: { addons: [addon('web'), addon('gone')] } },
  } as unknown as SyncResult;
  return buildStatus({ hostname: 'w-1', fingerprint: fingerprint('W'), startedAt: new Date(0), result });
}

const unused: Held = { code: 'addons.confirm-unused', subject: 'guards.confirm', reason: 'sha256:00 is of nothing' };

test('a digest that is done with is shown, and is nothing that holds a machine back', () => {
  expect(statusOf(unused)).toMatchObject({ phase: 'in-sync', held: [unused] });
  expect(statusOf(unused, { ...unused, code: 'addons.protected' })).toMatchObject({ phase: 'held' });
});

test('an add-on that left the repository, and has objects in the cluster, is told as that', () => {
  expect(statusOf().addons).toEqual([
    { name: 'web', status: 'healthy', problems: [] },
    { name: 'gone', status: 'healthy', problems: [], notes: ['it left the repository, and has objects on record'] },
  ]);
});
