import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import {
  RESUME_IGNORES,
  renderInitConfiguration,
  renderJoinConfiguration,
} from '../../../src/execute/kubeadm/configuration.ts';
import { mergeOverrides } from '../../../src/execute/kubeadm/merge-overrides.ts';
import { readAsKubectl } from '../../addons/kubectl/reader.ts';
import { cluster, SEEDER, WORKER } from '../../support/builders.ts';

type Document = Record<string, any>;
function documents(text: string): Record<string, Document | undefined> {
  return Object.fromEntries(parseAllDocuments(text).map((document) => [document.toJS().kind, document.toJS()]));
}

describe('the configuration for kubeadm init', () => {
  it('has the version, endpoint and network of cluster.yaml, and the authorization configuration', () => {
    const { ClusterConfiguration } = documents(renderInitConfiguration(cluster(), SEEDER, false));
    expect(ClusterConfiguration).toMatchObject({
      clusterName: 'demo',
      kubernetesVersion: 'v1.36.3',
      controlPlaneEndpoint: '10.250.0.11:6443',
      networking: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16', dnsDomain: 'cluster.local' },
      apiServer: { extraArgs: [{ name: 'authorization-config' }], extraVolumes: [{ readOnly: true }] },
    });
  });

  it('gives its one token no rights, and that for a minute', () => {
    const { InitConfiguration } = documents(renderInitConfiguration(cluster(), SEEDER, false));
    expect(InitConfiguration?.bootstrapTokens).toEqual([
      { ttl: '1m0s', usages: ['signing', 'authentication'], groups: ['system:bootstrappers:kubic:nothing'] },
    ]);
  });

  it('ignores exactly what a resumed init leaves, beside what the user ignores', () => {
    const kubeadm = {
      ...cluster().kubeadm,
      initConfiguration: {
        localAPIEndpoint: { bindPort: 7443 },
        nodeRegistration: { ignorePreflightErrors: ['SystemVerification'] },
      },
    };
    const ignored = (resume: boolean) =>
      documents(renderInitConfiguration(cluster({ kubeadm }), SEEDER, resume)).InitConfiguration?.nodeRegistration
        .ignorePreflightErrors;
    expect(ignored(false)).toEqual(['SystemVerification']);
    expect(ignored(true)).toEqual(['SystemVerification', ...RESUME_IGNORES, 'Port-7443']);
  });

  it('keeps our arguments beside the arguments of an override', () => {
    const kubeadm = {
      ...cluster().kubeadm,
      clusterConfiguration: { apiServer: { extraArgs: [{ name: 'audit-log-path', value: '-' }] } },
    };
    const { ClusterConfiguration } = documents(renderInitConfiguration(cluster({ kubeadm }), SEEDER, false));
    expect(ClusterConfiguration?.apiServer.extraArgs.map((argument: Document) => argument.name)).toEqual([
      'authorization-config',
      'audit-log-path',
    ]);
  });

  it('leaves the taints of a control plane to kubeadm unless the list has some, or none in so many words', () => {
    const taints = [{ key: 'a', effect: 'NoSchedule' }] as const;
    const registration = (node: typeof SEEDER) =>
      documents(renderInitConfiguration(cluster(), node, false)).InitConfiguration?.nodeRegistration;
    expect(registration(SEEDER)).not.toHaveProperty('taints');
    expect(registration({ ...SEEDER, taints })).toMatchObject({ taints });
    expect(registration({ ...SEEDER, taints: [] })).toMatchObject({ taints: [] });
  });
});

describe('the configuration for kubeadm', () => {
  it('has every text as it was declared, also what YAML 1.1 takes for something else', async () => {
    const texts = [
      'no',
      'on',
      'y',
      '0o17',
      '1_000',
      '0b1',
      '<<',
      '~',
      '1e3',
      '2026-01-01',
      '12:30',
      '',
      ' a',
      'a: b #c',
      '{',
      '%',
    ];
    const extraArgs = texts.map((value, index) => ({ name: `arg-${index}`, value }));
    const kubeadm = {
      ...cluster().kubeadm,
      kubeletConfiguration: { a: texts, y: 'n' },
      clusterConfiguration: { scheduler: { extraArgs } },
    };
    const [read] = await readAsKubectl([renderInitConfiguration(cluster({ kubeadm }), SEEDER, false)]);
    const documentsRead = read?.map((json) => JSON.parse(json) as Document) ?? [];
    expect(documentsRead.find(({ kind }) => kind === 'ClusterConfiguration')?.scheduler).toEqual({ extraArgs });
    expect(documentsRead.find(({ kind }) => kind === 'KubeletConfiguration')).toMatchObject({ a: texts, y: 'n' });
  });
});

describe('the configuration for kubeadm join', () => {
  it('discovers by file and has no token', () => {
    const text = renderJoinConfiguration(cluster(), WORKER, '/run/x.conf');
    expect(documents(text).JoinConfiguration?.discovery).toEqual({ file: { kubeConfigPath: '/run/x.conf' } });
    expect(text).not.toContain('oken');
  });

  it('gives the kubelet only labels it may set itself', () => {
    const labels = {
      disk: 'ssd',
      'node-role.kubernetes.io/gpu': '',
      'node.kubernetes.io/tier': 'a',
      'example.com/x': 'y',
    };
    const { JoinConfiguration } = documents(renderJoinConfiguration(cluster(), { ...WORKER, labels }, '/run/x.conf'));
    expect(JoinConfiguration?.nodeRegistration.kubeletExtraArgs).toEqual([
      { name: 'node-labels', value: 'disk=ssd,node.kubernetes.io/tier=a,example.com/x=y' },
    ]);
  });
});

describe('mergeOverrides', () => {
  it.each([
    [{ a: 1, b: { c: 2 } }, { b: { d: 3 } }, { a: 1, b: { c: 2, d: 3 } }],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [
      { a: [{ name: 'x', value: '1' }] },
      { a: [{ name: 'x', value: '2' }, { name: 'y' }] },
      { a: [{ name: 'x', value: '2' }, { name: 'y' }] },
    ],
    [{ a: { b: 1 } }, { a: null }, { a: null }],
  ])('merges %j and %j', (base, overrides, merged) => {
    expect(mergeOverrides(base, overrides)).toEqual(merged);
  });
});
