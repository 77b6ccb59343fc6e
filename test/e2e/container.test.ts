import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../src/generated/status.generated.ts';
import { applyUserData, installAgentContainer, shareAgentImage } from '../support/container-agent.ts';
import { createE2eCluster, type E2eCluster, eventually, type ListedNode } from '../support/e2e-cluster.ts';
import { provideImage } from '../support/image.ts';

// The agent in its container, under Podman and systemd, on hosts that got nothing but the image, the unit and the URL.
const REPOSITORY = 'http://10.250.0.1:8080/cluster.git';
const IPS = { 'cp-1': '10.250.0.11', 'w-1': '10.250.0.21' } as const;
type Host = keyof typeof IPS;

let cluster: E2eCluster;
let seeder: ListedNode;

beforeAll(async () => {
  const image = await provideImage();
  cluster = await createE2eCluster('e2e-container');
  await shareAgentImage(cluster.lab, image);
  await Promise.all(
    (Object.keys(IPS) as Host[]).map(async (host) => {
      await cluster.lab.up(host, IPS[host]);
      await installAgentContainer(cluster.lab, host);
      await applyUserData(cluster.lab, host, REPOSITORY);
    }),
  );
});
afterAll(() => cluster[Symbol.asyncDispose]());

/** The host's own command, which goes into the container. */
async function kubicInit(host: Host, ...args: string[]): Promise<string> {
  return (await cluster.lab.exec(host, ['kubic-init', ...args], { check: false, timeoutMs: 300_000 })).stdout;
}

async function settled(host: Host, phase: Status['phase']): Promise<void> {
  await eventually(`${host} is ${phase}`, async () => {
    const status = JSON.parse(await kubicInit(host, 'sync', '--once', '-o', 'json')) as Status;
    expect(status.phase, JSON.stringify(status)).toBe(phase);
  });
}

const fingerprint = async (host: Host): Promise<string> =>
  JSON.parse(await kubicInit(host, 'identity', '-o', 'json')).fingerprint;

describe('agents in their containers', () => {
  it('bootstrap the seeder', async () => {
    await settled('cp-1', 'in-sync');
    await cluster.kubectl(['wait', '--for=condition=Ready', 'node/cp-1', '--timeout=90s'], { timeoutMs: 100_000 });
    seeder = { name: 'cp-1', key: await fingerprint('cp-1'), role: 'control-plane' };
    await cluster.commitNodes([seeder], {}, 'Accept the seeder');
    await settled('cp-1', 'in-sync');
  });

  it('join a worker that was accepted', async () => {
    await settled('w-1', 'pending');
    await cluster.commitNodes(
      [seeder, { name: 'w-1', key: await fingerprint('w-1'), role: 'worker' }],
      {},
      'Accept w-1',
    );
    await settled('w-1', 'in-sync');
    await cluster.kubectl(['wait', '--for=condition=Ready', 'node/w-1', '--timeout=90s'], { timeoutMs: 100_000 });
  });

  it('apply a change of an add-on', async () => {
    const config = (text: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: motd, namespace: default}\ndata: {text: ${text}}\n`;
    const read = () => cluster.kubectl(['get', 'configmap', 'motd', '-o', 'jsonpath={.data.text}']);
    for (const text of ['one', 'two']) {
      await cluster.repository.commit({ files: { 'addons/motd/motd.yaml': config(text) } });
      await settled('cp-1', 'in-sync');
      expect(await read()).toBe(text);
    }
  });

  it.each(['w-1', 'cp-1'] as const)('bear a reboot of %s: nothing joins or initialises again', async (host) => {
    const uid = () => cluster.kubectl(['get', 'node', host, '-o', 'jsonpath={.metadata.uid}']);
    const before = await uid();
    await cluster.lab.reboot(host);
    await settled(host, 'in-sync');
    await cluster.kubectl(['wait', '--for=condition=Ready', `node/${host}`, '--timeout=90s'], { timeoutMs: 100_000 });
    expect(await uid()).toBe(before);
    const { stdout } = await cluster.lab.exec(host, ['cat', '/var/lib/kubic-init/journal.jsonl']);
    expect(stdout.match(/"kubeadm.(init|join)","event":"started"/g)).toHaveLength(1);
  });
});
