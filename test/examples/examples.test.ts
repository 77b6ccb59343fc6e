import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadRepository } from '../../src/addons/load-repository.ts';
import { readDirectory } from '../../src/source/tree/read-directory.ts';

const root = join(import.meta.dirname, '../..');

const expected = {
  minimal: { nodes: ['cp-1 control-plane'], addons: [] },
  addons: { nodes: ['cp-1 control-plane'], addons: ['cni', 'web after cni'] },
  'several-workers': {
    nodes: ['cp-1 control-plane', 'w-1 worker', 'w-2 worker', 'w-3 worker'],
    addons: ['cni'],
  },
} as const;

test('every example is one that is tested', async () => {
  const directories = (await readdir(join(root, 'examples'), { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  expect(new Set(directories.map(({ name }) => name))).toEqual(new Set(Object.keys(expected)));
});

test.each(Object.entries(expected))(
  '%s is valid without a warning and says what its README says',
  async (name, { nodes, addons }) => {
    const { definition, diagnostics } = loadRepository(await readDirectory(join(root, 'examples', name)));
    expect(diagnostics).toEqual([]);
    expect(definition?.cluster.name).toBe(name);
    expect(definition?.accepted.map((node) => `${node.name} ${node.role}`)).toEqual(nodes);
    expect(definition?.addons.map((addon) => [addon.name, ...addon.dependsOn].join(' after '))).toEqual(addons);
  },
);

test.each(Object.keys(expected))('the editor finds the schemas that the files of %s name', async (name) => {
  const directory = join(root, 'examples', name);
  const snapshot = await readDirectory(directory);
  const named = [...snapshot.entries].flatMap(([path, entry]) => {
    const text = entry.type === 'file' ? Buffer.from(entry.content).toString() : '';
    const [, schema] = /^# yaml-language-server: \$schema=(.*)$/m.exec(text) ?? [];
    return schema === undefined ? [] : [join(directory, path, '..', schema)];
  });
  expect(named.length).toBeGreaterThanOrEqual(2);
  for (const path of named) expect(JSON.parse(await readFile(path, 'utf8'))).toHaveProperty('$schema');
});

test.each(['addons', 'several-workers'])('the network of %s is the one the lab uses', async (name) => {
  const lab = await readFile(join(root, 'test/lab/addons/cni/cni.yaml'), 'utf8');
  expect(await readFile(join(root, 'examples', name, 'addons/cni/cni.yaml'), 'utf8')).toBe(lab);
});
