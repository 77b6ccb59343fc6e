import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { createClusterRepository } from '../support/cluster-repository.ts';
import { runCommand } from '../support/command.ts';
import { eventually } from '../support/e2e-cluster.ts';
import { KUBERNETES_VERSION } from '../support/lab-cluster-yaml.ts';
import { labScript } from '../support/provision.ts';
import { CLONE, DEMO, DEMO_DIRECTORY, GIT_ROOT, REPOSITORY_URL } from './place.ts';

const GIT_SERVER = fileURLToPath(new URL('../support/git-server.ts', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../../examples/addons/', import.meta.url));

/** Puts examples/addons into a bare repository, with what is particular to the lab's hosts, and clones it for the administrator. */
export async function createDemoRepository(): Promise<void> {
  await mkdir(GIT_ROOT, { recursive: true });
  const repository = await createClusterRepository(path.join(GIT_ROOT, 'cluster.git'));
  const files = await readTree(EXAMPLE);
  const cluster = await readFile(path.join(EXAMPLE, 'cluster.yaml'), 'utf8');
  await repository.commit({ files: { ...files, 'cluster.yaml': forLab(cluster) } }, 'Declare a cluster');
  await runCommand(['git', 'clone', '--quiet', repository.path, CLONE]);
  const settings = { 'user.name': 'Ada Admin', 'user.email': 'ada@example.com', 'commit.gpgsign': 'false' };
  for (const [key, value] of Object.entries(settings)) await runCommand(['git', '-C', CLONE, 'config', key, value]);
}

/** The Git server outlives this process; it ends with the lab, in whose network it runs. */
export async function startGitServer(): Promise<void> {
  await mkdir(DEMO_DIRECTORY, { recursive: true });
  const log = openSync(path.join(DEMO_DIRECTORY, 'git-server.log'), 'a');
  const args = ['lan', process.execPath, GIT_SERVER, '--root', GIT_ROOT, '--listen', new URL(REPOSITORY_URL).host];
  spawn(labScript('lab'), args, {
    env: { ...process.env, KUBIC_LAB_NAME: DEMO },
    detached: true,
    stdio: ['ignore', log, log],
  }).unref();
  const address = `${REPOSITORY_URL}/info/refs?service=git-upload-pack`;
  await eventually('the Git server answers', () =>
    runCommand([labScript('lab'), 'lan', 'curl', '-sSf', '-o', '/dev/null', address], {
      env: { ...process.env, KUBIC_LAB_NAME: DEMO },
    }),
  );
}

/** Lab hosts have cgroup v1 without systemd's driver, and share the machine's conntrack limits. */
function forLab(text: string): string {
  const document = parseDocument(text);
  document.setIn(['spec', 'kubernetesVersion'], KUBERNETES_VERSION);
  const nodeRegistration = { ignorePreflightErrors: ['SystemVerification'] };
  const kubeadm = document.createNode({
    initConfiguration: { nodeRegistration },
    joinConfiguration: { nodeRegistration },
    kubeletConfiguration: { failCgroupV1: false, cgroupDriver: 'cgroupfs' },
    kubeProxyConfiguration: { conntrack: { maxPerCore: 0, min: 0 } },
  });
  kubeadm.commentBefore = ' only for the hosts of the demo: cgroup v1, and conntrack limits that are not theirs to set';
  document.setIn(['spec', 'kubeadm'], kubeadm);
  return document.toString({ lineWidth: 0 });
}

async function readTree(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const read = async (file: string) => [path.relative(directory, file), await readFile(file, 'utf8')] as const;
  return Object.fromEntries(await Promise.all(files.map(read)));
}
