import { randomBytes } from 'node:crypto';
import { expect, inject, onTestFinished, test } from 'vitest';
import { refuseTakenName } from '../../src/admission/join/refuse-taken-name.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import { loadKubeconfig } from '../../src/kube/kubeconfig.ts';
import { newIdentity } from '../admission/fixture-identity.ts';
import { enrolled } from './admission-harness.ts';
import { createNode } from './health-fixture.ts';

test('a machine does not join under the name of a Node that is Ready, and does under that of one that is not', async () => {
  const nodeName = `taken-${randomBytes(4).toString('hex')}`;
  const client = await createKubeClient({ path: inject('kubeconfig') });
  onTestFinished(() => client.close());
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', name: nodeName };
  const rules = [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }];
  const group = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:bootstrappers:kubic' };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: nodeName };
  const make = async (kind: string, rest: object) => {
    await client.create({ apiVersion: rbac.apiVersion, kind, metadata: { name: nodeName }, ...rest });
    onTestFinished(() => client.delete({ ...rbac, kind }).then(() => {}));
  };
  const machine = await enrolled(client, inject('kubeconfig'), newIdentity().fingerprint);
  onTestFinished(() => machine.client.close());
  const { server, ca } = await loadKubeconfig({ path: inject('kubeconfig') });
  const admission = {
    nodeName,
    role: 'worker',
    ca: ca.toString(),
    controlPlaneEndpoint: new URL(server).host,
    certificate: machine.certificate,
    privateKey: machine.key.privateKey,
  } as const;
  const refuse = () => refuseTakenName(admission, new AbortController().signal);

  await createNode(client, nodeName, {});
  const node = { apiVersion: 'v1', kind: 'Node', name: nodeName };
  onTestFinished(() => client.delete(node).then(() => {}));
  await expect(refuse(), 'it may not ask yet: kubeadm will say so').resolves.toBeUndefined();
  // as kubeadm:get-nodes grants it
  await make('ClusterRole', { rules });
  await make('ClusterRoleBinding', { roleRef, subjects: [group] });
  await expect.poll(() => refuse().catch((error) => error.code), { timeout: 20_000 }).toBe('kubeadm.node-exists');
  const conditions = [{ type: 'Ready', status: 'Unknown', lastHeartbeatTime: null, lastTransitionTime: null }];
  await client.patch(node, { status: { conditions } }, { subresource: 'status' });
  await expect(refuse()).resolves.toBeUndefined();
  const stopped = refuseTakenName(admission, AbortSignal.abort());
  await expect(stopped).rejects.toMatchObject({ code: 'agent.aborted' });
});
