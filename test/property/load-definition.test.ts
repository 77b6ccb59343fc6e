import fc from 'fast-check';
import { test } from 'vitest';
import { stringify } from 'yaml';
import { loadDefinition } from '../../src/definition/load-definition.ts';
import type { SnapshotEntry } from '../../src/source/snapshot.ts';
import { CLUSTER, NODES } from '../definition/repository-files.ts';
import { snapshotOf } from '../support/snapshot-of.ts';

/** Either a definition or an error; every place is one a person can go to. */
function holds(files: Record<string, string | Uint8Array | SnapshotEntry>): boolean {
  const { definition, diagnostics } = loadDefinition(snapshotOf(files));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const placed = diagnostics.every(({ line, column }) => (line === 0 ? column === 0 : line > 0 && column > 0));
  return placed && (definition === undefined) === errors.length > 0;
}

const names = ['cluster.yaml', 'nodes.yaml', 'nodes/a.yaml', 'addons/a/addon.yaml', 'addons/a/b.yaml', 'x'];
const path = fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }));
const entry = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom<SnapshotEntry>(
    { type: 'symlink', oid: '' },
    { type: 'submodule', oid: '' },
    { type: 'oversized', oid: '', size: 1e9 },
  ),
);

test('the loader never throws on arbitrary bytes', () => {
  fc.assert(fc.property(fc.dictionary(path, entry, { maxKeys: 6 }), holds), { numRuns: 300 });
});

test('the loader never throws on arbitrary text made of what YAML is made of', () => {
  const piece = fc.constantFrom(
    ...'ab:-?[]{}&*!|>\'"%@#,\n\t ~.1',
    ': ',
    '- ',
    '\n  ',
    '<<: ',
    '&a ',
    '*a',
    '---\n',
    '!!str ',
  );
  const text = fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join(''));
  const files = fc.record({ 'cluster.yaml': text, 'nodes.yaml': text, 'addons/a/addon.yaml': text });
  fc.assert(fc.property(files, holds), { numRuns: 500 });
});

const fields = [
  ...[
    'spec',
    'metadata',
    'accepted',
    'rejected',
    'name',
    'key',
    'seeder',
    'network',
    'podSubnet',
    'kubeadm',
    'dependsOn',
  ],
  ...[
    'clusterConfiguration',
    'apiServer',
    'extraArgs',
    'labels',
    'taints',
    'guards',
    '__proto__',
    'constructor',
    'toString',
  ],
];
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(null, true, 1, -0.5, '', 'cp-1', '10.0.0.0/8', '1:2', 'worker', '*/5 * * * *'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 4 }),
  ),
}));

test('the loader never throws on our kinds with arbitrary values in their fields', () => {
  const document = (kind: string): fc.Arbitrary<string> =>
    fc
      .dictionary(fc.constantFrom(...fields), value, { maxKeys: 5 })
      .map((content) => stringify({ ...content, apiVersion: 'kubic.suse.com/v1beta1', kind }));
  const files = fc.record({
    'cluster.yaml': fc.oneof(document('Cluster'), fc.constant(CLUSTER)),
    'nodes.yaml': fc.oneof(document('NodeList'), fc.constant(NODES)),
    'addons/a/addon.yaml': document('Addon'),
    'addons/a/b.yaml': fc.constant(''),
  });
  fc.assert(fc.property(files, holds), { numRuns: 500 });
});
