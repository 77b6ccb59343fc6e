import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/plan/actions.ts';
import type { Actual, MachineState, Membership } from '../../src/plan/actual.ts';
import { isInSync, makePlan } from '../../src/plan/plan.ts';
import {
  cluster,
  clusterState,
  definition,
  fingerprint,
  planInput,
  RECORDED,
  SEEDER,
  WORKER,
} from '../support/builders.ts';

const membership: fc.Arbitrary<Membership> = fc.oneof(
  fc.constant({ state: 'none' } as const),
  fc.constantFrom('init', 'join').map((by) => ({ state: 'interrupted', by }) as const),
  fc.constant({ state: 'foreign', evidence: '/etc/kubernetes/admin.conf is there' } as const),
  fc.record({
    state: fc.constant('member' as const),
    role: fc.constantFrom('control-plane' as const, 'worker' as const),
    nodeName: fc.constantFrom('cp-1', 'w-1', 'w-9'),
  }),
);

const machine: fc.Arbitrary<MachineState> = fc.record(
  {
    claimedName: fc.constantFrom('cp-1', 'w-1', 'other'),
    fingerprint: fc.constantFrom('S', 'W', 'X').map(fingerprint),
    membership,
    differingFiles: fc.subarray(['/etc/a', '/etc/b']),
    kubeadmVersion: fc.constantFrom('v1.36.3', 'v1.35.0'),
    kubeletVersion: fc.constantFrom('v1.36.3', 'v1.35.0'),
    etcdData: fc.boolean(),
    kubeletConfigured: fc.boolean(),
    kubeadmFiles: fc.subarray(['/etc/kubernetes/admin.conf', '/var/lib/kubelet/config.yaml']),
    clusterCA: fc.constantFrom(`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`),
    controlPlaneProblems: fc.subarray(['etcd is not ready']),
    endpointAnswer: fc.constantFrom('answers' as const, 'refuses' as const, 'silent' as const),
  },
  {
    requiredKeys: [
      'claimedName',
      'fingerprint',
      'membership',
      'differingFiles',
      'etcdData',
      'kubeletConfigured',
      'kubeadmFiles',
    ],
  },
);

const actual: fc.Arbitrary<Actual> = fc
  .record({
    machine,
    access: fc.record({ apply: fc.subarray(['a']), remove: fc.subarray(['b']) }),
    hasCluster: fc.boolean(),
    bootstrapRecord: fc.constantFrom(RECORDED, { state: 'absent' as const }, { state: 'unreadable' as const }),
  })
  .map(({ machine, access, bootstrapRecord, hasCluster }) => {
    const isControlPlane = machine.membership.state === 'member' && machine.membership.role === 'control-plane';
    const healthy = isControlPlane && (machine.controlPlaneProblems ?? []).length === 0;
    return hasCluster && healthy ? { machine, cluster: clusterState({ access, bootstrapRecord }) } : { machine };
  });

const declared = fc
  .record({
    clusterCA: fc.option(fc.constant(`sha256:${'a'.repeat(64)}`)),
    seederKey: fc.boolean(),
    reject: fc.boolean(),
  })
  .map(({ clusterCA, seederKey, reject }) => {
    const { key, ...keyless } = SEEDER;
    return definition({
      cluster: cluster(clusterCA === null ? {} : { clusterCA }),
      accepted: [seederKey ? { ...keyless, ...(key !== undefined && { key }) } : keyless, ...(reject ? [] : [WORKER])],
      rejected: reject ? [{ key: fingerprint('W') }] : [],
    });
  });

/** What the world is after an action succeeded. */
function after(state: Actual, action: Action): Actual {
  const { machine } = state;
  switch (action.kind) {
    case 'host.configure':
      return { ...state, machine: { ...machine, differingFiles: [] } };
    case 'kubeadm.clean':
      return { ...state, machine: { ...machine, membership: { state: 'none' }, kubeadmFiles: [] } };
    case 'kubeadm.init':
    case 'kubeadm.join': {
      const role = action.kind === 'kubeadm.init' ? 'control-plane' : 'worker';
      return {
        ...state,
        machine: { ...machine, membership: { state: 'member', role, nodeName: action.spec.nodeName } },
      };
    }
    case 'control-plane.wait':
      return { machine: { ...machine, controlPlaneProblems: [] }, cluster: clusterState() };
    case 'bootstrap.record':
      return { ...state, cluster: clusterState({ ...state.cluster, bootstrapRecord: RECORDED }) };
    case 'admission.access':
      return { ...state, cluster: clusterState({ ...state.cluster, access: { apply: [], remove: [] } }) };
    default:
      return state;
  }
}

describe('a plan', () => {
  it('once carried out leaves nothing to plan, but for an enrolment that waits for a human', () => {
    fc.assert(
      fc.property(declared, actual, (repository, world) => {
        let state = world;
        for (let round = 0; round < 4; round++) {
          for (const action of makePlan(planInput(repository, state)).actions) state = after(state, action);
        }
        const { actions } = makePlan(planInput(repository, state));
        expect(actions.filter((action) => action.kind !== 'node.enrol')).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never initialises where a cluster is, was, or may be', () => {
    fc.assert(
      fc.property(declared, actual, (repository, world) => {
        const init = makePlan(planInput(repository, world)).actions.find((action) => action.kind === 'kubeadm.init');
        if (init?.kind !== 'kubeadm.init') return;
        const { membership, etcdData, endpointAnswer, clusterCA } = world.machine;
        expect(membership.state === 'none' || membership.state === 'interrupted').toBe(true);
        expect(['refuses', 'silent', undefined]).toContain(endpointAnswer);
        if (repository.cluster.clusterCA !== undefined) expect(clusterCA).toBe(repository.cluster.clusterCA);
        if (etcdData) expect([membership.state, init.spec.resume]).toEqual(['interrupted', true]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never cleans where etcd has data', () => {
    fc.assert(
      fc.property(declared, actual, (repository, world) => {
        if (!world.machine.etcdData) return;
        const kinds = makePlan(planInput(repository, world)).actions.map((action) => action.kind);
        expect(kinds).not.toContain('kubeadm.clean');
      }),
      { numRuns: 2_000 },
    );
  });

  it('has at most one disruptive step for a machine beside the clearing up before it', () => {
    fc.assert(
      fc.property(declared, actual, (repository, world) => {
        const plan = makePlan(planInput(repository, world));
        const disruptive = plan.actions.filter(({ impact, kind }) => impact !== 'safe' && kind !== 'kubeadm.clean');
        expect(disruptive.length).toBeLessThanOrEqual(1);
        expect(isInSync(plan)).toBe(plan.actions.length === 0);
      }),
    );
  });
});
