import type { Status } from '../../src/definition/status.generated.ts';
import { type E2eCluster, eventually } from './e2e-cluster.ts';

/** The four places around the two records that the journal has of an action. */
export const POINTS = ['before started', 'after started', 'before done', 'after done'] as const;

const DROP_IN = `[Unit]
StartLimitIntervalSec=0
[Service]
Environment=KUBIC_FAULTS=/var/lib/kubic-faults NODE_OPTIONS=--require=/opt/lab-files/fault-preload.cjs
RestartSec=100ms
`;

/** Has the agent of a host killed once at each of these points (see fault-preload.cjs); call it before the agent starts. */
export async function armFaults(cluster: E2eCluster, host: string, points: readonly string[]): Promise<void> {
  const { lab } = cluster;
  await lab.exec(host, ['mkdir', '-p', '/etc/systemd/system/kubic-init.service.d']);
  await lab.exec(host, ['tee', '/etc/systemd/system/kubic-init.service.d/faults.conf'], { input: DROP_IN });
  await lab.exec(host, ['tee', '/var/lib/kubic-faults'], { input: points.map((point) => `${point}\n`).join('') });
  await lab.exec(host, ['systemctl', 'daemon-reload']);
}

/** The points that no agent has reached yet. */
export async function remainingFaults(cluster: E2eCluster, host: string): Promise<string[]> {
  const { stdout } = await cluster.lab.exec(host, ['cat', '/var/lib/kubic-faults']);
  return stdout.split('\n').filter(Boolean);
}

/**
 * Kills the agent of a host a while after its nth beginning of an action.
 *
 * @returns false when the action did not begin that often within `timeoutSeconds`
 */
export async function killInside(
  cluster: E2eCluster,
  host: string,
  kind: string,
  { nth, delayMs, timeoutSeconds }: { readonly nth: number; readonly delayMs: number; readonly timeoutSeconds: number },
): Promise<boolean> {
  const script = `n=0; while [ "$(grep -c '"kind":"${kind}","event":"started"' /var/lib/kubic-init/journal.jsonl 2>/dev/null)" -lt ${nth} ] 2>/dev/null || [ ! -e /var/lib/kubic-init/journal.jsonl ]
do n=$((n+1)); [ $n -lt ${timeoutSeconds * 20} ] || exit 3; sleep .05; done
sleep ${delayMs / 1000}; systemctl kill --kill-whom=main -s KILL kubic-init`;
  const { exitCode } = await cluster.lab.exec(host, ['bash', '-c', script], {
    check: false,
    timeoutMs: (timeoutSeconds + 30) * 1000,
  });
  return exitCode !== 3;
}

/** mulberry32: a small random generator that a printed seed repeats. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Waits until the agent itself, restarted by systemd each time it was killed, is in sync with the head. `sync --once` is not
 * used for that: while the agent is down it would do the agent's work, out of the faults' reach.
 */
export async function settle(cluster: E2eCluster, host: string): Promise<void> {
  const head = await cluster.repository.head();
  await eventually(
    `the agent of ${host} is in sync`,
    async () => {
      const status: Status = JSON.parse((await cluster.run(host, ['status', '-o', 'json'])).stdout);
      if (status.phase !== 'in-sync' || status.commit.actedOn !== head) throw new Error(JSON.stringify(status));
    },
    240_000,
  );
}

/** Has the agent sync now: it does when it starts. */
export async function restartAgent(cluster: E2eCluster, host: string): Promise<void> {
  await cluster.lab.exec(host, ['systemctl', 'restart', 'kubic-init']);
}
