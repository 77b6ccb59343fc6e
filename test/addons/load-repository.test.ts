import { expect, it } from 'vitest';
import { loadRepository } from '../../src/addons/load-repository.ts';
import { FILES } from '../definition/repository-files.ts';
import { snapshotOf } from '../support/snapshot-of.ts';

it('tells what is wrong with a manifest also where cluster.yaml has errors', async () => {
  const files = { ...FILES, 'cluster.yaml': 'kind: [', 'addons/web/a.yaml': 'kind: ConfigMap\n' };
  const { definition, diagnostics } = loadRepository(snapshotOf(files));
  expect(definition).toBeUndefined();
  const inFiles = diagnostics.map(({ file }) => file);
  expect(inFiles).toContain('cluster.yaml');
  expect(inFiles).toContain('addons/web/a.yaml');
});

it('answers no definition where only a manifest is wrong', async () => {
  const { definition, diagnostics } = loadRepository(
    snapshotOf({ ...FILES, 'addons/web/a.yaml': 'kind: ConfigMap\n' }),
  );
  expect(definition).toBeUndefined();
  expect(diagnostics.map(({ file }) => file)).toEqual(['addons/web/a.yaml', 'addons/web/a.yaml']);
});

it('finds that two manifests are one object where only a namespace that means nothing tells them apart', async () => {
  const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: issuers.example.com}
spec: {group: example.com, scope: Cluster, names: {kind: Issuer, plural: issuers}}
`;
  const issuer = (namespace: string): string =>
    `---\napiVersion: example.com/v1\nkind: Issuer\nmetadata: {name: ca, namespace: ${namespace}}\n`;
  const files = { ...FILES, 'addons/web/a.yaml': definition + issuer('a') };
  expect(loadRepository(snapshotOf(files)).diagnostics).toEqual([]);
  const twice = { ...files, 'addons/web/b.yaml': issuer('b') };
  expect(loadRepository(snapshotOf(twice)).diagnostics).toMatchObject([
    { code: 'addons.duplicate-object', file: 'addons/web', message: expect.stringContaining('Issuer b/ca') },
  ]);
});
