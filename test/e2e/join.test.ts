import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createE2eCluster, type E2eCluster, eventually, type ListedNode } from '../support/e2e-cluster.ts';

const WORKERS = ['w-1', 'w-2', 'w-3'];
let cluster: E2eCluster;
let seeder: ListedNode;
let accepted: ListedNode[];

beforeAll(async () => {
  cluster = await createE2eCluster('e2e-join');
  seeder = await cluster.bootstrap();
  for (const host of WORKERS) await cluster.addMachine(host);
});
afterAll(() => cluster[Symbol.asyncDispose]());

describe('machines nobody has accepted', () => {
  it('are pending: they say so, show their fingerprint, and are listed in the cluster', async () => {
    for (const host of WORKERS) {
      const status = await cluster.sync(host);
      expect(status.phase).toBe('pending');
      expect(status.enrolment?.message).toContain(await cluster.fingerprint(host));
    }
    await eventually('all three are listed', async () => {
      const { stdout } = await cluster.run('cp-1', [
        'nodes',
        'pending',
        '-o',
        'json',
        '--kubeconfig',
        '/etc/kubernetes/admin.conf',
      ]);
      const names = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
      expect(new Set(names)).toEqual(new Set(WORKERS));
    });
  });

  it('are left as they are: nothing of Kubernetes is set up on them', async () => {
    const { stdout } = await cluster.lab.exec('w-1', ['find', '/etc/kubernetes', '/etc/sysctl.d/90-kubic-init.conf'], {
      check: false,
    });
    expect(stdout).not.toContain('kubelet.conf');
    expect(stdout).not.toContain('90-kubic-init');
  });
});

describe('three workers accepted in one commit', () => {
  it('join and become Ready, with the labels, taints and role of the list', async () => {
    accepted = await Promise.all(
      WORKERS.map(
        async (name): Promise<ListedNode> => ({ name, key: await cluster.fingerprint(name), role: 'worker' }),
      ),
    );
    const [first, ...rest] = accepted;
    const taints = [{ key: 'dedicated', value: 'batch', effect: 'NoSchedule' }];
    accepted = [{ ...(first as ListedNode), labels: { disk: 'ssd' }, taints }, ...rest];
    await cluster.commitNodes([seeder, ...accepted], {}, 'Accept three workers');
    const statuses = await Promise.all(WORKERS.map((host) => cluster.sync(host)));
    expect(statuses.map(({ phase }) => phase)).toEqual(['in-sync', 'in-sync', 'in-sync']);
    await cluster.kubectl(['wait', '--for=condition=Ready', 'node', '--all', '--timeout=90s'], { timeoutMs: 100_000 });
    await eventually('the list stands on the Node', async () => {
      await cluster.sync('cp-1');
      const { metadata, spec } = JSON.parse(await cluster.kubectl(['get', 'node', 'w-1', '-o', 'json']));
      expect(metadata.labels).toMatchObject({ disk: 'ssd', 'node-role.kubernetes.io/worker': '' });
      expect(spec.taints).toMatchObject(taints);
    });
  });

  it('have nothing to do at the next sync, and say so on their Nodes', async () => {
    for (const host of WORKERS) expect((await cluster.run(host, ['plan'])).exitCode).toBe(0);
    await cluster.sync('w-2');
    const condition = await cluster.kubectl([
      'get',
      'node',
      'w-2',
      '-o',
      'jsonpath={.status.conditions[?(@.type=="KubicInitSynced")].message}',
    ]);
    expect(condition).toContain('in sync with');
  });

  it('hold no credential that outlives the join', async () => {
    for (const path of ['/etc/kubernetes/bootstrap-kubelet.conf', '/run/kubic-init/discovery.conf']) {
      expect((await cluster.lab.exec('w-1', ['test', '-e', path], { check: false })).exitCode).toBe(1);
    }
    const csrs = await cluster.kubectl(['get', 'csr', '-o', 'json']);
    for (const { spec } of JSON.parse(csrs).items) {
      if (spec.signerName === 'kubernetes.io/kube-apiserver-client-kubelet')
        expect(spec.username).toMatch(/^(kubic:enrol:|system:node:)/);
    }
  });

  it('bear a reboot: nothing joins again, nothing is reset', async () => {
    await cluster.startAgent('w-1');
    const uid = await cluster.kubectl(['get', 'node', 'w-1', '-o', 'jsonpath={.metadata.uid}']);
    await cluster.lab.reboot('w-1');
    await eventually('in sync after the reboot', async () => expect((await cluster.sync('w-1')).phase).toBe('in-sync'));
    await cluster.kubectl(['wait', '--for=condition=Ready', 'node/w-1', '--timeout=90s'], { timeoutMs: 100_000 });
    expect(await cluster.kubectl(['get', 'node', 'w-1', '-o', 'jsonpath={.metadata.uid}'])).toBe(uid);
    const { stdout } = await cluster.lab.exec('w-1', ['cat', '/var/lib/kubic-init/journal.jsonl']);
    expect(stdout.match(/"kubeadm.join","event":"started"/g)).toHaveLength(1);
  });
});

describe('a wrong key under a good name', () => {
  it('stays out and is told why, on both sides', async () => {
    await cluster.addMachine('w-4', { nodeName: 'w-3' });
    const status = await cluster.sync('w-4');
    expect(status.enrolment?.state).toBe('key-conflict');
    expect(status.enrolment?.message).toContain(await cluster.fingerprint('w-3'));
    expect(status.enrolment?.message).toContain(await cluster.fingerprint('w-4'));
    const fingerprint = await cluster.fingerprint('w-4');
    await eventually('the cluster lists it', async () => {
      const { stdout } = await cluster.run('cp-1', ['nodes', 'pending', '--kubeconfig', '/etc/kubernetes/admin.conf']);
      expect(stdout).toContain(fingerprint);
    });
  });

  it('joins under another name than its hostname once that name is bound to its key', async () => {
    const key = await cluster.fingerprint('w-4');
    await cluster.commitNodes([seeder, ...accepted, { name: 'w-9', key, role: 'worker' }], {}, 'Accept w-9');
    expect((await cluster.sync('w-4')).node.name).toBe('w-9');
    await cluster.kubectl(['wait', '--for=condition=Ready', 'node/w-9', '--timeout=90s'], { timeoutMs: 100_000 });
  });
});

describe('a kubelet CSR that no accepted key backs', () => {
  it('is denied with a reason', async () => {
    // a certificate of the enrolment group that the agent never issued: an administrator's key stands for a thief's
    const script = `set -e; cd /root; openssl req -new -newkey rsa:2048 -nodes -keyout k.pem -subj '/O=system:nodes/CN=system:node:w-1' -out r.csr
kubectl --kubeconfig /etc/kubernetes/admin.conf --as 'kubic:enrol:SHA256:${'x'.repeat(43)}' --as-group system:bootstrappers:kubic --as-group system:authenticated create -f - <<E
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: stolen}
spec:
  signerName: kubernetes.io/kube-apiserver-client-kubelet
  usages: [digital signature, client auth]
  request: $(base64 -w0 r.csr)
E`;
    await cluster.lab.exec('cp-1', ['bash', '-c', script]);
    await eventually('it is denied', async () => {
      const conditions = JSON.parse(await cluster.kubectl(['get', 'csr', 'stolen', '-o', 'json'])).status.conditions;
      expect(conditions).toMatchObject([{ type: 'Denied' }]);
      expect(conditions[0].message).not.toBe('');
    });
  });
});

describe('a worker that was reset', () => {
  it('waits until its Node is not Ready any more, and joins again', async () => {
    await cluster.run('w-2', ['reset', '--yes']);
    const { phase, lastSync } = await cluster.sync('w-2');
    expect(lastSync?.actions.at(-1)?.error).toMatchObject({ code: 'kubeadm.node-exists' });
    expect(phase).toBe('waiting');
    await eventually('it is in sync', async () => expect((await cluster.sync('w-2')).phase).toBe('in-sync'));
    await cluster.kubectl(['wait', '--for=condition=Ready', 'node/w-2', '--timeout=90s'], { timeoutMs: 100_000 });
  });
});
