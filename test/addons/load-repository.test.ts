import { expect, it } from 'vitest';
import { loadRepository } from '../../src/addons/load-repository.ts';
import { FILES } from '../definition/repository-files.ts';
import { snapshotOf } from '../support/snapshot-of.ts';

it('tells what is wrong with a manifest also where cluster.yaml has errors', () => {
  const files = { ...FILES, 'cluster.yaml': 'kind: [', 'addons/web/a.yaml': 'kind: ConfigMap\n' };
  const { definition, diagnostics } = loadRepository(snapshotOf(files));
  expect(definition).toBeUndefined();
  const inFiles = diagnostics.map(({ file }) => file);
  expect(inFiles).toContain('cluster.yaml');
  expect(inFiles).toContain('addons/web/a.yaml');
});

it('answers no definition where only a manifest is wrong', () => {
  const { definition, diagnostics } = loadRepository(
    snapshotOf({ ...FILES, 'addons/web/a.yaml': 'kind: ConfigMap\n' }),
  );
  expect(definition).toBeUndefined();
  expect(diagnostics.map(({ file }) => file)).toEqual(['addons/web/a.yaml', 'addons/web/a.yaml']);
});
