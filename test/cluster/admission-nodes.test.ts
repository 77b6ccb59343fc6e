import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createPendingQueue } from '../../src/admission/door/pending-queue.ts';
import { waitForDenial } from '../../src/admission/join/wait-for-denial.ts';
import { publishPending } from '../../src/admission/pending.ts';
import { clusterCAOf } from '../../src/clone/cluster-ca.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import { loadKubeconfig } from '../../src/kube/kubeconfig.ts';
import { newIdentity } from '../admission/fixture-identity.ts';
import { temporaryDirectory } from '../admission/temporary-directory.ts';
import { CLUSTER } from '../definition/repository-files.ts';
import { createClusterRepository, runGit } from '../support/cluster-repository.ts';
import { runCommand } from '../support/command.ts';
import { enrolled, kubeletKey } from './admission-harness.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const facts = { hostname: 'ip-7', machineId: '', osImage: 'Some Linux', kernel: '', addresses: [], agentVersion: '' };

async function published(
  machines: readonly { name: string; fingerprint: string }[],
  publisher: { name: string; fingerprint: string },
) {
  const client = await createKubeClient({ path: inject('kubeconfig') });
  const pending = createPendingQueue();
  for (const machine of machines) pending.put({ ...machine, facts, address: '10.0.0.7' });
  const stop = new AbortController();
  const running = publishPending({ client, pending, publisher, onError: () => {} }, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await running;
    await client.delete({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'kubic-init-pending' });
    client.close();
  });
}

async function makeClone() {
  const root = await temporaryDirectory();
  const repository = await createClusterRepository(join(root, 'cluster.git'));
  const nodes = 'apiVersion: kubic.suse.com/v1beta1\nkind: NodeList\naccepted:\n- {name: cp-1, role: control-plane}\n';
  await repository.commit({ files: { 'cluster.yaml': CLUSTER, 'nodes.yaml': nodes } });
  await runGit(root, ['clone', '--quiet', repository.path, 'clone']);
  const directory = join(root, 'clone');
  const env = {
    ...process.env,
    HOME: root,
    KUBECONFIG: inject('kubeconfig'),
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
  const run = (...args: readonly string[]) =>
    runCommand([process.execPath, MAIN, 'nodes', ...args], { check: false, env: { ...env, PWD: directory } });
  return { directory, env, run, read: (path: string) => runGit(directory, ['show', `HEAD:${path}`]) };
}

test('who waits is listed with its fingerprint and accepted by its name', async () => {
  const [w7, w8, other] = [newIdentity(), newIdentity(), newIdentity()].map(({ fingerprint }) => fingerprint) as [
    string,
    string,
    string,
  ];
  const seeder = newIdentity().fingerprint;
  const machines = [
    { name: 'w-7', fingerprint: w7 },
    { name: 'w-8', fingerprint: w8 },
    { name: 'w-8', fingerprint: other },
  ];
  await published(machines, { name: 'cp-1', fingerprint: seeder });
  const { directory, env, run, read } = await makeClone();
  await expect.poll(async () => (await run('pending')).stdout, { timeout: 20_000 }).toContain(other);
  const listed = JSON.parse((await run('pending', '-o', 'json')).stdout) as unknown[];
  expect(listed).toMatchObject([{ name: 'w-7', fingerprint: w7, facts }, { name: 'w-8' }, { name: 'w-8' }]);

  const unasked = await run('accept', 'w-7', '--dir', directory);
  expect(unasked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('admission.not-confirmed') });
  const terminal = ['script', '-qec', `${process.execPath} ${MAIN} nodes accept w-7 --dir ${directory}`, '/dev/null'];
  const declined = await runCommand(terminal, { check: false, env, input: 'n\n' });
  expect(declined).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/nothing was changed.*declined.*nodes pending/s),
  });
  expect(declined.stdout).not.toContain('--yes');
  const mistyped = await run('accept', 'w-7', seeder, '--dir', directory);
  expect(mistyped).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('admission.other-key-pending') });
  expect(mistyped.stderr).toContain(`w-7 is ${w7}; given was ${seeder}`);
  expect(await read('nodes.yaml')).not.toContain('w-7');
  const ahead = newIdentity().fingerprint;
  expect(await run('accept', 'w-8', ahead, '--yes', '--no-push', '--dir', directory)).toMatchObject({ exitCode: 0 });
  await runGit(directory, ['reset', '--quiet', '--hard', 'HEAD~']);
  expect(await run('accept', 'w-7', w7, '--no-push', '--dir', directory)).toMatchObject({ exitCode: 0 });
  await runGit(directory, ['reset', '--quiet', '--hard', 'HEAD~']);
  expect(await run('accept', 'w-7', '--yes', '--dir', directory)).toMatchObject({ exitCode: 0 });
  expect(await read('nodes.yaml')).toContain(`- {name: w-7, key: "${w7}", role: worker}`);

  const ambiguous = await run('accept', 'w-8', '--yes', '--dir', directory);
  expect(ambiguous).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('admission.several-pending') });
  const unknown = await run('accept', 'w-9', '--yes', '--dir', directory);
  expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('admission.not-found-pending') });

  expect(await run('accept', 'cp-1', '--yes', '--dir', directory)).toMatchObject({ exitCode: 0 });
  expect(await read('nodes.yaml')).toContain(`{name: cp-1, key: "${seeder}", role: control-plane}`);
  expect(await read('cluster.yaml')).toContain(
    `clusterCA: "${await clusterCAOf({ files: [inject('kubeconfig')], mustExist: true })}"`,
  );
  const overview = JSON.parse((await run('list', '-o', 'json', '--dir', directory)).stdout) as {
    name: string;
    state: string;
  }[];
  expect(overview.filter(({ state }) => state === 'pending')).toMatchObject([{ name: 'w-8' }, { name: 'w-8' }]);
});

test('a machine whose kubelet is denied learns the reason by its enrolment certificate', async () => {
  const client = await createKubeClient({ path: inject('kubeconfig') });
  onTestFinished(() => client.close());
  const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', name: 'test-enrolled' };
  await client.create({
    ...binding,
    metadata: { name: binding.name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:node-bootstrapper' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:bootstrappers:kubic' }],
  });
  onTestFinished(() => client.delete(binding).then(() => {}));
  const { fingerprint } = newIdentity();
  const machine = await enrolled(client, inject('kubeconfig'), fingerprint);
  onTestFinished(() => machine.client.close());
  const { server, ca } = await loadKubeconfig({ path: inject('kubeconfig') });
  const admission = {
    nodeName: 'w-1',
    role: 'worker',
    ca: ca.toString(),
    controlPlaneEndpoint: new URL(server).host,
    certificate: machine.certificate,
    privateKey: machine.key.privateKey,
  } as const;
  const stop = new AbortController();
  const denial = waitForDenial(admission, stop.signal);
  const csr = { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest' };
  const request = async (name: string, by: typeof client, message: string): Promise<void> => {
    const signerName = 'kubernetes.io/kube-apiserver-client-kubelet';
    const spec = {
      request: (await kubeletKey('w-1')).request,
      signerName,
      usages: ['digital signature', 'client auth'],
    };
    const object = await by.create({ ...csr, metadata: { name }, spec });
    onTestFinished(() => client.delete({ ...csr, name }).then(() => {}));
    const conditions = [{ type: 'Denied', status: 'True', reason: 'x', message }];
    await client.replace({ ...object, status: { conditions } }, { subresource: 'approval' }).catch(() => {}); // an administrator's is approved by itself
  };
  await request('denied-other', client, "another's reason");
  await request('denied-own', machine.client, 'w-1 is bound to another key');
  expect(await denial).toBe('w-1 is bound to another key');
  const later = new AbortController();
  const none = waitForDenial({ ...admission, certificate: admission.ca }, later.signal).catch(() => undefined);
  later.abort();
  expect(await none).toBeUndefined();
});
