import { describe, expect, test } from 'vitest';
import { addon, CLUSTER, clusterWith, diagnose, FILES, KEY_A, KEY_B, NODES } from './repository-files.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const HEADER = 'apiVersion: kubic.suse.com/v1beta1\nkind:';

describe('files', () => {
  test.each<[string, Parameters<typeof diagnose>[0], readonly string[]]>([
    [
      'an empty repository',
      {},
      [
        'cluster.yaml error definition.missing-file: cluster.yaml is missing: there is no file at all in the configured path',
        'nodes.yaml error definition.missing-file: nodes.yaml (or nodes/*.yaml) is missing: there is no file at all in the configured path',
      ],
    ],
    [
      'no cluster.yaml',
      { 'nodes.yaml': NODES },
      ['cluster.yaml error definition.missing-file: cluster.yaml is missing'],
    ],
    [
      'no node list',
      { 'cluster.yaml': CLUSTER },
      ['nodes.yaml error definition.missing-file: nodes.yaml (or nodes/*.yaml) is missing'],
    ],
    [
      'both forms of the node list',
      { ...FILES, 'nodes/w-2.yaml': `${HEADER} NodeList\naccepted: []\n` },
      ['nodes.yaml error definition.two-node-lists: nodes.yaml and nodes/w-2.yaml are both there'],
    ],
    [
      'a node file that would be overlooked',
      { ...FILES, 'nodes/w-2.yml': '' },
      ['nodes/w-2.yml error definition.misplaced-file: nodes/w-2.yml is not read'],
    ],
    [
      'a manifest beside the folders of the add-ons',
      { ...FILES, 'addons/web.yaml': CONFIG_MAP },
      ['addons/web.yaml warning definition.misplaced-file: addons/web.yaml is not read: an add-on is a folder'],
    ],
    [
      'a symbolic link',
      { ...FILES, 'a/link': { type: 'symlink', oid: '' } },
      ['a/link error definition.symlink: this is a symbolic link'],
    ],
    [
      'a submodule',
      { ...FILES, sub: { type: 'submodule', oid: '' } },
      ['sub error definition.submodule: this is a submodule'],
    ],
    [
      'a file of 100 MB',
      { ...FILES, 'addons/web/a.yaml': { type: 'oversized', oid: '', size: 100_000_000 } },
      ['addons/web/a.yaml error definition.too-large: the file has 100000000 bytes, more than is read of one'],
    ],
    [
      'an empty file',
      { ...FILES, 'cluster.yaml': '# nothing yet\n' },
      ['cluster.yaml error definition.empty-file: the file is empty; a Cluster belongs here'],
    ],
    [
      'a file that is no text',
      { ...FILES, 'addons/web/a.yaml': Buffer.from([0x61, 0x0a, 0x62, 0xff, 0xfe]) },
      ['addons/web/a.yaml:2:2 error definition.not-utf8: the file is not UTF-8: this byte cannot be decoded'],
    ],
    [
      'a control character in the name of an add-on',
      { ...FILES, 'addons/w\u001b[2Jb/a.yaml': CONFIG_MAP },
      [
        'addons/w\\u{1b}[2Jb error definition.addon-name: `w\\u{1b}[2Jb` cannot be the name of an add-on: control characters, no UTF-8, or more than 200 characters',
      ],
    ],
    [
      'an add-on without manifests',
      { ...FILES, 'addons/web/README.md': '' },
      ['addons/web warning definition.empty-addon: this add-on has no manifests'],
    ],
    [
      'a kustomization',
      { ...FILES, 'addons/web/kustomization.yaml': '', 'addons/web/a.yaml': CONFIG_MAP },
      [
        'addons/web/kustomization.yaml error definition.not-supported: kustomizations are not supported by this release',
      ],
    ],
    [
      'a chart',
      { ...FILES, 'addons/web/Chart.yaml': 'name: web' },
      ['addons/web/Chart.yaml error definition.not-supported: Helm charts are not supported by this release'],
    ],
  ])('%s', (_, files, expected) => {
    expect(diagnose(files)).toEqual(expected);
  });
});

describe('YAML', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((name, index) => {
      const previous = Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`);
      return `${name}: &${name} [${previous.join(',')}]`;
    }),
  ].join('\n');
  test.each<[string, string, readonly string[]]>([
    [
      'a tab for indentation',
      'spec:\n\tseeder: cp-1',
      ['2:1 error definition.yaml: Tabs are not allowed as indentation'],
    ],
    [
      'an unclosed bracket',
      'a: [1',
      ['1:6 error definition.yaml: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    [
      'an unknown tag',
      'a: !!js/function x',
      ['1:4 error definition.yaml: Unresolved tag: tag:yaml.org,2002:js/function'],
    ],
    ['an alias to nothing', 'a: *b', ['1:4 error definition.yaml: alias `*b` names no anchor before it']],
    [
      'a second document',
      `${CLUSTER}---\na: 1\n`,
      ['9:1 error definition.several-documents: a second YAML document begins here; only one is read'],
    ],
    [
      'a key twice',
      `${CLUSTER}  seeder: cp-1\n`,
      ['9:3 error definition.duplicate-key: key `seeder` stands twice, first in line 6'],
    ],
    ['an alias bomb', bomb, [' error definition.alias-bomb: aliases of aliases grow too large when they are expanded']],
    [
      'an alias inside of itself',
      'a: &a [*a]',
      ['1:8 error definition.alias-bomb: alias `*a` stands inside of what it names'],
    ],
    [
      'deep brackets',
      `a: ${'['.repeat(100_000)}`,
      [' error definition.too-deep: the YAML is nested too deeply to be read'],
    ],
    ['deep dashes', '- '.repeat(100_000), [' error definition.too-deep: the YAML is nested too deeply to be read']],
    [
      'deep indentation',
      Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      ['49:49 error definition.too-deep: nested more than 48 levels deep'],
    ],
    ['a number that is none', 'a: .nan', ['1:4 error definition.invalid-value: `NaN` is not a number that JSON has']],
    ['a list', '- a', ['1:1 error definition.wrong-kind: the file holds no mapping; a Cluster belongs here']],
    [
      'another kind',
      `${HEADER} NodeList\n`,
      ['2:7 error definition.wrong-kind: kind is `NodeList`; a Cluster belongs in this file'],
    ],
    [
      'another version',
      CLUSTER.replace('v1beta1', 'v1alpha2'),
      [
        '1:13 error definition.wrong-version: apiVersion is `kubic.suse.com/v1alpha2`; this program reads `kubic.suse.com/v1beta1`',
      ],
    ],
  ])('%s', (_, text, expected) => {
    const lines = expected.map((line) => `cluster.yaml${line.startsWith(' ') ? '' : ':'}${line}`);
    expect(diagnose({ ...FILES, 'cluster.yaml': text })).toEqual(lines);
  });

  test('more than a megabyte is not parsed', () => {
    expect(diagnose({ ...FILES, 'cluster.yaml': `#${'x'.repeat(1024 * 1024)}` })).toEqual([
      'cluster.yaml error definition.too-large: the file has 1048577 bytes, more than is read of one',
    ]);
  });

  test('brackets inside of text are no nesting', () => {
    const kubeadm = `  kubeadm: {kubeletConfiguration: {note: "${'['.repeat(100)}"}}`;
    expect(diagnose({ ...FILES, 'cluster.yaml': clusterWith(kubeadm) })).toEqual([]);
  });
});

describe('fields of cluster.yaml', () => {
  test.each<[string, string, string]>([
    [
      '  bogus: 1',
      '9:3 error definition.unknown-field: unknown field `bogus` in `spec`',
      'Remove it; the fields here are `kubernetesVersion`, `seeder`, `clusterCA`, `controlPlaneEndpoint`, `enrolment`, `network`, `schedule`, `components`, `kubeadm`, `upgrade` and `guards`.',
    ],
    [
      '  dnsDomain: a.b',
      '9:3 error definition.unknown-field: unknown field `dnsDomain` in `spec`',
      'Move it: `dnsDomain` belongs in `spec.network`.',
    ],
    [
      '  shedule: "* * * * *"',
      '9:3 error definition.unknown-field: unknown field `shedule`; did you mean `schedule`?',
      'Write `schedule`.',
    ],
    [
      '  upgrade:',
      '9:11 error definition.invalid-value: `spec.upgrade` is empty; it has to be a mapping',
      'Remove the line, or write a value.',
    ],
    [
      '  upgrade: {maxUnavailable: two}',
      '9:29 error definition.invalid-value: `spec.upgrade.maxUnavailable` is the text `two`; it has to be a whole number',
      'Write, for example, `1`.',
    ],
    [
      '  upgrade: {maxUnavailable: 0}',
      '9:29 error definition.invalid-value: `spec.upgrade.maxUnavailable` is `0`; it has to be at least 1',
      'Write, for example, `1`.',
    ],
    [
      '  upgrade: {drainTimeout: 5 minutes}',
      '9:27 error definition.invalid-value: `spec.upgrade.drainTimeout` cannot be `5 minutes`: its form is wrong',
      'Write a duration in s, m or h: `5m`.',
    ],
    [
      '  upgrade: {window: weekends}',
      '9:21 error definition.invalid-value: `spec.upgrade.window` cannot be `weekends`: its form is wrong',
      'Write days and hours in UTC: `Sat-Sun 22:00-04:00`, or null.',
    ],
    [
      '  guards: {maxRemovals: 120%}',
      '9:25 error definition.invalid-value: `spec.guards.maxRemovals` cannot be `120%`: its form is wrong',
      'Write a number of nodes or a share of them: `2` or `20%`.',
    ],
    [
      '  components: {source: cloud}',
      '9:24 error definition.invalid-value: `spec.components.source` cannot be `cloud`',
      'Write `host` or `image`.',
    ],
    [
      '  components: {source: image}',
      '9:3 error definition.missing-field: `image` is missing in `spec.components`: its source is `image`',
      'Add it, pinned by digest: `image: registry.example.com/kubic-components@sha256:<64 hex digits>`.',
    ],
    [
      `  components: {image: "r.example/k@sha256:${'a'.repeat(64)}"}`,
      '9:23 warning definition.invalid-value: `spec.components.image` has no effect: the source is `host`',
      'Remove it, or write `source: image`.',
    ],
    [
      '  schedule: "0 24 * * *"',
      '9:13 error definition.invalid-value: `spec.schedule` cannot be `0 24 * * *`: `24` is no hour within 0–23, nor a range or step of them',
      'Write five fields with spaces between, minute hour day month weekday: `*/5 * * * *`.',
    ],
    [
      '  enrolment: {endpoints: ["10.0.0.256:9443"]}',
      '9:27 error definition.invalid-value: `spec.enrolment.endpoints[0]` cannot be `10.0.0.256:9443`: the host is not an IP address',
      'Write a host and a port: `10.250.0.11:9443`.',
    ],
    [
      '  enrolment: {endpoints: ["a.b:70000"]}',
      '9:27 error definition.invalid-value: `spec.enrolment.endpoints[0]` cannot be `a.b:70000`: the port is not within 1–65535',
      'Write a host and a port: `10.250.0.11:9443`.',
    ],
    [
      '  enrolment: {endpoints: []}',
      '9:26 error definition.invalid-value: `spec.enrolment.endpoints` has too few entries; it needs at least 1',
      'Write, for example, `["10.250.0.11:9443"]`.',
    ],
    [
      '  clusterCA: sha256:abc',
      '9:14 error definition.invalid-value: `spec.clusterCA` cannot be `sha256:abc`: its form is wrong',
      'Write `sha256:` and 64 lower-case hex digits, as `kubic-init nodes accept` of the seeder writes it.',
    ],
  ])('%s', (line, message, remedy) => {
    expect(diagnose({ ...FILES, 'cluster.yaml': clusterWith(line) }, true)).toEqual([
      `cluster.yaml:${message}`,
      remedy,
    ]);
  });

  test.each<[string, string, string]>([
    [
      'v1.36.3',
      '1.36',
      '5:22 error definition.invalid-value: `spec.kubernetesVersion` is the number `1.36`; it has to be text',
    ],
    [
      'v1.36.3',
      'v1.36',
      '5:22 error definition.invalid-value: `spec.kubernetesVersion` cannot be `v1.36`: its form is wrong',
    ],
    [
      '10.250.0.11:6443',
      '10.250.0.11',
      '7:25 error definition.invalid-value: `spec.controlPlaneEndpoint` cannot be `10.250.0.11`: its form is wrong',
    ],
    [
      '10.96.0.0/16',
      '10.244.96.0/20',
      '8:54 error definition.overlapping-subnets: serviceSubnet `10.244.96.0/20` overlaps podSubnet `10.244.0.0/16`',
    ],
    [
      '10.96.0.0/16',
      '10.96.0.0/33',
      '8:54 error definition.invalid-value: `spec.network.serviceSubnet` cannot be `10.96.0.0/33`: the prefix length is not within 0–32',
    ],
    [
      '10.96.0.0/16',
      '10.96.0/16',
      '8:54 error definition.invalid-value: `spec.network.serviceSubnet` cannot be `10.96.0/16`: the address is not an IP address',
    ],
    [
      '10.96.0.0/16',
      '"10.96.0.0/16,10.97.0.0/16"',
      '8:54 error definition.invalid-value: `spec.network.serviceSubnet` cannot be `10.96.0.0/16,10.97.0.0/16`: two ranges have to be one of IPv4 and one of IPv6',
    ],
  ])('%s written as %s', (right, wrong, message) => {
    expect(diagnose({ ...FILES, 'cluster.yaml': CLUSTER.replace(right, wrong) })).toEqual([`cluster.yaml:${message}`]);
  });

  test('IPv4 and IPv6 ranges of dual stack are compared each with its own kind', () => {
    const dual = (pods: string, services: string): readonly string[] =>
      diagnose({
        ...FILES,
        'cluster.yaml': CLUSTER.replace('10.244.0.0/16', `"${pods}"`).replace('10.96.0.0/16', `"${services}"`),
      });
    expect(dual('10.244.0.0/16,fd00:1::/56', '10.96.0.0/16,fd00:2::/112')).toEqual([]);
    expect(dual('10.244.0.0/16,fd00:1::/56', '10.96.0.0/16,fd00:1::ff00/112')).toEqual([
      'cluster.yaml:8:68 error definition.overlapping-subnets: serviceSubnet `fd00:1::ff00/112` overlaps podSubnet `fd00:1::/56`',
    ]);
  });
});

describe('what kubic-init owns of kubeadm', () => {
  test.each<[string, string, string]>([
    [
      'clusterConfiguration: {kubernetesVersion: v1.35.0}',
      "9:36 error definition.owned-field: `kubeadm.clusterConfiguration.kubernetesVersion` is kubic-init's own",
      'Remove it. Set `spec.kubernetesVersion`.',
    ],
    [
      'clusterConfiguration: {certificatesDir: /tmp}',
      "9:36 error definition.owned-field: `kubeadm.clusterConfiguration.certificatesDir` is kubic-init's own",
      'Remove it.',
    ],
    [
      'clusterConfiguration: {etcd: {local: {dataDir: /srv/etcd}}}',
      "9:51 error definition.owned-field: `kubeadm.clusterConfiguration.etcd.local.dataDir` is kubic-init's own",
      'Remove it.',
    ],
    [
      'initConfiguration: {dryRun: true}',
      "9:33 error definition.owned-field: `kubeadm.initConfiguration.dryRun` is kubic-init's own",
      'Remove it.',
    ],
    [
      'clusterConfiguration: {apiServer: {extraArgs: [{name: v, value: "2"}, {name: authorization-mode, value: AlwaysAllow}]}}',
      "9:84 error definition.owned-field: entry `authorization-mode` of `kubeadm.clusterConfiguration.apiServer.extraArgs` is kubic-init's own",
      'Remove it.',
    ],
    [
      'clusterConfiguration: {apiServer: {extraVolumes: [{name: kubic-authorization}]}}',
      "9:64 error definition.owned-field: entry `kubic-authorization` of `kubeadm.clusterConfiguration.apiServer.extraVolumes` is kubic-init's own",
      'Remove it.',
    ],
    [
      'clusterConfiguration: {etcd: {local: {extraArgs: [{name: data-dir, value: /srv/etcd}]}}}',
      "9:64 error definition.owned-field: entry `data-dir` of `kubeadm.clusterConfiguration.etcd.local.extraArgs` is kubic-init's own",
      'Remove it.',
    ],
    [
      'clusterConfiguration: {apiServer: {extraArgs: {authorization-mode: AlwaysAllow}}}',
      '9:59 error definition.invalid-value: `spec.kubeadm.clusterConfiguration.apiServer.extraArgs` has to be a list of entries with a `name`',
      'Write entries as `- {name: v, value: "2"}`.',
    ],
    [
      'clusterConfiguration: {apiServer: null}',
      '9:47 error definition.invalid-value: `spec.kubeadm.clusterConfiguration.apiServer` has to be a mapping',
      'Write its fields below it.',
    ],
    [
      'initConfiguration: {bootstrapTokens: []}',
      "9:33 error definition.owned-field: `kubeadm.initConfiguration.bootstrapTokens` is kubic-init's own",
      'Remove it.',
    ],
    [
      'initConfiguration: {skipPhases: [bootstrap-token]}',
      "9:33 error definition.owned-field: `kubeadm.initConfiguration.skipPhases` is kubic-init's own",
      'Remove it. To leave kube-proxy out, set `clusterConfiguration: {proxy: {disabled: true}}`.',
    ],
    [
      'joinConfiguration: {discovery: {bootstrapToken: {token: x}}}',
      "9:33 error definition.owned-field: `kubeadm.joinConfiguration.discovery` is kubic-init's own",
      'Remove it.',
    ],
    [
      'joinConfiguration: {nodeRegistration: {name: other}}',
      "9:52 error definition.owned-field: `kubeadm.joinConfiguration.nodeRegistration.name` is kubic-init's own",
      "Remove it. Write it in the node's entry of the accepted list.",
    ],
    [
      'kubeletConfiguration: {rotateCertificates: false}',
      "9:36 error definition.owned-field: `kubeadm.kubeletConfiguration.rotateCertificates` is kubic-init's own",
      'Remove it.',
    ],
  ])('%s', (override, message, remedy) => {
    const cluster = clusterWith(`  kubeadm: {${override}}`);
    expect(diagnose({ ...FILES, 'cluster.yaml': cluster }, true)).toEqual([`cluster.yaml:${message}`, remedy]);
  });

  test('leaves everything else to the user', () => {
    const kubeadm = [
      '  kubeadm:',
      '    clusterConfiguration: {apiServer: {extraArgs: [{name: v, value: "2"}], certSANs: [api.example.com]}}',
      '    initConfiguration: {localAPIEndpoint: {advertiseAddress: 10.250.0.11}, nodeRegistration: {criSocket: "unix:///run/crio.sock"}}',
      '    kubeletConfiguration: {maxPods: 200, failCgroupV1: false}',
      '    kubeProxyConfiguration: {mode: nftables}',
    ];
    expect(diagnose({ ...FILES, 'cluster.yaml': clusterWith(kubeadm.join('\n')) })).toEqual([]);
  });
});

describe('node lists', () => {
  test.each<[string, string, readonly string[]]>([
    [
      '- {name: w-2}',
      'a worker without a key',
      [
        '6:3 error definition.missing-fingerprint: accepted node `w-2` has no `key`; only the seeder may lack it, until it has bootstrapped',
      ],
    ],
    [
      `- {name: w-2, key: "${KEY_B}="}`,
      'a padded key',
      [`6:20 error definition.invalid-value: \`accepted[2].key\` cannot be \`${KEY_B}=\`: its form is wrong`],
    ],
    [
      `- {name: w-2, key: "${KEY_B.slice(0, -1)}B"}`,
      'a second spelling of a key, by bits that do not count',
      [
        `6:20 error definition.invalid-value: \`accepted[2].key\` cannot be \`${KEY_B.slice(0, -1)}B\`: its form is wrong`,
      ],
    ],
    [
      `- {name: W-2, key: "${KEY_B}"}`,
      'a name in capitals',
      ['6:10 error definition.invalid-value: `accepted[2].name` cannot be `W-2`: its form is wrong'],
    ],
    [
      `- {name: w-2, key: "${KEY_B}", role: master}`,
      'an unknown role',
      ['6:80 error definition.invalid-value: `accepted[2].role` cannot be `master`'],
    ],
    [
      `- {name: w-2, key: "${KEY_B}", labels: {"a b": c}}`,
      'a label that is none',
      ['6:83 error definition.invalid-value: `a b` is not a valid key of `accepted[2].labels`'],
    ],
    [
      `- {name: w-2, key: "${KEY_B}", taints: [{key: gpu}]}`,
      'a taint without effect',
      ['6:83 error definition.missing-field: `effect` is missing in `accepted[2].taints[0]`'],
    ],
    [
      `- {name: w-2, key: "${KEY_B}", labels: {kubernetes.io/hostname: other}}`,
      "a label that is the kubelet's own",
      ["6:83 error definition.owned-field: label `kubernetes.io/hostname` is the kubelet's own"],
    ],
    [
      `rejected:\n- {key: "${KEY_A}"}`,
      'a key accepted and rejected',
      [`7:9 error definition.accepted-and-rejected: key \`${KEY_A}\` is also accepted, in line 5`],
    ],
    [
      `rejected:\n- {key: "${KEY_B}", name: w-1}`,
      'a name accepted and rejected',
      ['7:69 error definition.duplicate-name: name `w-1` stands twice, first in line 5'],
    ],
    [
      `rejected:\n- {key: "${KEY_B}"}\n- {key: "${KEY_B}"}`,
      'a key rejected twice',
      [`8:9 error definition.duplicate-fingerprint: key \`${KEY_B}\` stands twice, first in line 7`],
    ],
    [
      'rejected:\n- {name: w-9}',
      'a rejected machine without a key',
      ['7:3 error definition.missing-field: `key` is missing in `rejected[0]`'],
    ],
  ])('%s: %s', (lines, _, expected) => {
    expect(diagnose({ ...FILES, 'nodes.yaml': `${NODES}${lines}\n` })).toEqual(
      expected.map((line) => `nodes.yaml:${line}`),
    );
  });

  const boundTo = (...addresses: readonly string[]): string =>
    NODES.replace(`key: "${KEY_A}"`, `key: "${KEY_A}", addresses: ${JSON.stringify(addresses)}`);

  test('the addresses of a node are kept, however they are spelt', () => {
    expect(diagnose({ ...FILES, 'nodes.yaml': boundTo('10.250.0.21', 'FD00::15', 'w-1.example.com') })).toEqual([]);
  });

  test.each([
    [['::ffff:10.250.0.21'], /an IPv4 address is written with dots: 10.250.0.21/],
    [['W-1.example.com'], /a DNS name is in lower case here/],
    [['*.example.com'], /it is not a DNS name/],
    [['10.250.0.256'], /it is not an IP address/],
    [[], /needs at least 1/],
    [['10.250.0.21', '10.250.0.21'], /.*/],
  ])('a node cannot have the addresses %j', (addresses, reason) => {
    expect(diagnose({ ...FILES, 'nodes.yaml': boundTo(...addresses) })).toContainEqual(expect.stringMatching(reason));
  });

  test('an address stands with one node, however it is spelt', () => {
    const nodes = `${boundTo('fd00::15', 'a.example.com')}- {name: w-2, key: "${KEY_B}", addresses: ["FD00:0::15"]}\n`;
    expect(diagnose({ ...FILES, 'nodes.yaml': nodes })).toEqual([
      expect.stringMatching(
        /^nodes.yaml:6:\d+ error definition.duplicate-address: address `fd00::15` stands twice, first in line 5$/,
      ),
    ]);
  });

  test('the seeder has to be a control plane', () => {
    expect(diagnose({ ...FILES, 'nodes.yaml': NODES.replace(', role: control-plane', '') })).toEqual([
      'nodes.yaml:4:3 error definition.seeder-not-control-plane: seeder `cp-1` has role `worker`; it has to be a control plane',
    ]);
  });

  test('a name in two files is told with the other file', () => {
    const list = (key: string): string =>
      `${HEADER} NodeList\naccepted: [{name: cp-1, role: control-plane, key: "${key}"}]\n`;
    const files = { 'cluster.yaml': CLUSTER, 'nodes/a.yaml': list(KEY_A), 'nodes/b.yaml': list(KEY_B) };
    expect(diagnose(files)).toEqual([
      'nodes/b.yaml:3:19 error definition.duplicate-name: name `cp-1` stands twice, first in nodes/a.yaml:3',
    ]);
  });

  test('an empty list has no seeder', () => {
    expect(diagnose({ ...FILES, 'nodes.yaml': `${HEADER} NodeList\naccepted: []\n` })).toEqual([
      'cluster.yaml:6:11 error definition.seeder-not-accepted: seeder `cp-1` is not in the accepted list',
    ]);
  });

  test('where a list cannot be read, nothing is said of what it may hold', () => {
    expect(diagnose({ ...FILES, 'nodes.yaml': 'a: [' })).toHaveLength(1);
  });
});

describe('add-ons', () => {
  test('a circle of dependencies is named from end to end', () => {
    const files = Object.fromEntries(
      [
        ['a', '[b]'],
        ['b', '[c, d]'],
        ['c', '[a]'],
        ['d', '[]'],
      ].flatMap(([name = '', on = '']) => [
        [`addons/${name}/addon.yaml`, addon(on)],
        [`addons/${name}/a.yaml`, CONFIG_MAP],
      ]),
    ) as Record<string, string>;
    expect(diagnose({ ...FILES, ...files })).toEqual([
      'addons/c/addon.yaml:3:20 error definition.dependency-cycle: add-ons depend on each other in a circle: `a` → `b` → `c` → `a`',
    ]);
  });

  test('one that depends on itself is a circle', () => {
    expect(diagnose({ ...FILES, 'addons/a/addon.yaml': addon('[a]'), 'addons/a/a.yaml': CONFIG_MAP })).toEqual([
      'addons/a/addon.yaml:3:20 error definition.dependency-cycle: add-ons depend on each other in a circle: `a` → `a`',
    ]);
  });

  test.each(['renderer: helm', 'health: {}', 'ignore: []', 'decryption: sops'])('%s is of a later release', (field) => {
    const [name] = field.split(':');
    const text = `${HEADER} Addon\nspec:\n  ${field}\n`;
    expect(diagnose({ ...FILES, 'addons/a/addon.yaml': text, 'addons/a/a.yaml': CONFIG_MAP })).toEqual([
      `addons/a/addon.yaml:4:3 error definition.not-supported: \`spec.${name}\` is not supported by this release`,
    ]);
  });
});

test('a control character in a value does not reach the terminal', () => {
  const [line] = diagnose({ ...FILES, 'cluster.yaml': CLUSTER.replace('cp-1', '"cp\\e[31m\u202e1"') });
  expect(line).toContain('`cp\\u{1b}[31m\\u{202e}1`');
});
