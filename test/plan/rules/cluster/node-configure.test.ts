import { describe, expect, it } from 'vitest';
import type { AcceptedNode } from '../../../../src/definition/definition.ts';
import type { NodeState } from '../../../../src/plan/node-state.ts';
import { nodeConfigureRule } from '../../../../src/plan/rules/cluster/node-configure.ts';
import { clusterState, definition, planInput, SEEDER, seederMachine, WORKER } from '../../../support/builders.ts';

const node = (changes: Partial<NodeState> = {}): NodeState => ({
  name: 'w-1',
  uid: 'u',
  ready: true,
  kubeletVersion: 'v1.36.3',
  labels: { 'node-role.kubernetes.io/worker': '' },
  taints: [],
  ...changes,
});

function plan(worker: Partial<typeof WORKER>, state: NodeState) {
  const declared = definition({ accepted: [SEEDER, { ...WORKER, ...worker }] });
  return nodeConfigureRule(planInput(declared, { machine: seederMachine(), cluster: clusterState({ nodes: [state] }) }))
    .actions;
}

describe('labels and taints of the list', () => {
  it('cost nothing when they stand on the Node', () => {
    expect(
      plan({ labels: { disk: 'ssd' } }, node({ labels: { ...node().labels, disk: 'ssd', other: 'kept' } })),
    ).toEqual([]);
  });

  it('are set where they are absent or differ, and only those', () => {
    expect(
      plan({ labels: { disk: 'ssd', zone: 'a' } }, node({ labels: { ...node().labels, zone: 'a', disk: 'hdd' } })),
    ).toMatchObject([
      { kind: 'node.configure', spec: { node: 'w-1', labels: { disk: 'ssd' }, addTaints: [], removeTaints: [] } },
    ]);
  });

  it('give a worker its role', () => {
    expect(plan({}, node({ labels: {} }))).toMatchObject([
      { spec: { labels: { 'node-role.kubernetes.io/worker': '' } } },
    ]);
  });

  it('are disruptive when a taint evicts', () => {
    const taint = { key: 'maintenance', effect: 'NoExecute' } as const;
    expect(plan({ taints: [taint] }, node())).toMatchObject([{ impact: 'disruptive', spec: { addTaints: [taint] } }]);
  });

  it("take kubeadm's own taint off a control plane where the list is empty, and no other", () => {
    const ofKubeadm = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' } as const;
    const state = node({ name: 'cp-1', labels: {}, taints: [{ key: 'x', effect: 'NoExecute' }, ofKubeadm] });
    const planFor = (taints?: AcceptedNode['taints']) => {
      const declared = definition({ accepted: [{ ...SEEDER, ...(taints && { taints }) }] });
      const cluster = clusterState({ nodes: [state] });
      return nodeConfigureRule(planInput(declared, { machine: seederMachine(), cluster })).actions;
    };
    expect(planFor([])).toMatchObject([
      {
        reason: 'cp-1 has taint node-role.kubernetes.io/control-plane, which an empty list takes away',
        impact: 'safe',
        spec: { node: 'cp-1', labels: {}, addTaints: [], removeTaints: [ofKubeadm] },
      },
    ]);
    expect(planFor()).toEqual([]);
    expect(planFor([{ key: 'x', effect: 'NoExecute' }])).toEqual([]);
  });

  it('wait for a Node that is not there', () => {
    expect(plan({ labels: { disk: 'ssd' } }, node({ name: 'other' }))).toEqual([]);
  });
});
