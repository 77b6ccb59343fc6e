import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLoop } from '../../src/agent/agent.ts';
import type { SyncContext } from '../../src/agent/create-context.ts';
import { KubicError } from '../../src/errors/kubic-error.ts';
import { createExec } from '../../src/platform/exec.ts';
import { newIdentity } from '../admission/fixture-identity.ts';
import { createSourceFixture, type SourceFixture } from '../source/source-fixture.ts';

/** The clock stands still unless a test moves it; sockets, processes and what they wait for are real. */
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1, 12) }));
afterEach(() => vi.useRealTimers());

let fixture: SourceFixture;
let agent: Agent;
beforeEach(async () => {
  fixture = await createSourceFixture();
  agent = createAgent();
});
afterEach(async () => {
  await agent.end();
  await fixture[Symbol.asyncDispose]();
});

interface Agent {
  readonly fingerprint: string;
  /** Resolves when the sync that runs, or the next one, has ended: to its phase, or the code of its error. */
  readonly synced: () => Promise<string>;
  readonly begin: () => void;
  readonly request: () => Promise<unknown>;
  readonly stop: () => void;
  readonly end: () => Promise<void>;
}

function createAgent(): Agent {
  const identity = newIdentity();
  const stop = new AbortController();
  const lines = new PassThrough();
  const context = {
    settings: { stateDir: join(fixture.directory, 'machine'), repository: { url: fixture.url } },
    identity,
    machine: { hostname: 'w-1', claimedName: 'w-1', fingerprint: identity.fingerprint },
    journalFile: join(fixture.directory, 'machine', 'journal.jsonl'),
    exec: createExec([]),
    source: fixture.repositorySource(),
    kubeClient: () => Promise.reject(new KubicError('kube.unreachable')),
    adminClient: () => Promise.reject(new KubicError('kube.unreachable')),
    leadership: { lead: () => Promise.reject(new KubicError('agent.not-leader')), release: async () => {} },
    close: async () => {},
  } as unknown as SyncContext;
  const log = pino({ base: null }, { write: (line) => lines.emit('line', JSON.parse(line)) });
  const loop = createLoop(context, { signal: new AbortController().signal, stopSignal: stop.signal }, log);
  return {
    fingerprint: identity.fingerprint,
    synced: async () => {
      for (;;) {
        const [{ msg, phase, error }] = await once(lines, 'line');
        if (msg === 'sync ended') return error?.code ?? phase;
      }
    },
    begin: loop.begin,
    request: () => loop.request(() => {}),
    stop: () => stop.abort(),
    end: loop.end,
  };
}

/** Commits a list that rejects this machine: a sync of it ends well, and has nothing to do. Or one that does not know it. */
async function commitValid(schedule: string, standing: 'rejected' | 'unknown' = 'rejected'): Promise<void> {
  const kind = (name: string): string => `apiVersion: kubic.suse.com/v1beta1\nkind: ${name}\n`;
  const rejected = standing === 'rejected' ? `rejected:\n- {key: "${agent.fingerprint}", reason: stolen}\n` : '';
  const files = {
    'cluster.yaml': `${kind('Cluster')}metadata: {name: demo}
spec:
  kubernetesVersion: v1.36.3
  seeder: cp-1
  controlPlaneEndpoint: 10.250.0.11:6443
  network: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16}
  enrolment: {endpoints: ["127.0.0.1:1"]} # where nobody listens
  schedule: "${schedule}"
`,
    'nodes.yaml': `${kind('NodeList')}accepted:
- {name: cp-1, role: control-plane, key: "${newIdentity().fingerprint}"}
${rejected}`,
  };
  await fixture.repository.commit({ files, remove: ['addons'] });
}

/** Syncs that wait for their time: all timers but that of the schedule. */
function retries(): number {
  return vi.getTimerCount() - 1;
}

/** Moves the clock until shortly before, and then until after, the moment of a retry; answers what came of that. */
async function retriesBetween(early: number, late: number): Promise<string> {
  expect(retries()).toBe(1);
  await vi.advanceTimersByTimeAsync(early);
  expect(retries()).toBe(1);
  const ended = agent.synced();
  await vi.advanceTimersByTimeAsync(late - early);
  return ended;
}

/** The first sync, and with it the schedule of the repository: one so rare that only retries come. */
async function beginWith(schedule: string): Promise<void> {
  await commitValid(schedule);
  const ended = agent.synced();
  agent.begin();
  expect(await ended).toBe('rejected');
}

describe('an agent whose sync failed', () => {
  it('tries again soon where time may mend it, later each time, and begins anew after a success', async () => {
    await beginWith('0 0 1 6 *');
    fixture.server.setFault({ type: 'status', status: 503 });
    await expect(agent.request()).resolves.toMatchObject({ error: { code: 'source.server-error' } });
    expect(await retriesBetween(4_499, 5_501)).toBe('source.server-error');
    expect(await retriesBetween(8_999, 11_001)).toBe('source.server-error');
    expect(await retriesBetween(17_999, 22_001)).toBe('source.server-error');
    fixture.server.setFault(undefined);
    expect(await retriesBetween(35_999, 44_001)).toBe('rejected');
    expect(retries()).toBe(0);
    fixture.server.setFault({ type: 'status', status: 503 });
    await agent.request();
    expect(await retriesBetween(4_499, 5_501)).toBe('source.server-error');
  });

  it('tries again soon as well where an action failed that time may mend', async () => {
    await beginWith('0 0 1 6 *');
    await commitValid('0 0 1 6 *', 'unknown');
    await expect(agent.request()).resolves.toMatchObject({
      phase: 'waiting',
      lastSync: { actions: [{ kind: 'node.enrol', error: { code: 'admission.unreachable' } }] },
    });
    expect(await retriesBetween(4_499, 5_501)).toBe('waiting');
    expect(await retriesBetween(8_999, 11_001)).toBe('waiting');
  });

  it('waits for the schedule where only a commit mends it', async () => {
    await beginWith('0 0 1 6 *');
    await fixture.repository.commit({ files: { 'cluster.yaml': 'kind: Nonsense\n' } });
    await expect(agent.request()).resolves.toMatchObject({ error: { code: 'definition.invalid' } });
    expect(retries()).toBe(0);
    const ended = agent.synced();
    await vi.advanceTimersByTimeAsync(Date.UTC(2026, 5, 2) - Date.now());
    expect(await ended).toBe('definition.invalid');
  });

  it('does not try again by itself as well once it was asked to', async () => {
    await beginWith('0 0 1 6 *');
    fixture.server.setFault({ type: 'status', status: 503 });
    await agent.request();
    fixture.server.setFault(undefined);
    await expect(agent.request()).resolves.toMatchObject({ phase: 'rejected' });
    expect(retries()).toBe(0);
  });

  it('does not try again where it was told to stop in the middle of a sync', async () => {
    await beginWith('0 0 1 6 *');
    fixture.server.setFault({ type: 'status', status: 503 });
    await agent.request();
    fixture.server.setFault({ type: 'hang' });
    const hanging = agent.request();
    await vi.waitUntil(() => fixture.server.requests.at(-1)?.status === 0);
    agent.stop();
    await expect(hanging).resolves.toMatchObject({ error: { code: 'agent.aborted' } });
    expect(retries()).toBe(0);
  });

  it('does not try again where it ends meanwhile', async () => {
    await beginWith('0 0 1 6 *');
    fixture.server.setFault({ type: 'status', status: 503 });
    await agent.request();
    await agent.end();
    expect(vi.getTimerCount()).toBe(0); // not that of the schedule either
  });
});
