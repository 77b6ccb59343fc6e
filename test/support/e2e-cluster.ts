import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { Status } from '../../src/generated/status.generated.ts';
import { type Change, type ClusterRepository, createClusterRepository } from './cluster-repository.ts';
import type { CommandResult } from './command.ts';
import { createLab, type Lab, type LabExecOptions, leftOfLab } from './lab.ts';
import { labClusterYaml, SEEDER_IP } from './lab-cluster-yaml.ts';

export interface ListedNode {
  readonly name: string;
  readonly key?: string;
  readonly role: 'control-plane' | 'worker';
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

/** A lab with a Git server, a cluster repository and machines that have the program; hosts are cp-1, w-1, w-2, … */
export interface E2eCluster extends AsyncDisposable {
  readonly lab: Lab;
  readonly repository: ClusterRepository;
  /** Boots a machine with the program and its settings; the agent does not run yet. */
  addMachine(host: string, settings?: Readonly<Record<string, unknown>>, ip?: string): Promise<void>;
  /** Starts the agent as a unit on the host. */
  startAgent(host: string): Promise<void>;
  /** Runs `kubic-init ARGS` on a host. */
  run(host: string, args: readonly string[], options?: LabExecOptions): Promise<CommandResult>;
  /** One sync on a host; answers its status, whatever its exit code. */
  sync(host: string): Promise<Status>;
  fingerprint(host: string): Promise<string>;
  /** Commits nodes.yaml with these accepted nodes, and other changes in the same commit. */
  commitNodes(accepted: readonly ListedNode[], change?: Change, message?: string): Promise<void>;
  kubectl(args: readonly string[], options?: LabExecOptions): Promise<string>;
  /** Syncs the seeder until its cluster is up, its key and CA in the repository, and its agent runs. */
  bootstrap(): Promise<ListedNode>;
}

const PROGRAM = '/opt/lab-files/kubic-init';
const UNIT = `[Unit]
Description=kubic-init agent, directly on the host
After=containerd.service
[Service]
# as the image has it
Environment=MALLOC_ARENA_MAX=2
ExecStart=${PROGRAM} agent
Restart=always
KillMode=mixed
RestartSec=1
RestartPreventExitStatus=64 65
[Install]
WantedBy=multi-user.target
`;

const IPS: Readonly<Record<string, string>> = {
  'cp-1': SEEDER_IP,
  'w-1': '10.250.0.21',
  'w-2': '10.250.0.22',
  'w-3': '10.250.0.23',
  'w-4': '10.250.0.24',
};

export async function createE2eCluster(name: string): Promise<E2eCluster> {
  const lab = await createLab(name);
  const root = await mkdtemp(join(tmpdir(), `kubic-${name}-`));
  const repository = await createClusterRepository(join(root, 'cluster.git'));
  await copyFile('dist/kubic-init', join(lab.files, 'kubic-init'));
  await copyFile('test/support/fault-preload.cjs', join(lab.files, 'fault-preload.cjs'));
  const server = lab.spawnLan([
    process.execPath,
    'test/support/git-server.ts',
    '--root',
    root,
    '--listen',
    '10.250.0.1:8080',
  ]);
  await new Promise((resolve) => createInterface({ input: server.stdout }).once('line', resolve));
  const cni = await readFile('test/lab/addons/cni/cni.yaml', 'utf8');
  await repository.commit({
    files: {
      'cluster.yaml': labClusterYaml(),
      'nodes.yaml': nodesYaml([{ name: 'cp-1', role: 'control-plane' }]),
      'addons/cni/cni.yaml': cni,
    },
  });

  const run: E2eCluster['run'] = (host, args, options) =>
    lab.exec(host, [PROGRAM, ...args], { timeoutMs: 300_000, ...options });
  const kubectl: E2eCluster['kubectl'] = async (args, options) =>
    (await lab.exec('cp-1', ['kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', ...args], options)).stdout;
  const sync = async (host: string): Promise<Status> => {
    const { stdout, stderr } = await run(host, ['sync', '--once', '-o', 'json'], { check: false });
    if (stdout === '') throw new Error(`sync on ${host} answered nothing:\n${stderr}`);
    return JSON.parse(stdout) as Status;
  };
  const fingerprint = async (host: string): Promise<string> =>
    JSON.parse((await run(host, ['identity', '-o', 'json'])).stdout).fingerprint;

  const self: E2eCluster = {
    lab,
    repository,
    run,
    sync,
    kubectl,
    fingerprint,
    addMachine: async (host, settings = {}, ip = IPS[host]) => {
      await lab.up(host, ip);
      const config = {
        apiVersion: 'kubic.suse.com/v1beta1',
        kind: 'KubicInitConfiguration',
        repository: { url: 'http://10.250.0.1:8080/cluster.git' },
        ...settings,
      };
      await lab.exec(host, ['mkdir', '-p', '/etc/kubic']);
      await lab.exec(host, ['tee', '/etc/kubic/kubic-init.yaml'], { input: stringify(config) });
      await lab.exec(host, ['tee', '/etc/systemd/system/kubic-init.service'], { input: UNIT });
      await lab.exec(host, ['systemctl', 'daemon-reload']);
    },
    startAgent: async (host) => void (await lab.exec(host, ['systemctl', 'enable', '--now', 'kubic-init'])),
    commitNodes: async (accepted, change = {}, message = 'Accept machines') => {
      await repository.commit({ ...change, files: { ...change.files, 'nodes.yaml': nodesYaml(accepted) } }, message);
    },
    bootstrap: async () => {
      await self.addMachine('cp-1');
      const status = await sync('cp-1');
      if (status.phase !== 'in-sync') throw new Error(`the seeder did not come up: ${JSON.stringify(status, null, 2)}`);
      const seeder: ListedNode = { name: 'cp-1', key: await fingerprint('cp-1'), role: 'control-plane' };
      await self.commitNodes([seeder], {}, 'Accept the seeder');
      await self.startAgent('cp-1');
      await eventually('the seeder serves enrolment', () =>
        lab.exec('cp-1', ['bash', '-c', 'exec 3<>/dev/tcp/10.250.0.11/9443']),
      );
      return seeder;
    },
    [Symbol.asyncDispose]: async () => {
      server.kill('SIGTERM');
      await lab.purge();
      await rm(root, { recursive: true, force: true });
      const left = await leftOfLab(name);
      if (left.length > 0) throw new Error(`lab ${name} left ${left.join(', ')}`);
    },
  };
  return self;
}

function nodesYaml(accepted: readonly ListedNode[]): string {
  return stringify({ apiVersion: 'kubic.suse.com/v1beta1', kind: 'NodeList', accepted, rejected: [] });
}

/** Tries until it does not throw, for at most two minutes; the last failure is the error. */
export async function eventually<T>(what: string, attempt: () => Promise<T>, timeoutMs = 120_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`not in ${timeoutMs / 1000} s: ${what}`, { cause });
      await delay(500);
    }
  }
}
