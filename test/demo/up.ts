import { shareAgentImage } from '../support/container-agent.ts';
import { provideImage } from '../support/image.ts';
import { isProvisioned, keepLab } from '../support/lab.ts';
import { createMachines, fetchKubeconfig, type Machines } from './machines.ts';
import { createNarrator, type Narrator, type Step } from './narrator.ts';
import { ADDRESSES, CLONE, DEMO, LATECOMER, REPOSITORY_URL, SEEDER, WORKERS } from './place.ts';
import { createDemoRepository, startGitServer } from './repository.ts';
import { markDemoUp, tellWhatToTry } from './try-next.ts';

interface Scene {
  readonly narrator: Narrator;
  readonly machines: Machines;
}

const STEPS: readonly Step[] = [
  { title: 'What the demo needs: hosts with the real kubeadm, and the agent as an image', seconds: 2 },
  { title: 'A Git server with a repository, and four machines', seconds: 12 },
  { title: `The seeder, ${SEEDER}, makes the cluster`, seconds: 22 },
  { title: 'Two machines ask to be let in', seconds: 7 },
  { title: 'The administrator accepts them, by commit', seconds: 20 },
  { title: 'The add-ons', seconds: 4 },
  { title: 'A change of an add-on, by commit', seconds: 6 },
  { title: 'A third machine is waiting', seconds: 6 },
];

/** The whole story, from nothing to a cluster that stays up. */
export async function bringUp(): Promise<void> {
  const narrator = createNarrator(STEPS);
  narrator.step();
  if (!(await isProvisioned())) {
    narrator.say(
      'The first time, Kubernetes, etcd, containerd and the hosts are built from source: about 15 minutes more.',
    );
  }
  const image = await narrator.during('preparing', () => provideImage(narrator.say));

  narrator.step();
  const lab = await narrator.during('starting the network', () => keepLab(DEMO));
  const machines = createMachines(lab, narrator);
  const scene = { narrator, machines };
  await createDemoRepository();
  await startGitServer();
  narrator.say(
    `${REPOSITORY_URL} is examples/addons, with a block \`kubeadm:\` in cluster.yaml that only the demo's hosts need.\nThe administrator's clone of it is ${CLONE}.`,
  );
  await machines.run('laptop', ['git', 'ls-tree', '-r', '--name-only', 'HEAD']);
  narrator.say(
    'Four machines boot. Their OS image has Podman, the agent as a container, the kubelet and kubeadm: nothing is set up.',
  );
  await shareAgentImage(lab, image);
  const booted = Object.keys(ADDRESSES).map(async (machine) => {
    await machines.boot(machine);
    narrator.say(`${machine} is up`);
  });
  await narrator.during('machines boot and load the image', () => Promise.all(booted));

  narrator.step();
  await bootstrap(scene, async () => fetchKubeconfig(lab));
  narrator.step();
  await askToJoin(scene);
  narrator.step();
  await accept(scene);
  narrator.step();
  await showAddons(scene);
  narrator.step();
  await changeAddon(scene);
  narrator.step();
  await waitInLine(scene);

  await markDemoUp();
  narrator.say(`\nDone in ${narrator.elapsed()} s.`);
  tellWhatToTry();
}

async function bootstrap({ narrator, machines }: Scene, onCluster: () => Promise<void>): Promise<void> {
  narrator.say(
    'All machines get the same user data, deployments/cloud-init.yaml: it holds the URL of the repository, no secret.',
  );
  await Promise.all([SEEDER, ...WORKERS].map(machines.start));
  await machines.followUntilInSync(SEEDER);
  await onCluster();
  await machines.run('laptop', ['kubectl', 'get', 'nodes']);
  narrator.say('Its key and the CA of its cluster go into the repository: whoever joins knows whom to trust.');
  const fingerprint = await fingerprintOf(machines, SEEDER);
  await machines.run('laptop', ['kubic-init', 'nodes', 'accept', SEEDER, fingerprint]);
  await machines.run('laptop', ['git', 'log', '-1', '-p', '--format=%h %s', '--unified=0']);
  await machines.run(SEEDER, ['kubic-init', 'sync', '--once']);
}

async function askToJoin({ narrator, machines }: Scene): Promise<void> {
  narrator.say('Agents sync on the schedule of cluster.yaml, every minute; `sync --once` asks for one now.');
  narrator.say('With that the other agents find the seeder by its key, and show theirs.');
  for (const worker of WORKERS) await machines.run(worker, ['kubic-init', 'sync', '--once'], { check: false });
  const isListed = (output: string): boolean => WORKERS.every((worker) => output.includes(worker));
  await machines.until('both are listed', 'laptop', ['kubic-init', 'nodes', 'pending'], isListed);
  await machines.run('laptop', ['kubic-init', 'nodes', 'pending']);
  narrator.say('Each machine shows its fingerprint above its login prompt, too. Compare them before you accept:');
  for (const worker of WORKERS) await machines.run(worker, ['cat', '/etc/issue.d/kubic-init.issue']);
}

async function accept({ narrator, machines }: Scene): Promise<void> {
  for (const worker of WORKERS) {
    const fingerprint = await fingerprintOf(machines, worker);
    await machines.run('laptop', ['kubic-init', 'nodes', 'accept', worker, fingerprint]);
  }
  await machines.run('laptop', ['git', 'log', '-3', '--oneline']);
  for (const worker of WORKERS) await machines.run(worker, ['kubic-init', 'sync', '--once']);
  narrator.say('The pod network is an add-on like any other; with it, the machines become Ready.');
  await machines.run('laptop', ['kubectl', 'wait', '--for=condition=Ready', 'node', '--all', '--timeout=120s']);
  await machines.ask(SEEDER, ['kubic-init', 'sync', '--once']); // it puts the roles on the Nodes
  await machines.run('laptop', ['kubectl', 'get', 'nodes', '-o', 'wide']);
}

async function showAddons({ machines }: Scene): Promise<void> {
  const isHealthy = (output: string): boolean => {
    const status = JSON.parse(output) as { addons: { status: string }[] };
    return status.addons.length > 0 && status.addons.every((addon) => addon.status === 'healthy');
  };
  // an exit code other than 0 (still progressing) is an answer here, the status says more
  await machines.until('the add-ons are healthy', SEEDER, ['kubic-init', 'sync', '--once', '-o', 'json'], isHealthy);
  await machines.run(SEEDER, ['kubic-init', 'status']);
  await machines.run('laptop', ['kubectl', '-n', 'web', 'get', 'pods', '-o', 'wide']);
  const address = await machines.ask('laptop', [
    'kubectl',
    '-n',
    'web',
    'get',
    'service',
    'web',
    '-o',
    'jsonpath={.spec.clusterIP}',
  ]);
  await machines.run('w-1', ['curl', '-sS', '--max-time', '5', `http://${address}/`]);
}

async function changeAddon({ machines }: Scene): Promise<void> {
  await machines.run('laptop', ['sed', '-i', 's/replicas: 2/replicas: 3/', 'addons/web/web.yaml']);
  await machines.run('laptop', ['git', 'commit', '--quiet', '-am', 'Serve the page three times']);
  await machines.run('laptop', ['git', 'push', '--quiet']);
  await machines.run(SEEDER, ['kubic-init', 'sync', '--once']);
  await machines.run('laptop', ['kubectl', '-n', 'web', 'rollout', 'status', 'deployment/web', '--timeout=120s']);
  await machines.run('laptop', ['kubectl', '-n', 'web', 'get', 'deployment', 'web']);
}

async function waitInLine({ narrator, machines }: Scene): Promise<void> {
  narrator.say(`${LATECOMER} gets the same user data. Nobody has accepted it: it stays out.`);
  await machines.start(LATECOMER);
  await machines.run(LATECOMER, ['kubic-init', 'sync', '--once'], { check: false });
  const isListed = (output: string): boolean => output.includes(LATECOMER);
  await machines.until(`${LATECOMER} is listed`, 'laptop', ['kubic-init', 'nodes', 'pending'], isListed);
  await machines.run('laptop', ['kubic-init', 'nodes', 'pending']);
}

async function fingerprintOf(machines: Machines, machine: string): Promise<string> {
  const output = await machines.ask(machine, ['kubic-init', 'identity', '-o', 'json']);
  return (JSON.parse(output) as { fingerprint: string }).fingerprint;
}
