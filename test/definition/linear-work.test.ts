import { beforeAll, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load-definition.ts';
import { uncommittedTexts } from '../../src/source/snapshot.ts';
import { countWork } from '../support/count-work.ts';

type Files = readonly (readonly [path: string, text: string])[];

const repeat = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const CLUSTER = `apiVersion: kubic.suse.com/v1beta1
kind: Cluster
spec:
  kubernetesVersion: v1.36.3
  seeder: cp-1
  controlPlaneEndpoint: 10.250.0.11:6443
  network: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16}
`;
const LIST = 'apiVersion: kubic.suse.com/v1beta1\nkind: NodeList\naccepted:\n';
const ADDON = 'apiVersion: kubic.suse.com/v1beta1\nkind: Addon\nspec:\n';
const key = (index: number): string => `SHA256:${String(index).padStart(42, 'A')}A`;
const inCluster = (more: string): Files => [['cluster.yaml', CLUSTER + more]];
const inNodes = (entries: string): Files => [
  ['cluster.yaml', CLUSTER],
  ['nodes.yaml', LIST + entries],
];
const addons = (size: number, spec: (index: number) => string): Files =>
  times(size, (i) => [`addons/a${i}/addon.yaml`, ADDON + spec(i)] as const);

const SIZE = 400;

const shapes: Readonly<Record<string, (size: number) => Files>> = {
  'unknown fields': (size) => inCluster(repeat(size, (i) => `  field${i}: 1\n`)),
  'a key that stands again and again': (size) => inCluster('  seeder: cp-1\n'.repeat(size)),
  'uses of one anchor': (size) => inCluster(`  x: [&a b, ${'*a, '.repeat(size)}]\n`),
  'anchors and their uses': (size) => inCluster(`  x: [${repeat(size, (i) => `&a${i} b, *a${i}, `)}]\n`),
  'slashes in a value': (size) => inCluster(`  schedule: "${'/'.repeat(size)}"\n`),
  comments: (size) => inCluster('  # c\n'.repeat(size)),
  machines: (size) => inNodes(repeat(size, (i) => `- {name: w-${i}, key: "${key(i)}"}\n`)),
  'machines that share labels': (size) =>
    inNodes(
      `- {name: cp-1, role: control-plane, labels: &l {a: b}}\n${repeat(size, (i) => `- {name: w-${i}, key: "${key(i)}", labels: *l}\n`)}`,
    ),
  'machines that are wrong': (size) => inNodes(repeat(size, (i) => `- {name: "${i}!", key: 1, rol: x}\n`)),
  'machines without a key': (size) => inNodes(repeat(size, (i) => `- {name: w-${i}}\n`)),
  'machines that stand twice': (size) => inNodes(repeat(size, () => `- {name: w-1, key: "${key(1)}"}\n`)),
  'lists of machines': (size) =>
    times(size, (i) => [`nodes/w-${i}.yaml`, `${LIST}- {name: w-${i}, key: "${key(i)}"}\n`] as const),
  'add-ons': (size) => addons(size, () => '  prune: false\n'),
  'add-ons that depend on nothing there': (size) => addons(size, (i) => `  dependsOn: [b${i}, c${i}]\n`),
  'add-ons in a chain': (size) => addons(size, (i) => `  dependsOn: [a${i + 1}, a${Math.max(0, i - 1)}]\n`),
  'add-ons in one circle': (size) => addons(size, (i) => `  dependsOn: [a${(i + 1) % size}]\n`),
  'files that are nearly read': (size) => times(size, (i) => [`nodes/w-${i}.yml`, ''] as const),
};

const work = (files: Files): Promise<number> => {
  const snapshot = uncommittedTexts(files);
  return countWork(/\/src\/|\/yaml\/dist\//, () => loadDefinition(snapshot));
};

// what is loaded and set up once
beforeAll(async () => {
  for (const shape of Object.values(shapes)) await work(shape(10));
}, 120_000);

test.for(Object.entries(shapes))(
  'loading costs twice as much where there is twice as much of: %s',
  { timeout: 120_000 },
  async ([, shape]) => {
    const [once, twice] = [await work(shape(SIZE)), await work(shape(2 * SIZE))];
    expect(once).toBeGreaterThan(SIZE);
    expect(twice / once).toBeLessThan(2.2);
  },
);

test('many machines may share the labels of one anchor', () => {
  const entries = `- {name: cp-1, role: control-plane, labels: &gpu {gpu: "1"}}\n${repeat(300, (i) => `- {name: w-${i}, key: "${key(i)}", labels: *gpu}\n`)}`;
  const { definition, diagnostics } = loadDefinition(uncommittedTexts(inNodes(entries)));
  expect(diagnostics).toEqual([]);
  expect(definition?.accepted.map(({ labels }) => labels)).toEqual(Array.from({ length: 301 }, () => ({ gpu: '1' })));
});
