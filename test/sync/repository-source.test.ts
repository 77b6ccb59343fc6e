import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keyOf } from '../../src/objects/object-key.ts';
import { recordMembership } from '../../src/state/membership-record.ts';
import type { RepositorySource } from '../../src/sync/reading/repository-source.ts';
import { createSourceFixture, failureOf, type SourceFixture } from '../source/source-fixture.ts';
import { labClusterYaml } from '../support/lab-cluster-yaml.ts';

const NODES = 'apiVersion: kubic.suse.com/v1beta1\nkind: NodeList\naccepted:\n- {name: cp-1, role: control-plane}\n';
const configMap = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, annotations: {kubic.suse.com/prune: disabled, x: z}}\ndata: {a: "${value}"}\n`;

let fixture: SourceFixture;
let source: RepositorySource;
const never = new AbortController().signal;

beforeEach(async () => {
  fixture = await createSourceFixture();
  source = fixture.repositorySource();
  await fixture.repository.commit({
    files: {
      'cluster.yaml': labClusterYaml(),
      'nodes.yaml': NODES,
      'addons/web/web.yaml': configMap('a', '1'),
      'addons/web/more.yaml': configMap('b', '9007199254740993'),
    },
  });
});
afterEach(() => fixture[Symbol.asyncDispose]());

const machineDir = (): string => join(fixture.directory, 'machine');
const cacheDir = (): string => join(machineDir(), 'rendered');
/** Keys of one object. */
const A = ['/ConfigMap/default/a'];
const head = async () => (await source.fetchSnapshot()).snapshot;

describe('what a repository says', () => {
  test('comes as an index: names, digests and options of objects, and not the objects', async () => {
    const { definition, diagnostics, rendered } = await head();
    expect(diagnostics).toEqual([]);
    expect(definition?.addons).toEqual([
      { name: 'web', dependsOn: [], prune: true, drift: 'correct', digest: expect.stringMatching(/^[0-9a-f]{40}$/) },
    ]);
    expect(rendered?.[0]?.objects.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(rendered?.[0]?.objects[0]).toEqual({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', name: 'b' },
      digest: expect.stringMatching(/^[\w-]{22}$/),
      options: { 'kubic.suse.com/prune': 'disabled' },
    });
  });

  test('is an object in full where it is asked for by its key', async () => {
    const { commit, rendered } = await head();
    const keys = rendered?.[0]?.objects.filter(({ name }) => name === 'a').map(keyOf) ?? [];
    const objects = await source.objectsAt(commit)('web', keys, never);
    expect(objects).toMatchObject([{ metadata: { name: 'a' }, data: { a: '1' } }]);
  });

  test('is in full what is new in it, once, without a process of its own; what is not new is read by one', async () => {
    const at = (commit: string, name: string) => source.objectsAt(commit)('web', [`/ConfigMap/default/${name}`], never);
    await head();
    await fixture.repository.commit({ files: { 'addons/web/web.yaml': configMap('a', '2') } });
    const { commit } = await head();
    const load = source.objectsAt(commit);
    await rename(join(machineDir(), 'source'), join(machineDir(), 'away'));
    expect(await load('web', A, never)).toMatchObject([{ data: { a: '2' } }]);
    await expect(load('web', A, never)).rejects.toMatchObject({ code: 'source.head-moved' });
    await expect(at(commit, 'b')).rejects.toMatchObject({ code: 'source.head-moved' });
    await rm(join(machineDir(), 'source'), { recursive: true, force: true });
    await rename(join(machineDir(), 'away'), join(machineDir(), 'source'));
    expect(await load('web', A, never)).toMatchObject([{ data: { a: '2' } }]);
    expect(await at(commit, 'b')).toHaveLength(1);
  });

  test('is not damaged where another head was read into an emptied store meanwhile: the head moved', async () => {
    const { commit } = await head();
    await source.objectsAt(commit)('web', A, never); // what came along with the head
    await rm(join(machineDir(), 'source'), { recursive: true });
    await fixture.repository.commit({ files: { 'addons/web/web.yaml': configMap('a', '2') } });
    await fixture.repositorySource().fetchSnapshot(); // depth 1: for whoever enrols
    const error = await failureOf(Promise.resolve(source.objectsAt(commit)('web', A, never)));
    expect(error).toMatchObject({ code: 'source.head-moved', retry: 'soon' });
  });

  test('is damaged where the store lacks what was fetched last, and is left to the next fetch', async () => {
    const { commit } = await head();
    await source.objectsAt(commit)('web', A, never); // what came along with the head
    const packs = join(machineDir(), 'source', 'objects', 'pack');
    for (const name of await readdir(packs)) await rm(join(packs, name));
    const error = await failureOf(Promise.resolve(source.objectsAt(commit)('web', A, never)));
    expect(error).toMatchObject({ code: 'source.store-corrupt' });
    expect((await head()).commit).toBe(commit);
  });

  test('is read beside a fetch that has emptied the store, and leaves what that writes', async () => {
    const { commit } = await head();
    await source.objectsAt(commit)('web', A, never); // what came along with the head
    const store = join(machineDir(), 'source');
    await rm(join(store, 'refs', 'heads', 'fetched'));
    await rm(join(store, 'objects', 'pack'), { recursive: true });
    await mkdir(join(store, 'objects', 'pack'));
    await writeFile(join(store, 'objects', 'pack', 'half'), 'half');
    const error = await failureOf(Promise.resolve(source.objectsAt(commit)('web', A, never)));
    expect(error).toMatchObject({ code: 'source.head-moved' });
    expect(await readdir(join(store, 'objects', 'pack'))).toEqual(['half']);
  });

  test('is, where it is not valid, told by diagnostics alone', async () => {
    await fixture.repository.commit({ files: { 'addons/web/web.yaml': 'kind: ConfigMap\n' } });
    const { definition, diagnostics, rendered } = await head();
    expect(definition).toBeUndefined();
    expect(new Set(diagnostics.map(({ file }) => file))).toEqual(new Set(['addons/web/web.yaml']));
    expect(rendered).toEqual([]);
  });

  test('is no index on a worker, which learns that it is valid, and one again where the machine is none any more', async () => {
    expect((await head()).rendered).toHaveLength(1);
    await recordMembership(machineDir(), { role: 'worker', nodeName: 'w-1' });
    const { rendered, definition } = await head();
    expect([rendered, definition?.cluster.name]).toEqual([undefined, 'lab']);
    await recordMembership(machineDir(), { role: 'control-plane', nodeName: 'w-1' });
    expect((await head()).rendered).toHaveLength(1);
  });
});

describe('the index', () => {
  const edited = async (edit: (text: string) => string): Promise<void> => {
    for (const name of await readdir(cacheDir())) {
      const file = join(cacheDir(), name);
      await writeFile(file, edit(await readFile(file, 'utf8')));
    }
  };
  const indexOf = async () => {
    source.forget();
    return (await head()).rendered?.[0]?.objects.map(({ name, digest }) => [name, digest]);
  };

  test('is kept by Git ids: what did not change is not read again', async () => {
    const before = await indexOf();
    await edited((text) => {
      const [header = '', body = ''] = text.split('\n');
      const marked = body.replaceAll(/"digest":"[\w-]+"/g, '"digest":"kept"');
      return `${header.slice(0, 64)} ${createHash('sha256').update(marked).digest('hex')}\n${marked}`;
    });
    expect(await indexOf()).toEqual(before?.map(([name]) => [name, 'kept']));
    await fixture.repository.commit({ files: { 'addons/web/web.yaml': configMap('a', '2') } });
    expect(await indexOf()).toEqual([
      ['b', 'kept'],
      ['a', expect.stringMatching(/^[\w-]{22}$/)],
    ]);
  });

  test.each([
    ['half-written', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['of another form', () => '{"version": 9}\n'],
    ['changed', (text: string) => text.replace(/"digest":"[\w-]+"/, '"digest":"AAAAAAAAAAAAAAAAAAAAAA"')],
    ['of another program', (text: string) => text.replace(/^[0-9a-f]{64}/, '0'.repeat(64))],
  ])('that is %s is made anew', async (_what, edit) => {
    const expected = await indexOf();
    await edited(edit);
    expect(await indexOf()).toEqual(expected);
  });

  test('of an add-on that left is let go of', async () => {
    await head();
    expect(await readdir(cacheDir())).toHaveLength(1);
    await fixture.repository.commit({ remove: ['addons'] });
    await head();
    expect(await readdir(cacheDir())).toEqual([]);
  });
});
