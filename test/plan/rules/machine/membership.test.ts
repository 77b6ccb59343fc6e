import { describe, expect, it } from 'vitest';
import type { Definition } from '../../../../src/definition/definition.ts';
import type { MachineState } from '../../../../src/plan/actual.ts';
import { membershipRule } from '../../../../src/plan/rules/machine/membership.ts';
import {
  cluster,
  definition,
  fingerprint,
  machine,
  planInput,
  SEEDER,
  seederMachine,
  WORKER,
} from '../../../support/builders.ts';

function outcome(declared: Definition, state: MachineState): string[] {
  const { actions, held } = membershipRule(planInput(declared, { machine: state }));
  return [...actions.map((action) => action.kind), ...held.map(({ code }) => `held ${code}`)];
}

const member = (role: 'control-plane' | 'worker', nodeName: string) => ({ state: 'member', role, nodeName }) as const;
const KEYLESS = definition({ accepted: [{ name: 'cp-1', role: 'control-plane', labels: {}, taints: [] }] });
const WITH_CA = definition({ cluster: cluster({ clusterCA: `sha256:${'a'.repeat(64)}` }) });

describe('a machine nobody decided on', () => {
  it('asks for admission and nothing else', () => {
    expect(outcome(definition(), machine({ fingerprint: fingerprint('X') }))).toEqual(['node.enrol']);
  });

  it('asks also when its hostname is that of an accepted node: the key decides', () => {
    const { actions } = membershipRule(
      planInput(definition(), { machine: machine({ fingerprint: fingerprint('X') }) }),
    );
    expect(actions).toMatchObject([{ kind: 'node.enrol', spec: { nodeName: 'w-1', pins: [SEEDER.key] } }]);
  });

  it('is held while no accepted control plane has a key: there is nobody it could trust', () => {
    expect(outcome(KEYLESS, machine())).toEqual(['held admission.no-control-plane-key']);
  });
});

describe('a rejected machine', () => {
  it('does nothing and is told the reason', () => {
    const declared = definition({
      rejected: [{ key: fingerprint('W'), name: 'w-1', reason: 'stolen' }],
      accepted: [SEEDER],
    });
    const { held, actions } = membershipRule(planInput(declared, { machine: machine() }));
    expect(actions).toEqual([]);
    expect(held).toEqual([{ code: 'admission.rejected', subject: 'w-1', reason: 'stolen' }]);
  });
});

describe('the seeder', () => {
  it('initialises the cluster and waits for its health', () => {
    expect(outcome(definition(), seederMachine())).toEqual(['kubeadm.init', 'control-plane.wait']);
  });

  it('is known by its name while it stands in the list without a key', () => {
    expect(outcome(KEYLESS, seederMachine({ fingerprint: fingerprint('Z') }))).toEqual([
      'kubeadm.init',
      'control-plane.wait',
    ]);
  });

  it('is not any machine of another name while it stands in the list without a key', () => {
    expect(outcome(KEYLESS, machine({ claimedName: 'cp-2' }))).not.toContain('kubeadm.init');
  });

  it('cleans up an interrupted init that has no etcd data, then begins anew', () => {
    const state = seederMachine({
      membership: { state: 'interrupted', by: 'init' },
      kubeadmFiles: ['/etc/kubernetes/admin.conf'],
    });
    expect(outcome(definition(), state)).toEqual(['kubeadm.clean', 'kubeadm.init', 'control-plane.wait']);
  });

  it('resumes an interrupted init that has etcd data and removes nothing', () => {
    const state = seederMachine({
      membership: { state: 'interrupted', by: 'init' },
      kubeadmFiles: ['/var/lib/etcd/member'],
      etcdData: true,
    });
    const { actions } = membershipRule(planInput(definition(), { machine: state }));
    expect(actions.map((action) => action.kind)).toEqual(['kubeadm.init', 'control-plane.wait']);
    expect(actions[0]?.spec).toMatchObject({ resume: true });
  });

  it.each([
    ['etcd data of another making is there', definition(), seederMachine({ etcdData: true }), 'kubeadm.etcd-data'],
    [
      'another control plane answers',
      definition(),
      seederMachine({ endpointAnswer: 'answers' }),
      'kubeadm.another-control-plane',
    ],
    ['clusterCA is declared and not held', WITH_CA, seederMachine(), 'kubeadm.cluster-exists'],
    [
      'clusterCA is declared and another is held',
      WITH_CA,
      seederMachine({ clusterCA: `sha256:${'b'.repeat(64)}` }),
      'kubeadm.cluster-exists',
    ],
    [
      'kubeadm has been at work here',
      definition(),
      seederMachine({ membership: { state: 'foreign', evidence: 'x is there' } }),
      'kubeadm.foreign-membership',
    ],
    [
      'kubeadm is of another version',
      definition(),
      seederMachine({ kubeadmVersion: 'v1.36.2' }),
      'kubeadm.version-mismatch',
    ],
    [
      'the kubelet is of another version',
      definition(),
      seederMachine({ kubeletVersion: 'v1.35.0' }),
      'kubeadm.version-mismatch',
    ],
    [
      'components come from an image',
      definition({ cluster: cluster({ components: { source: 'image', image: 'x' } }) }),
      seederMachine(),
      'kubeadm.components-image',
    ],
  ])('does not initialise when %s', (_, declared, state, code) => {
    expect(outcome(declared, state)).toEqual([`held ${code}`]);
  });

  it('does not begin anew with the declared CA when etcd has lost its data', () => {
    const clusterCA = WITH_CA.cluster.clusterCA ?? '';
    const kubeadmFiles = ['/etc/kubernetes/pki/ca.crt'];
    const state = seederMachine({ clusterCA, kubeadmFiles, membership: { state: 'interrupted', by: 'init' } });
    expect(outcome(WITH_CA, state)).toEqual(['held kubeadm.cluster-exists']);
  });

  it('does not initialise a machine whose kubelet has joined a cluster', () => {
    const membership = { state: 'interrupted', by: 'join' } as const;
    const state = seederMachine({
      membership,
      kubeletConfigured: true,
      kubeadmFiles: ['/etc/kubernetes/kubelet.conf'],
    });
    expect(outcome(definition(), state)).toEqual(['held kubeadm.foreign-membership']);
  });

  it('does not initialise without kubeadm', () => {
    const { kubeadmVersion: _, ...without } = seederMachine();
    expect(outcome(definition(), without)).toEqual(['held kubeadm.missing']);
  });

  it('says which program is not there', () => {
    const { kubeadmVersion, kubeletVersion, ...neither } = seederMachine();
    const reason = (state: MachineState) => membershipRule(planInput(definition(), { machine: state })).held[0]?.reason;
    expect(reason({ ...neither, kubeletVersion: kubeletVersion ?? '' })).toContain('kubeadm is not on the PATH');
    expect(reason({ ...neither, kubeadmVersion: kubeadmVersion ?? '' })).toContain('kubelet is not on the PATH');
  });

  it('never initialises once it is a member', () => {
    expect(outcome(definition(), seederMachine({ membership: member('control-plane', 'cp-1') }))).toEqual([]);
  });
});

describe('an accepted worker', () => {
  it('joins under the name its key is bound to, whatever it is called', () => {
    const { actions } = membershipRule(planInput(definition(), { machine: machine({ claimedName: 'localhost' }) }));
    expect(actions).toMatchObject([{ kind: 'kubeadm.join', spec: { nodeName: 'w-1', resume: false } }]);
  });

  it('cleans up an interrupted join whose kubelet has no certificate', () => {
    const state = machine({
      membership: { state: 'interrupted', by: 'join' },
      kubeadmFiles: ['/var/lib/kubelet/config.yaml'],
    });
    expect(outcome(definition(), state)).toEqual(['kubeadm.clean', 'kubeadm.join']);
  });

  it('finishes an interrupted join whose kubelet has its certificate', () => {
    const state = machine({
      membership: { state: 'interrupted', by: 'join' },
      kubeadmFiles: ['/etc/kubernetes/kubelet.conf'],
      kubeletConfigured: true,
    });
    const { actions } = membershipRule(planInput(definition(), { machine: state }));
    expect(actions).toMatchObject([{ kind: 'kubeadm.join', spec: { resume: true } }]);
  });

  it('does nothing once it is a member', () => {
    expect(outcome(definition(), machine({ membership: member('worker', 'w-1') }))).toEqual([]);
  });

  it('is held when the list gives the member another name', () => {
    expect(outcome(definition(), machine({ membership: member('worker', 'w-9') }))).toEqual([
      'held kubeadm.role-changed',
    ]);
  });

  it('holds and never resets itself when its cluster has another CA than the declared one', () => {
    const state = machine({ membership: member('worker', 'w-1'), clusterCA: `sha256:${'b'.repeat(64)}` });
    expect(outcome(WITH_CA, state)).toEqual(['held kubeadm.other-cluster']);
  });

  it('is held, not removed, when its key leaves the list', () => {
    const state = machine({ membership: member('worker', 'w-1') });
    expect(outcome(definition({ accepted: [SEEDER] }), state)).toEqual(['held admission.removed']);
  });
});

describe('a further control plane', () => {
  it('is held with a code', () => {
    const declared = definition({ accepted: [SEEDER, { ...WORKER, role: 'control-plane' }] });
    expect(outcome(declared, machine())).toEqual(['held kubeadm.control-plane-join']);
  });
});
