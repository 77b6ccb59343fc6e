import { dirname } from 'node:path';
import { ownedFiles } from '../../src/generated/owned-files.generated.ts';
import type { Lab } from '../support/lab.ts';

const INIT_CONFIGURATION = '/run/kubic-init/kubeadm-init.yaml';
const AUTHORIZATION_DIRECTORY = '/etc/kubernetes/kubic';
const KUBEADM_MS = 600_000;

/** What our sync generated on a seeder: path and content, to be used by kubeadm alone on an identical host. */
export type Generated = ReadonlyMap<string, string>;

export async function readGenerated(lab: Lab, host: string): Promise<Generated> {
  const { stdout } = await lab.exec(host, ['find', AUTHORIZATION_DIRECTORY, INIT_CONFIGURATION, '-type', 'f']);
  const paths = stdout.trim().split('\n');
  const read = async (path: string): Promise<[string, string]> => [path, (await lab.exec(host, ['cat', path])).stdout];
  return new Map(await Promise.all(paths.map(read)));
}

/** Boots a host with our files on it and kubeadm's configuration, as an administrator would prepare it by hand. */
export async function prepareHost(lab: Lab, host: string, ip: string, generated: Generated): Promise<void> {
  await lab.up(host, ip);
  const owned = ownedFiles.map(({ path, content }): [string, string] => [path, content]);
  for (const [path, content] of [...owned, ...generated]) {
    await lab.exec(host, ['mkdir', '-p', dirname(path)]);
    await lab.exec(host, ['tee', path], { input: content });
  }
  await lab.exec(host, ['systemctl', 'daemon-reload']);
  await lab.exec(host, ['/usr/lib/systemd/systemd-sysctl']);
}

export async function runInit(lab: Lab, host: string): Promise<void> {
  const argv = ['kubeadm', 'init', '--config', INIT_CONFIGURATION, '--skip-token-print'];
  await lab.exec(host, argv, { timeoutMs: KUBEADM_MS });
}

/** What a sync waits for and kubeadm does not: it asks for the scheduler's /livez, not whether it has its informers. */
const UNTIL_SCHEDULER_IS_READY = `
  const options = { host: '127.0.0.1', port: 10259, path: '/readyz', rejectUnauthorized: false };
  const onAnswer = (answer) => answer.resume() && answer.statusCode === 200 && process.exit();
  const ask = () => require('https').get(options, onAnswer).on('error', () => {});
  ask();
  setInterval(ask, 250);`;

export async function waitForScheduler(lab: Lab, host: string): Promise<void> {
  await lab.exec(host, ['node', '-e', UNTIL_SCHEDULER_IS_READY], { timeoutMs: 60_000 });
}
