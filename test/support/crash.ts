import type { Status } from '../../src/generated/status.generated.ts';
import type { JournalRecord } from '../../src/state/journal.ts';
import { type E2eCluster, eventually } from './e2e-cluster.ts';

/** The four places around the two records that the journal has of an action. */
export const POINTS = ['before started', 'after started', 'before done', 'after done'] as const;

/** Inside the init and before etcd has data: what the init has left by then is cleaned before the next. */
export const EARLY_IN_INIT = 'appears /etc/kubernetes/pki/ca.crt';

/** Inside the join, before the kubelet has its certificate. */
export const EARLY_IN_JOIN = 'appears /etc/kubernetes/bootstrap-kubelet.conf';

/** How often an agent is killed at random moments of one action: `make e2e-full` tries more of them than CI has the time for. */
export const KILLS = process.env.KUBIC_E2E === 'full' ? 10 : 3;

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

/** How long an action of this kind took on a host the last time. */
export async function durationOf({ lab }: E2eCluster, host: string, kind: string): Promise<number> {
  const { stdout } = await lab.exec(host, ['cat', '/var/lib/kubic-init/journal.jsonl']);
  const records = stdout.split('\n').flatMap((line): JournalRecord[] => (line === '' ? [] : [JSON.parse(line)]));
  const [started, done] = records.filter((record) => record.kind === kind).slice(-2);
  if (started?.event !== 'started' || done?.event !== 'done')
    throw new Error(`${host} did not end ${kind}:\n${stdout}`);
  return Date.parse(done.at) - Date.parse(started.at);
}

/**
 * Kills the agent of a host inside an action: a while after its nth beginning.
 *
 * @returns `ended` when the action had ended by then, `not-begun` when it did not begin that often within `timeoutSeconds`
 */
export async function killInside(
  cluster: E2eCluster,
  host: string,
  kind: string,
  { nth, delayMs, timeoutSeconds }: { readonly nth: number; readonly delayMs: number; readonly timeoutSeconds: number },
): Promise<'killed' | 'ended' | 'not-begun'> {
  const script = `journal=/var/lib/kubic-init/journal.jsonl
of_kind() { grep '"kind":"${kind}"' $journal 2>/dev/null; }
n=0; while [ "$(of_kind | grep -c '"event":"started"')" -lt ${nth} ]
do n=$((n+1)); [ $n -lt ${timeoutSeconds * 50} ] || exit 3; sleep .02; done
sleep ${delayMs / 1000}
of_kind | tail -n 1 | grep -q '"event":"started"' || exit 4
systemctl kill --kill-whom=main -s KILL kubic-init`;
  const { exitCode } = await cluster.lab.exec(host, ['bash', '-c', script], {
    check: false,
    timeoutMs: (timeoutSeconds + 30) * 1000,
  });
  return exitCode === 3 ? 'not-begun' : exitCode === 4 ? 'ended' : 'killed';
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
