import { describe, expect, it } from 'vitest';
import { indexObject } from '../../src/addons/indexed-object.ts';
import { formatPlan } from '../../src/cli/format/format-plan.ts';
import { digestOf } from '../../src/json/canonical.ts';
import { makePlan } from '../../src/plan/plan.ts';
import type { PlanInput } from '../../src/plan/rule.ts';
import type { PlanDocument } from '../../src/report/plan-document.ts';
import {
  cluster,
  clusterState,
  definition,
  machine,
  planInput,
  SEEDER,
  seederMachine,
  WORKER,
} from '../support/builders.ts';

/** The plan that `plan` would print for these findings. */
function planFor(node: string, input: PlanInput): PlanDocument {
  return {
    apiVersion: 'kubic.suse.com/v1beta1',
    kind: 'Plan',
    node,
    commit: '4f2e1c9b7a6d5e4f3c2b1a0998877665544332211',
    subject: 'Raise the web to three replicas',
    ...makePlan(input),
  };
}

const member = { state: 'member', role: 'control-plane', nodeName: 'cp-1' } as const;

const SHOP = { apiVersion: 'v1', kind: 'Namespace', name: 'shop' };
const DEFINITION = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'dbs.example.com' };

/** An add-on that left the repository: one of its deletions is held. */
const LEAVING = {
  name: 'web',
  readable: true,
  dependsOn: [],
  prune: true,
  inventory: [SHOP, DEFINITION, { ...SHOP, kind: 'ConfigMap', name: 'theirs', namespace: 'shop-2', adopted: true }],
  drifted: [],
  health: { status: 'healthy' as const, problems: [] },
  insides: [{ ref: SHOP, names: ['PersistentVolumeClaim shop/data'], count: 3 }],
};

const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const WEB_OBJECT = {
  apiVersion: WEB.apiVersion,
  kind: WEB.kind,
  metadata: { namespace: WEB.namespace, name: WEB.name },
};

/** Somebody scaled its Deployment, and `drift: warn` says that it is only shown. */
const DRIFTED = {
  ...LEAVING,
  appliedDigest: 'd',
  inventory: [{ ...WEB, rendered: digestOf(WEB_OBJECT), live: 'l' }],
  insides: [],
  drifted: [
    {
      ...WEB,
      how: 'changed' as const,
      fields: [
        { path: 'spec.replicas', declared: '3', live: '5', by: ['kubectl-edit'] },
        { path: 'spec.paused', declared: 'true', by: [] },
      ],
    },
  ],
};

const PLANS: Readonly<Record<string, PlanDocument>> = {
  bootstrap: planFor(
    'cp-1',
    planInput(definition(), { machine: seederMachine({ differingFiles: ['/etc/sysctl.d/90-kubic-init.conf'] }) }),
  ),
  'bootstrap-after-a-crash': planFor(
    'cp-1',
    planInput(definition(), {
      machine: seederMachine({
        membership: { state: 'interrupted', by: 'init' },
        kubeadmFiles: ['/etc/kubernetes/pki/ca.crt', '/etc/kubernetes/admin.conf'],
      }),
    }),
  ),
  'in-sync': planFor(
    'cp-1',
    planInput(definition({ accepted: [SEEDER] }), {
      machine: seederMachine({ membership: member, controlPlaneProblems: [] }),
      cluster: clusterState(),
    }),
  ),
  join: planFor('w-1', planInput(definition(), { machine: machine() })),
  held: planFor(
    'w-1',
    planInput(definition({ cluster: cluster({ kubernetesVersion: 'v1.36.4' }) }), { machine: machine() }),
  ),
  pending: planFor('w-9', planInput(definition({ accepted: [SEEDER] }), { machine: machine({ claimedName: 'w-9' }) })),
  'cluster-scope': planFor(
    'cp-1',
    planInput(
      definition({
        accepted: [SEEDER, { ...WORKER, labels: { disk: 'ssd' }, taints: [{ key: 'gpu', effect: 'NoExecute' }] }],
      }),
      {
        machine: seederMachine({ membership: member, controlPlaneProblems: [] }),
        cluster: clusterState({
          access: {
            apply: ['ClusterRoleBinding kubic:enrol'],
            remove: ['ClusterRoleBinding kubeadm:node-autoapprove-bootstrap'],
          },
          nodes: [{ name: 'w-1', uid: 'u', ready: true, kubeletVersion: 'v1.36.3', labels: {}, taints: [] }],
        }),
      },
    ),
  ),
  drift: planFor('cp-1', {
    ...planInput(definition({ accepted: [SEEDER] }), {
      machine: seederMachine({ membership: member, controlPlaneProblems: [] }),
      cluster: clusterState({ addons: [DRIFTED] }),
    }),
    rendered: [
      { name: 'web', dependsOn: [], prune: true, drift: 'warn', digest: 'd', objects: [indexObject(WEB_OBJECT)] },
    ],
  }),
  deletions: planFor(
    'cp-1',
    planInput(definition({ accepted: [SEEDER] }), {
      machine: seederMachine({ membership: member, controlPlaneProblems: [] }),
      cluster: clusterState({ addons: [LEAVING] }),
    }),
  ),
};

describe('plan -o human', () => {
  it.each(Object.entries(PLANS))('%s is as it was agreed on', async (name, plan) => {
    await expect(formatPlan(plan)).toMatchFileSnapshot(`plan/${name}.txt`);
  });
});
