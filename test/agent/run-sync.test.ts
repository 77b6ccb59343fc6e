import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SyncContext } from '../../src/agent/create-context.ts';
import { runSync } from '../../src/agent/run-sync.ts';
import { KubicError } from '../../src/errors/kubic-error.ts';
import { recordMembership } from '../../src/state/membership-record.ts';

let stateDir: string;
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'kubic-sync-'));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

const signals = { signal: new AbortController().signal, stopSignal: new AbortController().signal };

/** A machine that reaches neither the Git server (`error` is what it meets there) nor the API server. */
async function sync(error: KubicError): Promise<{ phase: string; asked: string[] }> {
  const asked: string[] = [];
  const context = {
    settings: { stateDir, repository: { url: 'https://git.example.com/x.git' } },
    machine: { hostname: 'w-1', claimedName: 'w-1', fingerprint: `SHA256:${'A'.repeat(43)}` },
    journalFile: join(stateDir, 'journal.jsonl'),
    source: { fetchSnapshot: () => Promise.reject(error) },
    leadership: {},
    kubeClient: (path: string) => {
      asked.push(path);
      return Promise.reject(new KubicError('kube.unreachable'));
    },
  } as unknown as SyncContext;
  const { status } = await runSync(context, signals, () => {});
  return { phase: status.phase, asked };
}

describe('the report of a sync', () => {
  it('goes to the Node of a member also when the sync got no further than the repository', async () => {
    await recordMembership(stateDir, { role: 'worker', nodeName: 'w-1' });
    expect((await sync(new KubicError('source.unreachable'))).asked).toEqual(['/etc/kubernetes/kubelet.conf']);
  });

  it('goes to no API server from a machine that is no member, nor from one that was told to stop', async () => {
    expect((await sync(new KubicError('source.unreachable'))).asked).toEqual([]);
    await recordMembership(stateDir, { role: 'worker', nodeName: 'w-1' });
    expect((await sync(new KubicError('agent.aborted'))).asked).toEqual([]);
  });

  it('is made also where the last status cannot be read', async () => {
    await mkdir(join(stateDir, 'status.json'));
    expect(await sync(new KubicError('source.unreachable'))).toMatchObject({ phase: 'waiting' });
    await rm(join(stateDir, 'status.json'), { recursive: true });
    await sync(new KubicError('source.unreachable'));
    expect(JSON.parse(await readFile(join(stateDir, 'status.json'), 'utf8'))).toMatchObject({ phase: 'waiting' });
  });
});
