import { describe, expect, it } from 'vitest';
import { bootstrapConfiguration } from '../../../../src/definition/bootstrap-configuration.ts';
import type { ClusterDefinition, KubeadmOverrides } from '../../../../src/definition/definition.ts';
import type { BootstrapRecord } from '../../../../src/plan/actual.ts';
import { configurationRule } from '../../../../src/plan/rules/cluster/configuration.ts';
import { cluster, clusterState, definition, planInput, seederMachine } from '../../../support/builders.ts';

function decide(changes: Partial<ClusterDefinition>, bootstrapRecord: BootstrapRecord) {
  const actual = { machine: seederMachine(), cluster: clusterState({ bootstrapRecord }) };
  return configurationRule(planInput(definition({ cluster: cluster(changes) }), actual));
}

/** What is held in a cluster that was made as the first says, and is declared as the second. */
function heldAfter(before: Partial<ClusterDefinition>, now: Partial<ClusterDefinition>): string[] {
  const { actions, held } = decide(now, {
    state: 'recorded',
    configuration: JSON.parse(JSON.stringify(bootstrapConfiguration(cluster(before)))),
  });
  expect(actions).toEqual([]);
  return held.map(({ code, subject, reason }) => `${code} ${subject}: ${reason}`);
}

function kubeadm(changes: Partial<KubeadmOverrides>): Partial<ClusterDefinition> {
  return { kubeadm: { ...cluster().kubeadm, ...changes } };
}

describe('what a cluster is made with', () => {
  it('is recorded where it is not', () => {
    expect(decide({}, { state: 'absent' })).toMatchObject({ actions: [{ kind: 'bootstrap.record' }], held: [] });
  });

  it('is not recorded anew over what cannot be read: that is held', () => {
    const { actions, held } = decide({}, { state: 'unreadable' });
    expect(actions).toEqual([]);
    expect(held.map(({ code }) => code)).toEqual(['kubeadm.configuration-held']);
  });

  it('is nothing to speak of while it is declared as it was', () => {
    const values = kubeadm({ kubeletConfiguration: { readOnlyPort: 0, evictionHard: {}, allowed: [] } });
    expect(heldAfter(values, values)).toEqual([]);
    expect(heldAfter({}, { kubernetesVersion: 'v1.37.0', schedule: '*/5 * * * *' })).toEqual([]);
  });

  it('is held field by field where it is declared otherwise', () => {
    const network = { ...cluster().network, podSubnet: '10.1.0.0/16' };
    expect(heldAfter({}, { name: 'other', controlPlaneEndpoint: 'api:6443', network })).toEqual([
      'kubeadm.configuration-held metadata.name: was `demo`, is now `other`',
      'kubeadm.configuration-held controlPlaneEndpoint: was `10.250.0.11:6443`, is now `api:6443`',
      'kubeadm.configuration-held network.podSubnet: was `10.244.0.0/16`, is now `10.1.0.0/16`',
    ]);
  });

  it('is held also where a field was added or taken out, false and 0 included', () => {
    expect(
      heldAfter(
        kubeadm({ kubeletConfiguration: { maxPods: 50 } }),
        kubeadm({ kubeletConfiguration: { failSwapOn: false } }),
      ),
    ).toEqual([
      'kubeadm.configuration-held kubeadm.kubeletConfiguration.maxPods: was `50`, is now not set',
      'kubeadm.configuration-held kubeadm.kubeletConfiguration.failSwapOn: was not set, is now `false`',
    ]);
  });

  it('is told without what lists hold, nor what steers a terminal', () => {
    const values = (value: string): Partial<ClusterDefinition> =>
      kubeadm({
        clusterConfiguration: { apiServer: { extraEnvs: [{ name: 'TOKEN', value }] } },
        kubeletConfiguration: { 'a\u001b[31m': value },
      });
    const held = heldAfter(values('one'), values('two\u001b[2J'));
    expect(held[0]).toBe('kubeadm.configuration-held kubeadm.clusterConfiguration.apiServer.extraEnvs: has changed');
    expect(held.join()).not.toContain('\u001b');
    const lists = kubeadm({ kubeletConfiguration: { allowedUnsafeSysctls: ['kernel.msg*'] } });
    for (const [before, now] of [[{}, lists] as const, [lists, {}] as const]) {
      expect(heldAfter(before, now)).toEqual([
        'kubeadm.configuration-held kubeadm.kubeletConfiguration.allowedUnsafeSysctls: has changed',
      ]);
    }
  });

  it('is not told without end', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, index]));
    const held = heldAfter({}, kubeadm({ kubeletConfiguration: many }));
    expect(held).toHaveLength(21);
    expect(held.at(-1)).toBe('kubeadm.configuration-held demo: 480 more fields have changed');
  });

  it('does not count what machines read when they join', () => {
    expect(heldAfter({}, kubeadm({ joinConfiguration: { timeouts: { discovery: '1m' } } }))).toEqual([]);
  });
});
