import { copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createE2eCluster, type E2eCluster, type ListedNode } from '../support/e2e-cluster.ts';
import { buildProgramBefore } from '../support/program-before.ts';
import { readJournal, STATE } from '../support/state-directory.ts';

let cluster: E2eCluster;
let nodes: ListedNode[];

const page = (name: string, namespace: string, text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${namespace}}\ndata: {page: ${text}}\n---\n`;
const SPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n';
const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: classes.example.com}
spec:
  group: example.com
  names: {kind: Class, plural: classes, singular: class}
  scope: Cluster
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
---
`;
/** Recorded with its namespace by the program before: the API server takes it away. */
const CLASS = 'apiVersion: example.com/v1\nkind: Class\nmetadata: {name: gold, namespace: shop}\nspec: {a: 1}\n---\n';

/** Takes the place of the program on all hosts: they share the directory it lies in. */
async function install(program: string): Promise<void> {
  const place = join(cluster.lab.files, 'kubic-init');
  await copyFile(program, `${place}.new`);
  await rename(`${place}.new`, place);
}

beforeAll(async () => {
  cluster = await createE2eCluster('e2e-upgrade');
  await install(await buildProgramBefore());
  const seeder = await cluster.bootstrap();
  await cluster.addMachine('w-1');
  await cluster.sync('w-1');
  nodes = [seeder, { name: 'w-1', key: await cluster.fingerprint('w-1'), role: 'worker' }];
  const files = {
    'addons/crds/crds.yaml': CRD,
    'addons/shop/shop.yaml': `${SPACE}${page('front', 'shop', 'old')}${page('leaves', 'shop', 'x')}${CLASS}`,
    'addons/shop/addon.yaml': 'apiVersion: kubic.suse.com/v1beta1\nkind: Addon\nspec: {dependsOn: [crds]}\n',
  };
  await cluster.commitNodes(nodes, { files });
  await cluster.sync('w-1');
  await cluster.sync('cp-1');
  await cluster.sync('cp-1');
  await cluster.lab.exec('cp-1', ['systemctl', 'stop', 'kubic-init']);
}, 600_000);
afterAll(() => cluster[Symbol.asyncDispose]());

describe('a cluster that the program before made', () => {
  it('was in sync by it: nodes and objects are there', async () => {
    expect(await cluster.kubectl(['get', 'nodes', '-o', 'name'])).toBe('node/cp-1\nnode/w-1\n');
    expect(await cluster.kubectl(['get', 'configmaps', '-n', 'shop', '-o', 'name'])).toContain('configmap/front');
    expect(await cluster.kubectl(['get', 'classes.example.com', '-o', 'name'])).toContain('gold');
  });

  it('is in sync under the program of today, on a worker and on the seeder, and nothing is made anew', async () => {
    const uids = ['get', 'configmaps,classes.example.com', '-n', 'shop', '-o', 'jsonpath={.items[*].metadata.uid}'];
    const before = await cluster.kubectl(uids);
    await install('dist/kubic-init');
    const { stdout } = await cluster.run('w-1', ['plan', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ actions: [], held: [] });
    expect((await cluster.sync('w-1')).phase).toBe('in-sync');
    const first = await cluster.sync('cp-1');
    expect(first.error).toBeUndefined();
    expect(first.lastSync?.actions.every(({ result }) => result === 'done')).toBe(true);
    const second = await cluster.sync('cp-1');
    expect([second.phase, second.lastSync?.actions]).toEqual(['in-sync', []]);
    expect(await cluster.kubectl(uids)).toBe(before);
  });

  it('goes on with an action that the program before began and did not end', async () => {
    const record = { at: new Date().toISOString(), commit: 'a'.repeat(40), kind: 'host.configure', event: 'started' };
    await cluster.lab.exec('w-1', ['tee', '-a', `${STATE}/journal.jsonl`], { input: `\n${JSON.stringify(record)}\n` });
    expect((await cluster.sync('w-1')).phase).toBe('in-sync');
    expect((await readJournal(cluster, 'w-1')).slice(-2)).toEqual(['host.configure started', 'host.configure done']);
  });

  it('changes, prunes and removes what the program before recorded', async () => {
    await cluster.commitNodes(nodes, {
      files: { 'addons/shop/shop.yaml': `${SPACE}${page('front', 'shop', 'new')}${CLASS}` },
    });
    expect((await cluster.sync('cp-1')).error).toBeUndefined();
    const maps = await cluster.kubectl(['get', 'configmaps', '-n', 'shop', '-o', 'jsonpath={.items[*].metadata.name}']);
    expect(maps.split(' ')).not.toContain('leaves');
    expect(await cluster.kubectl(['get', 'configmap', 'front', '-n', 'shop', '-o', 'jsonpath={.data.page}'])).toBe(
      'new',
    );
    await cluster.commitNodes(nodes, { remove: ['addons/shop/shop.yaml', 'addons/shop/addon.yaml'] });
    const status = await cluster.sync('cp-1');
    expect([status.error, status.held]).toEqual([undefined, []]);
    expect(await cluster.kubectl(['get', 'classes.example.com', '-o', 'name'])).toBe('');
    expect(await cluster.kubectl(['get', 'namespace', 'shop', '--ignore-not-found', '-o', 'name'])).toBe('');
  });

  it('takes a worker more', async () => {
    await cluster.lab.exec('cp-1', ['systemctl', 'start', 'kubic-init']);
    await cluster.addMachine('w-2');
    await cluster.sync('w-2'); // makes its identity
    await cluster.commitNodes([...nodes, { name: 'w-2', key: await cluster.fingerprint('w-2'), role: 'worker' }]);
    const { exitCode } = await cluster.run('w-2', ['sync']);
    expect(exitCode).toBe(0);
    await cluster.kubectl(['wait', '--for=condition=Ready', 'node/w-2', '--timeout=90s']);
  });
});
