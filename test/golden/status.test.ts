import { describe, expect, it } from 'vitest';
import { formatError } from '../../src/cli/format/format-error.ts';
import { formatStatus, formatStatusLine } from '../../src/cli/format/format-status.ts';
import { KubicError } from '../../src/errors/kubic-error.ts';
import type { Status } from '../../src/generated/status.generated.ts';
import { buildStatus } from '../../src/report/build-status.ts';
import { fingerprint } from '../support/builders.ts';

const base: Status = {
  ...buildStatus({
    hostname: 'w-1.example.com',
    fingerprint: fingerprint('W'),
    startedAt: new Date('2026-01-02T03:03:04.000Z'),
    endedAt: new Date('2026-01-02T03:03:05.000Z'),
  }),
  nextSync: '2026-01-02T03:04:05.000Z',
};
const commit = { seen: '4f2e1c9b7a6d5e4f', actedOn: '4f2e1c9b7a6d5e4f', subject: 'Raise the web to three replicas' };
const unreachable = new KubicError('source.unreachable', { detail: 'https://git.example.com/clusters/demo.git' });

const STATUSES: Readonly<Record<string, Status>> = {
  pending: {
    ...base,
    phase: 'pending',
    enrolment: { state: 'pending', message: `waits until ${fingerprint('W')} is accepted` } as NonNullable<
      Status['enrolment']
    >,
  },
  'in-sync': {
    ...base,
    phase: 'in-sync',
    node: { ...base.node, name: 'w-1', role: 'worker' },
    commit,
    addons: [
      {
        name: 'cni',
        status: 'healthy',
        problems: [],
        notes: ['DaemonSet kube-system/cni: 1 of 2 pods are updated, the others when somebody deletes them'],
      },
      { name: 'web', status: 'progressing', problems: ['apps/v1 Deployment web/web: 1 of 3 replicas available'] },
    ],
  },
  held: {
    ...base,
    phase: 'held',
    commit,
    held: [
      { code: 'kubeadm.version-held', subject: 'w-1', reason: 'runs v1.36.3, cluster.yaml says v1.36.4' },
      {
        code: 'addons.protected',
        subject: 'Namespace shop',
        reason: "it left the repository, but ConfigMap shop/theirs is on no add-on's record, and would go with it",
        confirm: `sha256:${'0'.repeat(64)}`,
      },
      {
        code: 'addons.drift',
        subject: 'web',
        reason: 'Deployment shop/web was changed: spec.replicas',
        fields: [{ path: 'spec.replicas', declared: '3', live: '5', by: ['kubectl-edit'] }],
      },
    ],
  },
  waiting: {
    ...base,
    phase: 'waiting',
    commit,
    error: { code: unreachable.code, message: unreachable.message, hint: unreachable.hint },
  },
  invalid: {
    ...base,
    phase: 'failed',
    commit,
    error: {
      code: 'definition.invalid',
      message: 'the repository has errors: 1 error',
      hint: 'Run `kubic-init validate` in a clone.',
    },
    diagnostics: {
      errors: 1,
      warnings: 0,
      first: ['nodes.yaml:4:3: error: unknown field `rol`; did you mean `role`? [definition.unknown-field]'],
    },
  },
};

const now = new Date('2026-01-02T03:03:30.000Z');

describe('status -o human', () => {
  it('says so when the next sync is long past, and not where that is late for a moment only', () => {
    const text = (seconds: number): string => {
      const later = new Date(Date.parse(base.nextSync ?? '') + seconds * 1000);
      return formatStatus(base, later) + formatStatusLine(base, later);
    };
    expect(text(60)).not.toMatch(/past|overdue/);
    expect(text(180)).toMatch(/next sync .*the agent does not run.*overdue/s);
  });

  it.each(Object.entries(STATUSES))('%s is as it was agreed on', async (name, status) => {
    const text = `${formatStatus(status, now)}\n--oneline:\n${formatStatusLine(status, now)}`;
    await expect(text).toMatchFileSnapshot(`status/${name}.txt`);
  });
});

describe('an error', () => {
  it('says what failed, its code, and what to do', async () => {
    await expect(formatError(unreachable)).toMatchFileSnapshot('errors/source.unreachable.txt');
  });

  it('shows the lines that a program ended with', async () => {
    const output = ['[preflight] Running pre-flight checks', '[ERROR Port-6443]: Port 6443 is in use'];
    const error = new KubicError('kubeadm.init-failed', {
      detail: '[ERROR Port-6443]: Port 6443 is in use',
      facts: { output },
    });
    await expect(formatError(error)).toMatchFileSnapshot('errors/kubeadm.init-failed.txt');
  });
});
