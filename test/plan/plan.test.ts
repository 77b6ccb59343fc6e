import { describe, expect, it } from 'vitest';
import type { RenderedAddon } from '../../src/addons/rendered-addon.ts';
import type { MachineState } from '../../src/plan/actual.ts';
import { makePlan } from '../../src/plan/plan.ts';
import {
  cluster,
  clusterState,
  definition,
  fingerprint,
  machine,
  planInput,
  seederMachine,
  WORKER,
} from '../support/builders.ts';

const MEMBER: Partial<MachineState> = {
  membership: { state: 'member', role: 'control-plane', nodeName: 'cp-1' },
  clusterCA: `sha256:${'b'.repeat(64)}`,
};
const DIFFERS = clusterState({ access: { apply: ['ClusterRoleBinding kubic:get-nodes'], remove: [] } });

function kinds(declared = definition(), changes: Partial<MachineState> = {}): string[] {
  const actual = { machine: seederMachine({ ...MEMBER, ...changes }), cluster: DIFFERS };
  return makePlan(planInput(declared, actual)).actions.map(({ kind }) => kind);
}

describe('the rules of the cluster', () => {
  it('speak on a control plane of the list', () => {
    expect(kinds()).toEqual(['admission.access']);
  });

  it('speak on one that only runs another version', () => {
    expect(kinds(definition(), { kubeletVersion: 'v1.35.0' })).toEqual(['admission.access']);
  });

  it('say nothing where the cluster is not the one declared: its objects are not ours to change', () => {
    expect(kinds(definition({ cluster: cluster({ clusterCA: `sha256:${'a'.repeat(64)}` }) }))).toEqual([]);
  });

  it('say nothing on a control plane whose key was removed or rejected', () => {
    expect(kinds(definition({ accepted: [WORKER] }))).toEqual([]);
    expect(kinds(definition({ accepted: [WORKER], rejected: [{ key: fingerprint('S') }] }))).toEqual([]);
  });

  it('speak with the bootstrap, and not on a machine that only joins', () => {
    const web: RenderedAddon = { name: 'web', dependsOn: [], prune: true, drift: 'correct', digest: 'd', objects: [] };
    const kindsOf = (actual: MachineState): string[] =>
      makePlan({ ...planInput(definition(), { machine: actual }), rendered: [web] }).actions.map(({ kind }) => kind);
    expect(kindsOf(seederMachine())).toEqual(['kubeadm.init', 'control-plane.wait', 'addon.apply']);
    expect(kindsOf(machine())).toEqual(['kubeadm.join']);
  });
});
