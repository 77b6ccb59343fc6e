import { randomBytes } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import type { HandlerDeps } from '../../src/execute/handlers/handler.ts';
import { executeNodeConfigure } from '../../src/execute/handlers/node-configure.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';
import { toNodeState } from '../../src/observe/cluster/observe-nodes.ts';
import { nodeConfigureRule } from '../../src/plan/rules/cluster/node-configure.ts';
import { clusterState, definition, planInput, SEEDER, seederMachine } from '../support/builders.ts';
import { overtaken } from '../support/overtaken.ts';

interface NodeWithTaints extends KubeObject {
  readonly spec: { readonly taints: readonly { readonly key: string }[] };
}

test("an empty list of taints takes kubeadm's own off the Node, once, and leaves those of others, also while others write to the Node", async () => {
  const client = await createKubeClient({ path: inject('kubeconfig') });
  const name = `taints-${randomBytes(4).toString('hex')}`;
  const ref = { apiVersion: 'v1', kind: 'Node', name };
  const ofOthers = { key: 'example.com/x', value: 'y', effect: 'NoSchedule' } as const;
  const ofKubeadm = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' } as const;
  await client.create({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { taints: [ofKubeadm, ofOthers] } });
  const plan = async () => {
    const node = await client.get(ref);
    if (node === undefined) throw new Error('the Node is gone');
    const declared = definition({ accepted: [{ ...SEEDER, name, taints: [] }] });
    const cluster = clusterState({ nodes: [toNodeState(node)] });
    return nodeConfigureRule(planInput(declared, { machine: seederMachine(), cluster })).actions;
  };
  try {
    const deps = { adminClient: async () => overtaken(client), signal: new AbortController().signal };
    for (const action of await plan())
      if (action.kind === 'node.configure') await executeNodeConfigure(action, deps as unknown as HandlerDeps);
    const { metadata, spec } = (await client.get(ref)) as NodeWithTaints;
    expect(metadata.annotations).toHaveProperty(['example.com/other'], 'writer');
    expect(spec.taints.map(({ key }) => key)).toContain(ofOthers.key);
    expect(spec.taints.map(({ key }) => key)).not.toContain(ofKubeadm.key);
    expect(await plan()).toEqual([]);
  } finally {
    await client.delete(ref);
    client.close();
  }
});
