import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createE2eCluster, type E2eCluster } from '../support/e2e-cluster.ts';
import { readJournal } from '../support/state-directory.ts';

// Ctrl-C on a real terminal: its kernel side sends SIGINT to all that runs in the foreground there, kubeadm included if it did.
const CTRL_C = '\x03';
let cluster: E2eCluster;

beforeAll(async () => {
  cluster = await createE2eCluster('e2e-interrupt');
  await cluster.addMachine('cp-1');
});
afterAll(() => cluster[Symbol.asyncDispose]());

/** `sync --once` on a terminal of the host. */
function syncOnTerminal() {
  const command = 'exec /opt/lab-files/kubic-init sync --once';
  const child = cluster.lab.spawn('cp-1', ['script', '--quiet', '--return', '--command', command, '/dev/null']);
  let screen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
  });
  const closed = once(child, 'close');
  return {
    shows: (text: string) => expect.poll(() => screen, { timeout: 120_000, interval: 20 }).toContain(text),
    type: (keys: string) => void child.stdin.write(keys),
    ended: async (): Promise<{ exitCode: number | null; screen: string }> => {
      await closed;
      return { exitCode: child.exitCode, screen };
    },
  };
}

const status = async () => JSON.parse((await cluster.run('cp-1', ['status', '-o', 'json'])).stdout);

describe('a sync on a terminal', () => {
  it('aborts the action under way at the second Ctrl-C, and says so in the journal', async () => {
    const sync = syncOnTerminal();
    await sync.shows('[certs] ');
    sync.type(CTRL_C);
    await sync.shows('stopping after the action under way; once more to abort it');
    sync.type(CTRL_C);
    const { exitCode, screen } = await sync.ended();
    expect(exitCode).toBe(75);
    expect(screen).toMatch(/✗ kubeadm\.init failed: .*\[agent\.aborted\]/);
    expect((await readJournal(cluster, 'cp-1')).slice(-2)).toEqual([
      'kubeadm.init started',
      'kubeadm.init failed agent.aborted',
    ]);
    expect((await cluster.lab.exec('cp-1', ['pgrep', '-x', 'kubeadm'], { check: false })).stdout).toBe('');
    expect(await status()).toMatchObject({ phase: 'waiting', lastSync: { result: 'aborted' } });
  });

  it('lets the action under way end at the first Ctrl-C, and begins no other', async () => {
    const sync = syncOnTerminal();
    await sync.shows('[certs] ');
    sync.type(CTRL_C);
    const { exitCode, screen } = await sync.ended();
    expect(screen).toContain('stopping after the action under way; once more to abort it');
    expect(screen).toMatch(/✔ kubeadm\.init in/);
    expect((await readJournal(cluster, 'cp-1')).at(-1)).toBe('kubeadm.init done');
    expect(exitCode).toBe(75);
    const { phase, lastSync } = await status();
    expect({ phase, result: lastSync.result }).toEqual({ phase: 'waiting', result: 'aborted' });
    const last = lastSync.actions.slice(-3); // before them the cleaning, if the aborted init has left anything
    expect(last.map(({ kind, result }: any) => `${kind} ${result}`)).toEqual([
      'kubeadm.init done',
      'control-plane.wait skipped',
      'addon.apply skipped',
    ]);
  });

  it('goes on from there at the next sync, with what was not begun', async () => {
    const { phase, lastSync } = await cluster.sync('cp-1');
    expect(phase).toBe('in-sync');
    const ended = lastSync?.actions.map(({ kind, result }) => `${kind} ${result}`);
    expect(ended).toEqual(expect.arrayContaining(['addon.apply done', 'admission.access done']));
    expect(ended).not.toContain('kubeadm.init done');
    expect((await readJournal(cluster, 'cp-1')).filter((entry) => entry === 'kubeadm.init done')).toHaveLength(1);
  });
});
