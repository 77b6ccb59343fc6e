import { bootstrapConfiguration } from '../../src/definition/bootstrap-configuration.ts';
import type { AcceptedNode, ClusterDefinition, Definition } from '../../src/definition/definition.ts';
import type { Actual, ClusterState, MachineState } from '../../src/plan/actual.ts';
import { findStanding } from '../../src/plan/node-entry.ts';
import type { PlanInput } from '../../src/plan/rule.ts';

/** A fingerprint that is well-formed and told apart by its first character. */
export function fingerprint(letter: string): string {
  return `SHA256:${letter}${'A'.repeat(42)}`;
}

export const SEEDER: AcceptedNode = {
  name: 'cp-1',
  key: fingerprint('S'),
  role: 'control-plane',
  labels: {},
};

export const WORKER: AcceptedNode = { name: 'w-1', key: fingerprint('W'), role: 'worker', labels: {}, taints: [] };

export function cluster(changes: Partial<ClusterDefinition> = {}): ClusterDefinition {
  return {
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
    guards: { maxRemovals: '20%', protect: [], confirm: [] },
    ...changes,
  };
}

export function definition(changes: Partial<Definition> = {}): Definition {
  return { cluster: cluster(), accepted: [SEEDER, WORKER], rejected: [], addons: [], ...changes };
}

/** A machine nothing was ever done to, with the right components installed. */
export function machine(changes: Partial<MachineState> = {}): MachineState {
  return {
    claimedName: 'w-1',
    fingerprint: fingerprint('W'),
    membership: { state: 'none' },
    differingFiles: [],
    kubeadmVersion: 'v1.36.3',
    kubeletVersion: 'v1.36.3',
    etcdData: false,
    kubeletConfigured: false,
    kubeadmFiles: [],
    ...changes,
  };
}

export function seederMachine(changes: Partial<MachineState> = {}): MachineState {
  return machine({ claimedName: 'cp-1', fingerprint: fingerprint('S'), ...changes });
}

/** The record of a cluster that was made as `cluster()` says. */
export const RECORDED = { state: 'recorded', configuration: bootstrapConfiguration(cluster()) } as const;

export function clusterState(changes: Partial<ClusterState> = {}): ClusterState {
  return { nodes: [], addons: [], access: { apply: [], remove: [] }, bootstrapRecord: RECORDED, ...changes };
}

/** What the rules are given: the standing follows from the definition and the machine, as in a sync. */
export function planInput(declared: Definition, actual: Actual): PlanInput {
  const standing = findStanding(declared, actual.machine.fingerprint, actual.machine.claimedName);
  return { definition: declared, rendered: [], standing, actual };
}
