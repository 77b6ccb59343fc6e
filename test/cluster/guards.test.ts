import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { confirmationOf } from '../../src/addons/deletion/confirmation.ts';
import { loadOrCreateIdentity } from '../../src/admission/identity/identity.ts';
import { ownedFiles } from '../../src/generated/owned-files.generated.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { loadKubeconfig } from '../../src/kube/kubeconfig.ts';
import { recordMembership } from '../../src/state/membership-record.ts';
import { clusterWith } from '../definition/repository-files.ts';
import { createSourceFixture, type SourceFixture } from '../source/source-fixture.ts';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import { runCommand } from '../support/command.ts';
import { configMap } from './addons-harness.ts';
import type { SyncProgramInput, SyncProgramOutput } from './sync-program.ts';

// of its own: a whole sync speaks for all add-ons and nodes of a cluster
let server: ApiServer;
let client: KubeClient;
let fixture: SourceFixture;
let root: string;
let stateDir: string;

beforeAll(async () => {
  server = await startApiServer();
  client = await createKubeClient({ path: server.kubeconfig });
});
afterAll(async () => {
  client.close();
  await server.stop();
});

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kubic-guards-'));
  stateDir = join(root, 'state');
  fixture = await createSourceFixture();
  onTestFinished(async () => {
    await fixture[Symbol.asyncDispose]();
    await rm(root, { recursive: true, force: true });
  });
  await installControlPlane();
  const { fingerprint } = await loadOrCreateIdentity(stateDir);
  await fixture.repository.commit({
    files: {
      'nodes.yaml': `apiVersion: kubic.suse.com/v1beta1\nkind: NodeList\naccepted:\n- {name: cp-1, key: "${fingerprint}", role: control-plane}\n`,
    },
    remove: ['addons'],
  });
  await commit({ protect: ['ConfigMap/default/keep'], objects: ['keep', 'other'] });
});

/** A member whose components answer: each is asked by the probe in its manifest, and all of these name the API server. */
async function installControlPlane(): Promise<void> {
  const { hostname, port } = new URL((await loadKubeconfig({ path: server.kubeconfig })).server);
  const httpGet = { host: hostname, port: Number(port), path: '/readyz', scheme: 'HTTPS' };
  const manifest = JSON.stringify({ spec: { containers: [{ livenessProbe: { httpGet } }] } });
  for (const component of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']) {
    await install(`/etc/kubernetes/manifests/${component}.yaml`, manifest);
  }
  for (const { path, content } of ownedFiles) await install(path, content);
  await recordMembership(stateDir, { role: 'control-plane', nodeName: 'cp-1' });
}

async function install(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

interface Committed {
  readonly protect: readonly string[];
  readonly confirm?: readonly string[];
  readonly objects: readonly string[];
  readonly more?: string;
}

async function commit({ protect, confirm = [], objects, more = '' }: Committed) {
  const guards = JSON.stringify({ protect, confirm });
  const cluster = clusterWith(`  guards: ${guards}`);
  const manifests = objects.map((name) => configMap('default', name)).join('') + more;
  await fixture.repository.commit({ files: { 'cluster.yaml': cluster, 'addons/web/all.yaml': manifests } });
}

async function sync(planOnly = false): Promise<SyncProgramOutput> {
  const input: SyncProgramInput = { stateDir, url: fixture.url, kubeconfig: server.kubeconfig, planOnly };
  const script = 'mount --bind "$0/etc" /etc && exec "$@"'; // the paths on the host are fixed
  const namespace = ['--user', '--map-root-user', '--mount', 'sh', '-c', script, root];
  const program = [process.execPath, join(import.meta.dirname, 'sync-program.ts'), JSON.stringify(input)];
  const { stdout } = await runCommand(['unshare', ...namespace, ...program]);
  return JSON.parse(stdout);
}

async function configMaps(): Promise<string[]> {
  const list = await client.list('v1', 'ConfigMap', { namespace: 'default' });
  return list.map(({ metadata }) => metadata.name).filter((name) => name !== 'kube-root-ca.crt');
}

const HELD = ['addons.protected ConfigMap default/keep'];

describe('a sync', () => {
  it('holds what one commit deletes and takes the protection from, until the commit after it', async () => {
    expect((await sync()).held).toEqual([]);
    expect(await configMaps()).toEqual(['keep', 'other']);

    await commit({ protect: [], objects: ['third'] });
    expect((await sync(true)).held).toEqual(HELD);
    expect(await sync()).toEqual({ held: HELD, executed: ['addon.apply done'] });
    expect(await configMaps()).toEqual(['keep', 'third']); // only what nobody protects is gone
    expect(await sync()).toEqual({ held: HELD, executed: [] });

    await commit({ protect: [], objects: ['third', 'fourth'] });
    expect(await sync()).toEqual({ held: [], executed: ['addon.apply done'] });
    expect(await configMaps()).toEqual(['fourth', 'third']);
  });

  it('goes by the commit acted on before, however many it has not seen lie between', async () => {
    await sync();
    await commit({ protect: [], objects: ['keep', 'other'] });
    await commit({ protect: [], objects: [] });
    expect((await sync()).held).toEqual(HELD);
    expect(await configMaps()).toEqual(['keep']);
  });

  it('lets go of what a commit confirms by its digest, but not of what the commit before protects', async () => {
    const space = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: space}\n';
    const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'space' };
    const confirm = [confirmationOf(namespace)];
    const held = ['addons.protected Namespace space'];
    await commit({ protect: ['ConfigMap/space/theirs'], objects: ['other'], more: space });
    await sync();
    await client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace: 'space' } });

    await commit({ protect: [], confirm, objects: ['other'] }); // takes the protection away and confirms, in one
    expect((await sync()).held).toEqual(held);
    await commit({ protect: [], objects: ['other'] });
    expect((await sync()).held).toEqual(held);
    expect((await client.get(namespace))?.metadata.deletionTimestamp).toBeUndefined();
    await commit({ protect: [], confirm, objects: ['other'] });
    expect(await sync()).toEqual({ held: [], executed: ['addon.apply done'] });
    await expect.poll(() => client.get(namespace), { timeout: 30_000 }).toBeUndefined();
  });
});
