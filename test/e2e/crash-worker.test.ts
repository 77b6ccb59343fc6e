import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MachineSummary, summariseCluster } from '../support/cluster-state.ts';
import {
  armFaults,
  createRandom,
  durationOf,
  EARLY_IN_JOIN,
  KILLS,
  killInside,
  POINTS,
  remainingFaults,
  restartAgent,
  settle,
} from '../support/crash.ts';
import { createE2eCluster, type E2eCluster, eventually, type ListedNode } from '../support/e2e-cluster.ts';

const HOSTS = ['w-1', 'w-2', 'w-3', 'w-4'];
const seed = Number(process.env.KUBIC_SEED ?? Date.now() % 1_000_000);
const random = createRandom(seed);
let cluster: E2eCluster;
let accepted: ListedNode[];

beforeAll(async () => {
  console.log(`random moments: KUBIC_SEED=${seed}`);
  cluster = await createE2eCluster('e2e-crash-worker');
  accepted = [await cluster.bootstrap()];
});
afterAll(() => cluster[Symbol.asyncDispose]());

async function accept(hosts: readonly string[]): Promise<void> {
  for (const name of hosts) accepted.push({ name, key: await cluster.fingerprint(name), role: 'worker' });
  await cluster.commitNodes(accepted);
}

async function joined(host: string): Promise<MachineSummary | undefined> {
  await settle(cluster, host);
  // a join has ended when the kubelet has its certificate; it registers the Node a moment later
  await cluster.kubectl(['wait', '--for=create', `node/${host}`, '--timeout=30s'], { timeoutMs: 40_000 });
  await cluster.kubectl(['wait', '--for=condition=Ready', `node/${host}`, '--timeout=90s'], { timeoutMs: 100_000 });
  return (await summariseCluster(cluster, [host])).machines[host];
}

async function pending(host: string): Promise<void> {
  await eventually(`${host} is pending`, async () => {
    expect(JSON.parse((await cluster.run(host, ['status', '-o', 'json'])).stdout).phase).toBe('pending');
  });
}

describe('a worker whose agent is killed', () => {
  it('before and after every record of its journal converges to the same state', async () => {
    const kinds = ['node.enrol', 'host.configure', 'kubeadm.clean', 'kubeadm.join'];
    for (const [index, host] of HOSTS.entries()) {
      await cluster.addMachine(host);
      const points = kinds.map((kind) => `${POINTS[index]} ${kind}`);
      await armFaults(cluster, host, [EARLY_IN_JOIN, ...points]); // without a join that was cut short there is nothing to clean
      await cluster.startAgent(host);
    }
    for (const host of HOSTS) {
      await pending(host);
    }
    await accept(HOSTS);
    for (const host of HOSTS) await restartAgent(cluster, host);
    const machines = await Promise.all(HOSTS.map(joined));
    for (const [index, host] of HOSTS.entries()) {
      expect(machines[index]).toEqual({ ...machines[0], membership: { role: 'worker', nodeName: host } });
      expect(await remainingFaults(cluster, host)).toEqual([]);
    }
  });

  it('at random moments inside the join converges to the same state', async () => {
    const undisturbed = await joined('w-1');
    const joinMs = await durationOf(cluster, 'w-1', 'kubeadm.join');
    let kills = 0;
    for (let round = 0; kills < KILLS && round < 16; round++) {
      const host = `r-${round}`;
      await cluster.addMachine(host, {}, `10.250.0.${40 + round}`);
      await armFaults(cluster, host, []);
      await cluster.startAgent(host);
      await pending(host);
      await accept([host]);
      await restartAgent(cluster, host);
      for (let nth = 1; kills < KILLS; nth++) {
        const delayMs = Math.round(random() * 0.7 * joinMs); // within it also where this join is quicker than the first
        const result = await killInside(cluster, host, 'kubeadm.join', { nth, delayMs, timeoutSeconds: 20 });
        if (result !== 'killed') break;
        kills++;
      }
      expect(await joined(host)).toEqual({ ...undisturbed, membership: { role: 'worker', nodeName: host } });
      await cluster.lab.down(host);
    }
    expect(kills).toBe(KILLS);
  });
});

describe('a worker that was killed while its kubelet asked for a certificate', () => {
  it('joins anew when the kubelet did not get it, though its kubeconfig is there', async () => {
    const host = 'w-5';
    await cluster.addMachine(host, {}, '10.250.0.25');
    expect((await cluster.sync(host)).phase).toBe('pending');
    await accept([host]);
    const faults = '/var/lib/kubic-faults';
    await cluster.lab.exec(host, ['tee', faults], { input: `${EARLY_IN_JOIN}\n` });
    const env = { KUBIC_FAULTS: faults, NODE_OPTIONS: '--require=/opt/lab-files/fault-preload.cjs' };
    await cluster.run(host, ['sync', '--once'], { env, check: false });
    expect(await remainingFaults(cluster, host)).toEqual([]);
    // what the kubelet does first: it is the same on every worker, and names a certificate that is not there yet
    const kubeconfig = '/etc/kubernetes/kubelet.conf';
    const { stdout } = await cluster.lab.exec('w-1', ['cat', kubeconfig]);
    expect(stdout).toContain('/var/lib/kubelet/pki/kubelet-client-current.pem');
    await cluster.lab.exec(host, ['systemctl', 'stop', 'kubelet']);
    await cluster.lab.exec(host, ['tee', kubeconfig], { input: stdout });

    expect((await cluster.sync(host)).phase).toBe('in-sync');
    await cluster.kubectl(['wait', '--for=create', `node/${host}`, '--timeout=30s'], { timeoutMs: 40_000 });
    await cluster.kubectl(['wait', '--for=condition=Ready', `node/${host}`, '--timeout=90s'], { timeoutMs: 100_000 });
  });
});

describe('the seeder whose agent is killed before and after', () => {
  it('it labels a node', async () => {
    await armFaults(
      cluster,
      'cp-1',
      POINTS.map((point) => `${point} node.configure`),
    );
    for (const [index, host] of HOSTS.entries()) {
      accepted = accepted.map((node) => (node.name === host ? { ...node, labels: { round: String(index) } } : node));
      await cluster.commitNodes(accepted);
      await restartAgent(cluster, 'cp-1');
      await eventually(`${host} has its label`, async () => {
        expect(await cluster.kubectl(['get', 'node', host, '-o', 'jsonpath={.metadata.labels.round}'])).toBe(
          String(index),
        );
      });
    }
    expect(await remainingFaults(cluster, 'cp-1')).toEqual([]);
  });

  it('it removes an add-on', async () => {
    await armFaults(
      cluster,
      'cp-1',
      POINTS.map((point) => `${point} addon.remove`),
    );
    for (const name of POINTS.map((point) => point.replace(' ', '-'))) {
      const namespace = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;
      await cluster.repository.commit({ files: { [`addons/${name}/n.yaml`]: namespace } });
      await restartAgent(cluster, 'cp-1');
      await settle(cluster, 'cp-1');
      await cluster.kubectl(['get', 'namespace', name]);
      await cluster.repository.commit({ remove: [`addons/${name}`] });
      await restartAgent(cluster, 'cp-1');
      await settle(cluster, 'cp-1');
      expect(await cluster.kubectl(['get', 'namespaces', '-o', 'name'])).not.toContain(`/${name}`);
    }
    expect(await remainingFaults(cluster, 'cp-1')).toEqual([]);
  });
});
