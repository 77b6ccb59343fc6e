import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createServer } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ClusterDefinition, Definition } from '../../../src/definition/definition.ts';
import type { ObserveMachineDeps } from '../../../src/observe/machine/observe-machine.ts';
import { hashOfCA } from '../../../src/pki/hash-of-ca.ts';
import type { Action } from '../../../src/plan/actions.ts';
import type { MachineState } from '../../../src/plan/actual.ts';
import { makePlan } from '../../../src/plan/plan.ts';
import { KUBEADM_FILES } from '../../../src/platform/host-paths.ts';
import { type JournalRecord, openJournal } from '../../../src/state/journal.ts';
import { recordMembership } from '../../../src/state/membership-record.ts';
import { statePath } from '../../../src/state/paths.ts';
import { temporaryDirectory } from '../../admission/temporary-directory.ts';
import { createTestAuthority, type TestAuthority } from '../../admission/test-authority.ts';
import { cluster, definition, planInput, SEEDER } from '../../support/builders.ts';
import { runCommand } from '../../support/command.ts';

const VERSION = 'v1.36.3';
const ETCD_DATABASE = '/var/lib/etcd/member/snap/db';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});

type Begun = `${'kubeadm.init' | 'kubeadm.join'} ${JournalRecord['event']}`;

interface Seeder {
  readonly root: string;
  readonly stateDir: string;
  readonly write: (path: string, content?: string) => Promise<void>;
  readonly journal: (...events: readonly Begun[]) => Promise<void>;
  /** What a plan does about the membership, the declared components being installed; `resume` where it resumes an init. */
  readonly plan: (changes?: Partial<ClusterDefinition>) => Promise<string[]>;
}

/** A machine with /etc and /var/lib of its own. */
async function createSeeder(): Promise<Seeder> {
  const root = await temporaryDirectory();
  const stateDir = join(root, 'state');
  for (const path of ['etc', 'var/lib', 'state']) await mkdir(join(root, path), { recursive: true });
  return {
    root,
    stateDir,
    write: async (path, content = 'x') => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    journal: async (...events) => {
      const journal = openJournal(join(stateDir, 'journal.jsonl'), 'c');
      for (const entry of events) {
        const [kind, event] = entry.split(' ') as ['kubeadm.init', JournalRecord['event']];
        await journal.record({ kind }, event);
      }
    },
    plan: async (changes = {}) => {
      const declared = definition({
        cluster: cluster({ controlPlaneEndpoint: await unusedEndpoint(), ...changes }),
      });
      const state = { ...(await observe(root, declared)), kubeadmVersion: VERSION, kubeletVersion: VERSION };
      const { actions, held } = makePlan(planInput(declared, { machine: state }));
      return [
        ...actions.filter(({ kind }) => kind.startsWith('kubeadm.')).map(nameOf),
        ...held.map(({ code, reason }) => `held ${code}: ${reason}`),
      ];
    },
  };
}

function nameOf(action: Action): string {
  return action.kind === 'kubeadm.init' && action.spec.resume ? 'resume' : action.kind;
}

/** In a mount namespace: the paths on the host are fixed. */
async function observe(root: string, declared: Definition): Promise<MachineState> {
  const stateDir = join(root, 'state');
  const journalFile = join(stateDir, 'journal.jsonl');
  const machine = { fingerprint: SEEDER.key ?? '', claimedName: SEEDER.name };
  const deps: Omit<ObserveMachineDeps, 'versions'> = { stateDir, journalFile, machine };
  const script = 'mount --bind "$0/etc" /etc && mount --bind "$0/var/lib" /var/lib && exec "$@"';
  const namespace = ['--user', '--map-root-user', '--mount', 'sh', '-c', script, root];
  const program = join(import.meta.dirname, 'observe-machine-program.ts');
  const input = JSON.stringify({ definition: declared, deps });
  return JSON.parse((await runCommand(['unshare', ...namespace, process.execPath, program], { input })).stdout);
}

/** What is there after an init that ended well. */
async function initialise({ write, journal, stateDir }: Seeder): Promise<void> {
  for (const path of KUBEADM_FILES) await write(path, path.endsWith('ca.crt') ? authority.ca : 'x');
  await write(ETCD_DATABASE);
  await recordMembership(stateDir, { role: 'control-plane', nodeName: SEEDER.name });
  await journal('kubeadm.init started', 'kubeadm.init done');
}

async function listen(): Promise<{ endpoint: string; close: () => void }> {
  const server = createServer(await authority.serve('kube-apiserver')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/** Where a connection is refused. */
async function unusedEndpoint(): Promise<string> {
  const { endpoint, close } = await listen();
  close();
  return endpoint;
}

describe('the seeder', () => {
  it('initialises the cluster where there is nothing, and nobody answers', async () => {
    expect(await (await createSeeder()).plan()).toEqual(['kubeadm.init']);
  });

  it('cleans up after an init of ours that was killed before etcd had begun, and initialises then', async () => {
    const machine = await createSeeder();
    await machine.write('/etc/kubernetes/admin.conf');
    await machine.journal('kubeadm.init started');
    expect(await machine.plan()).toEqual(['kubeadm.clean', 'kubeadm.init']);
  });

  it.each([
    ['that nothing accounts for', [], 'held kubeadm.foreign-membership: /var/lib/etcd/member is there'],
    ['of a join', ['kubeadm.join started'], 'held kubeadm.etcd-data: /var/lib/etcd/member is there'],
    ['of a join that failed', ['kubeadm.join failed'], 'held kubeadm.etcd-data: /var/lib/etcd/member is there'],
    [
      'of an init that ended well, its record lost',
      ['kubeadm.init started', 'kubeadm.init done'],
      'held kubeadm.foreign-membership: /var/lib/etcd/member is there',
    ],
    ['of an init of ours that was killed', ['kubeadm.init started'], 'resume'],
    ['of an init of ours that failed', ['kubeadm.init started', 'kubeadm.init failed'], 'resume'],
  ] as const)('never begins a second cluster over the etcd data %s', async (_whose, events, outcome) => {
    const machine = await createSeeder();
    await machine.write(ETCD_DATABASE);
    await machine.journal(...events);
    expect(await machine.plan()).toEqual([outcome]);
  });

  it('is held where a control plane answers at the endpoint, and begins once none does', async () => {
    const machine = await createSeeder();
    const { endpoint, close } = await listen();
    const answers = [`held kubeadm.another-control-plane: ${endpoint} answers`];
    expect(await machine.plan({ controlPlaneEndpoint: endpoint })).toEqual(answers);
    await machine.write('/etc/kubernetes/admin.conf');
    await machine.journal('kubeadm.init started');
    expect(await machine.plan({ controlPlaneEndpoint: endpoint })).toEqual(answers); // nothing is cleaned up either
    close();
    expect(await machine.plan({ controlPlaneEndpoint: endpoint })).toEqual(['kubeadm.clean', 'kubeadm.init']);
  });

  it('is held where the repository names the CA of a cluster', async () => {
    const clusterCA = `sha256:${'a'.repeat(64)}`;
    const exists = [`held kubeadm.cluster-exists: cluster.yaml says clusterCA ${clusterCA}`];
    const machine = await createSeeder();
    expect(await machine.plan({ clusterCA })).toEqual(exists);
    await machine.write('/etc/kubernetes/pki/ca.crt', authority.ca);
    await machine.journal('kubeadm.init started');
    expect(await machine.plan({ clusterCA })).toEqual(exists);
    await machine.write(ETCD_DATABASE);
    expect(await machine.plan({ clusterCA })).toEqual(exists); // an init to resume, but of another CA
  });

  it('is held where the repository names the CA that it holds while the data of etcd is gone, and resumes where it is not', async () => {
    const clusterCA = hashOfCA(new X509Certificate(authority.ca));
    const machine = await createSeeder();
    await machine.write('/etc/kubernetes/pki/ca.crt', authority.ca);
    await machine.journal('kubeadm.init started');
    expect(await machine.plan({ clusterCA })).toEqual([
      `held kubeadm.cluster-exists: cluster.yaml says clusterCA ${clusterCA}`,
    ]);
    await machine.write(ETCD_DATABASE);
    expect(await machine.plan({ clusterCA })).toEqual(['resume']);
  });

  it('that has initialised the cluster has nothing to do, and is held once its record of it is lost', async () => {
    const machine = await createSeeder();
    await initialise(machine);
    expect(await machine.plan()).toEqual([]);
    await rm(statePath(machine.stateDir, 'membership'));
    const foreign = ['held kubeadm.foreign-membership: /etc/kubernetes/admin.conf is there'];
    expect(await machine.plan()).toEqual(foreign);
    await rm(join(machine.stateDir, 'journal.jsonl'));
    expect(await machine.plan()).toEqual(foreign);
    await rm(join(machine.root, 'var/lib/etcd'), { recursive: true });
    expect(await machine.plan()).toEqual(foreign);
  });

  it.each([
    '/etc/kubernetes/admin.conf',
    '/etc/kubernetes/kubelet.conf',
    '/etc/kubernetes/pki/ca.crt',
    '/etc/kubernetes/manifests/etcd.yaml',
    '/var/lib/kubelet/config.yaml',
  ])('is held also where of all that kubeadm made only %s is left', async (path) => {
    const machine = await createSeeder();
    await machine.write(path);
    expect(await machine.plan()).toEqual([`held kubeadm.foreign-membership: ${path} is there`]);
  });
});
