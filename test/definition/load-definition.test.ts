import { describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load-definition.ts';
import { snapshotOf } from '../support/snapshot-of.ts';
import { addon, CLUSTER, clusterWith, diagnose, FILES, KEY_A, KEY_B, NODES } from './repository-files.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

describe('a valid repository', () => {
  test('is loaded with every default filled in', () => {
    const { definition, diagnostics } = loadDefinition(snapshotOf({ ...FILES, 'addons/web/a.yaml': CONFIG_MAP }));
    expect(diagnostics).toEqual([]);
    expect(definition).toEqual({
      cluster: {
        name: 'demo',
        kubernetesVersion: 'v1.36.3',
        seeder: 'cp-1',
        controlPlaneEndpoint: '10.250.0.11:6443',
        enrolmentEndpoints: ['10.250.0.11:9443'],
        network: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16', dnsDomain: 'cluster.local' },
        schedule: '* * * * *',
        components: { source: 'host' },
        kubeadm: {
          clusterConfiguration: {},
          initConfiguration: {},
          joinConfiguration: {},
          kubeletConfiguration: {},
          kubeProxyConfiguration: {},
        },
        upgrade: { maxUnavailable: 1, drainTimeout: '5m', window: null },
        guards: { maxRemovals: '20%', protect: ['Namespace/kube-system'], confirm: [] },
      },
      accepted: [
        { name: 'cp-1', role: 'control-plane', labels: {} },
        { name: 'w-1', key: KEY_A, role: 'worker', labels: {} },
      ],
      rejected: [],
      addons: [
        {
          name: 'web',
          dependsOn: [],
          prune: true,
          drift: 'correct',
          digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          files: [{ path: 'a.yaml', text: CONFIG_MAP, oid: 'ecbc12d601624ffc6292c4fad9ae4a8af8d9213d' }],
        },
      ],
    });
  });

  test('may be called after nothing: its name is then kubernetes', () => {
    const { definition } = loadDefinition(
      snapshotOf({ ...FILES, 'cluster.yaml': CLUSTER.replace(/metadata.*\n/, '') }),
    );
    expect(definition?.cluster.name).toBe('kubernetes');
  });

  test.each([
    ['api.example.com:6443', 'api.example.com:9443'],
    ['"[fd00::11]:6443"', '[fd00::11]:9443'],
  ])('has the enrolment endpoint of %s at %s', (endpoint, expected) => {
    const cluster = CLUSTER.replace('10.250.0.11:6443', endpoint);
    const { definition } = loadDefinition(snapshotOf({ ...FILES, 'cluster.yaml': cluster }));
    expect(definition?.cluster.enrolmentEndpoints).toEqual([expected]);
  });

  test('may hold further control planes, and components from an image', () => {
    const image = `registry.example.com/kubic@sha256:${'a'.repeat(64)}`;
    const { definition, diagnostics } = loadDefinition(
      snapshotOf({
        'cluster.yaml': clusterWith(`  components: {source: image, image: "${image}"}`),
        'nodes.yaml': `${NODES}- {name: cp-2, key: "${KEY_B}", role: control-plane}\n`,
      }),
    );
    expect(diagnostics).toEqual([]);
    expect(definition?.cluster.components).toEqual({ source: 'image', image });
    expect(definition?.accepted.map(({ role }) => role)).toEqual(['control-plane', 'worker', 'control-plane']);
  });

  test('may have a file per node, read in the order of their names', () => {
    const list = (entry: string): string => `apiVersion: kubic.suse.com/v1beta1\nkind: NodeList\n${entry}\n`;
    const { definition, diagnostics } = loadDefinition(
      snapshotOf({
        'cluster.yaml': CLUSTER,
        'nodes/w-1.yaml': list(`accepted: [{name: w-1, key: "${KEY_A}"}]`),
        'nodes/cp-1.yaml': list('accepted: [{name: cp-1, role: control-plane}]'),
        'nodes/lost.yaml': list(`rejected: [{key: "${KEY_B}", reason: stolen}]`),
        'nodes/README.md': 'not read',
      }),
    );
    expect(diagnostics).toEqual([]);
    expect(definition?.accepted.map(({ name }) => name)).toEqual(['cp-1', 'w-1']);
    expect(definition?.rejected).toEqual([{ key: KEY_B, reason: 'stolen' }]);
  });

  test('may have byte order marks, CRLF line ends, anchors, and files that are not ours', () => {
    const anchored = `${NODES.replace('w-1,', 'w-1, labels: &l {disk: ssd},')}- {name: w-2, key: "${KEY_B}", labels: *l}\n`;
    const { definition, diagnostics } = loadDefinition(
      snapshotOf({
        'cluster.yaml': `\ufeff${CLUSTER}`.replaceAll('\n', '\r\n'),
        'nodes.yaml': anchored,
        'README.md': '# Demo',
        'addons/README.md': '# Add-ons',
        '.github/workflows/check.yaml': 'on: push',
        'docs/big.bin': { type: 'oversized', oid: '', size: 100_000_000 },
      }),
    );
    expect(diagnostics).toEqual([]);
    expect(definition?.accepted.at(-1)?.labels).toEqual({ disk: 'ssd' });
  });

  test('knows an add-on by the id of its tree, and without one by its content', () => {
    const files = { ...FILES, 'addons/web/a.yaml': CONFIG_MAP };
    const digest = (snapshot: ReturnType<typeof snapshotOf>): string | undefined =>
      loadDefinition(snapshot).definition?.addons[0]?.digest;
    expect(digest({ ...snapshotOf(files), trees: new Map([['addons/web', 'abc']]) })).toBe('abc');
    expect(digest(snapshotOf(files))).not.toBe(digest(snapshotOf({ ...files, 'addons/web/a.yaml': '# changed' })));
  });

  test('names its add-ons in any language', () => {
    const { definition, diagnostics } = loadDefinition(snapshotOf({ ...FILES, 'addons/网络 🚀/a.json': '{}' }));
    expect(diagnostics).toEqual([]);
    expect(definition?.addons.map(({ name }) => name)).toEqual(['网络 🚀']);
  });
});

test('everything that is wrong is told at once, by file, line and column', () => {
  const lines = diagnose({
    'cluster.yaml': `${CLUSTER.replace('kubernetesVersion', 'kubernetsVersion').replace('cp-1', 'cp-2')}  schedule: hourly\n`,
    'nodes.yaml': `${NODES}- {name: w-1, key: "${KEY_A}"}\n`,
    'addons/web/addon.yaml': addon('[cnj]'),
    'addons/web/a.yaml': CONFIG_MAP,
    'addons/cni/a.yaml': CONFIG_MAP,
  });
  expect(lines).toEqual([
    'addons/web/addon.yaml:3:20 error definition.unknown-dependency: there is no add-on `cnj`; did you mean `cni`?',
    'cluster.yaml:4:1 error definition.missing-field: `kubernetesVersion` is missing in `spec`',
    'cluster.yaml:5:3 error definition.unknown-field: unknown field `kubernetsVersion`; did you mean `kubernetesVersion`?',
    'cluster.yaml:6:11 error definition.seeder-not-accepted: seeder `cp-2` is not in the accepted list; did you mean `cp-1`?',
    'cluster.yaml:9:13 error definition.invalid-value: `spec.schedule` cannot be `hourly`: 5 fields are needed, and it has 1',
    'nodes.yaml:4:3 error definition.missing-fingerprint: accepted node `cp-1` has no `key`; only the seeder may lack it, until it has bootstrapped',
    'nodes.yaml:6:10 error definition.duplicate-name: name `w-1` stands twice, first in line 5',
    `nodes.yaml:6:20 error definition.duplicate-fingerprint: key \`${KEY_A}\` stands twice, first in line 5`,
  ]);
});

test('a definition is there exactly when there is no error', () => {
  const warned = loadDefinition(snapshotOf({ ...FILES, 'addons/empty/addon.yaml': addon('[]') }));
  expect(warned.diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
  expect(warned.definition).toBeDefined();
  expect(loadDefinition(snapshotOf({ ...FILES, link: { type: 'symlink', oid: '' } })).definition).toBeUndefined();
});

test('a thousand problems are listed, and then how many more there are', () => {
  const nodes = Array.from({ length: 1200 }, (_, index) => `- {name: n-${index}, key: x-${index}}`).join('\n');
  const lines = diagnose({ ...FILES, 'nodes.yaml': `${NODES}${nodes}\n` });
  expect(lines).toHaveLength(1001);
  expect(lines.at(-1)).toMatch(/error definition\.more-problems: 200 more problems are not listed$/);
});
