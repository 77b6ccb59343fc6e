import type { AcceptedNode } from '../../../definition/definition.ts';
import { enrolmentPins } from '../../node-entry.ts';
import { act, hold, nothing, type PlanInput, type RuleResult } from '../../rule.ts';
import { bootstrapRule } from './bootstrap.ts';
import { joinRule } from './join.ts';

/** Whether this machine is a member of the cluster as the list says: asks for admission, bootstraps, joins, or holds. */
export function membershipRule(input: PlanInput): RuleResult {
  const { standing, actual } = input;
  if (standing.kind === 'rejected') {
    const isMember = actual.machine.membership.state === 'member';
    const reason = `${standing.node.reason ?? 'no reason given'}${isMember ? '; it still is a member until it is taken out by hand' : ''}`;
    return hold('admission.rejected', standing.node.name ?? actual.machine.claimedName, reason);
  }
  if (standing.kind === 'unknown') return unknownMachine(input);
  if (actual.machine.membership.state === 'member') return memberRule(input, standing.node);
  return newcomerRule(input, standing.node);
}

function unknownMachine({ definition, actual }: PlanInput): RuleResult {
  const { machine } = actual;
  if (machine.membership.state === 'member') {
    return hold('admission.removed', machine.membership.nodeName, 'its key is not in the accepted list');
  }
  const pins = enrolmentPins(definition);
  if (pins.length === 0) {
    return hold(
      'admission.no-control-plane-key',
      machine.claimedName,
      'no accepted control plane has a key in the list',
    );
  }
  const endpoints = definition.cluster.enrolmentEndpoints;
  return act({
    kind: 'node.enrol',
    scope: 'node',
    impact: 'safe',
    reason: `${machine.fingerprint} is neither accepted nor rejected`,
    spec: { nodeName: machine.claimedName, endpoints, pins },
  });
}

function memberRule({ definition, actual }: PlanInput, node: AcceptedNode): RuleResult {
  const { membership, clusterCA, kubeletVersion } = actual.machine;
  if (membership.state !== 'member') return nothing;
  if (membership.nodeName !== node.name || membership.role !== node.role) {
    return hold('kubeadm.role-changed', membership.nodeName, `it joined as ${membership.role} ${membership.nodeName}`);
  }
  const declaredCA = definition.cluster.clusterCA;
  if (declaredCA !== undefined && clusterCA !== undefined && declaredCA !== clusterCA) {
    return hold('kubeadm.other-cluster', node.name, `its cluster CA is ${clusterCA}`);
  }
  const declared = definition.cluster.kubernetesVersion;
  if (kubeletVersion !== undefined && kubeletVersion !== declared) {
    return hold('kubeadm.version-held', node.name, `runs ${kubeletVersion}, cluster.yaml says ${declared}`);
  }
  return nothing;
}

function newcomerRule(input: PlanInput, node: AcceptedNode): RuleResult {
  const { machine } = input.actual;
  if (machine.membership.state === 'foreign') {
    return hold('kubeadm.foreign-membership', node.name, machine.membership.evidence);
  }
  const components = heldComponents(input, node);
  if (components) return components;
  if (node.name === input.definition.cluster.seeder) return bootstrapRule(input, node);
  if (node.role === 'control-plane') return hold('kubeadm.control-plane-join', node.name, 'its role is control-plane');
  return joinRule(input, node);
}

function heldComponents({ definition, actual }: PlanInput, node: AcceptedNode): RuleResult | undefined {
  const { components, kubernetesVersion } = definition.cluster;
  const { kubeadmVersion, kubeletVersion } = actual.machine;
  if (components.source === 'image') return hold('kubeadm.components-image', node.name, 'components.source is image');
  if (kubeadmVersion === undefined || kubeletVersion === undefined) {
    const missing = kubeadmVersion === undefined ? 'kubeadm' : 'kubelet';
    return hold('kubeadm.missing', node.name, `${missing} is not on the PATH; install ${kubernetesVersion}`);
  }
  if (kubeadmVersion !== kubernetesVersion || kubeletVersion !== kubernetesVersion) {
    const found = `kubeadm is ${kubeadmVersion}, kubelet is ${kubeletVersion}; install ${kubernetesVersion}`;
    return hold('kubeadm.version-mismatch', node.name, found);
  }
  return undefined;
}
